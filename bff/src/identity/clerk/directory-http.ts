import type { z } from 'zod';
import { IdentityUnavailable } from '../../core/identity-provider.ts';
import { createGate, retryAfterOf } from './directory-gate.ts';

const TIMEOUT_MS = 5_000;
const MAX_BYTES = 16_000_000;
const API = 'https://api.clerk.com';
const API_VERSION = '2026-05-12';
/** Refused for what was asked, so that asking again is of no use. The other refusals end when somebody mends a key or a plan. */
const FOR_GOOD = new Set([400, 405, 409, 410, 413, 414, 415, 422]);

interface Asked<S extends z.ZodType> {
  method?: 'GET' | 'POST' | 'PATCH';
  path: string;
  query?: Record<string, string>;
  body?: object;
  /** What the answer must look like. */
  answer: S;
}

export type AskClerk = <S extends z.ZodType>(asked: Asked<S>) => Promise<z.output<S> | null>;

interface ClerkApi {
  secretKey: string;
  apiUrl: string | null;
}

/**
 * Clerk's Backend API over plain HTTP. Its own client gives up on nothing by itself, cannot be told to stop, reads answers of any
 * size and drops a Retry-After that is a date, so that it cannot keep what IdentityDirectory promises. Null for a 404.
 */
export function clerkApi({ secretKey, apiUrl }: ClerkApi): AskClerk {
  const gate = createGate();
  const headers = {
    authorization: `Bearer ${secretKey}`,
    'clerk-api-version': API_VERSION,
    accept: 'application/json',
  };

  return async ({ method = 'GET', path, query = {}, body, answer }) => {
    const url = new URL(`/v1${path}`, apiUrl ?? API);
    url.search = new URLSearchParams(query).toString();
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    const what = `${method} ${path.replace(/[^/]*_[\w-]+/g, '…')}`;
    return gate.pass(signal, async () => {
      const response = await fetch(url, {
        method,
        headers: body ? { ...headers, 'content-type': 'application/json' } : headers,
        ...(body ? { body: JSON.stringify(body) } : {}),
        redirect: 'error',
        signal,
      }).catch((error) => {
        throw new IdentityUnavailable(`${what}: ${reasonOf(error)}`);
      });
      if (response.status === 404) {
        await drop(response);
        gate.wasAnswered();
        return null;
      }
      if (!response.ok) {
        await drop(response);
        throw refusal(response, what);
      }
      const found = answer.safeParse(await readJson(response, what));
      if (!found.success) throw new IdentityUnavailable(`${what}: the answer has another form than agreed`);
      gate.wasAnswered();
      return found.data;
    });
  };

  function refusal(response: Response, what: string): IdentityUnavailable {
    const said = retryAfterOf(response.headers);
    const mustWait = response.status === 429 || said !== null;
    return new IdentityUnavailable(`${what}: answered ${response.status}`, {
      retryAfterMs: mustWait ? gate.close(said) : null,
      isTemporary: !FOR_GOOD.has(response.status),
    });
  }
}

async function readJson(response: Response, what: string): Promise<unknown> {
  const type = response.headers.get('content-type') ?? '';
  if (!/^application\/json\b/i.test(type)) {
    await drop(response);
    throw new IdentityUnavailable(`${what}: answered ${type || 'nothing that has a type'} instead of JSON`);
  }
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of response.body ?? []) {
      size += chunk.length;
      if (size > MAX_BYTES) throw new Error('the answer is too large');
      chunks.push(chunk);
    }
    return JSON.parse(Buffer.concat(chunks).toString('utf8'));
  } catch (error) {
    throw new IdentityUnavailable(`${what}: ${reasonOf(error)}`);
  }
}

const drop = (response: Response) => response.body?.cancel().catch(() => undefined);

/** Says what went wrong, and nothing that the other side wrote. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'failed';
  if (error.name === 'TimeoutError') return `no answer within ${TIMEOUT_MS} ms`;
  if (error instanceof SyntaxError) return 'the answer is no whole JSON';
  const { code } = (error.cause ?? {}) as { code?: string };
  return code ?? error.message;
}
