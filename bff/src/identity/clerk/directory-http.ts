import type { z } from 'zod';
import { IdentityUnavailable } from '../../core/identity-provider.ts';
import { parseStorable } from '../storable.ts';
import { createThrottle, retryAfterOf } from './throttle.ts';

const TIMEOUT_MS = 5_000;
const MAX_BYTES = 16_000_000;
const API = 'https://api.clerk.com';
const API_VERSION = '2026-05-12';
/** The request itself was rejected, so that a retry is useless. Other errors end when a key or a plan is fixed. */
const PERMANENT = new Set([400, 405, 409, 410, 413, 414, 415, 422]);

interface ApiCall<S extends z.ZodType> {
  method?: 'GET' | 'POST' | 'PATCH';
  path: string;
  query?: Record<string, string>;
  body?: object;
  response: S;
}

export type ClerkApi = <S extends z.ZodType>(call: ApiCall<S>) => Promise<z.output<S> | null>;

interface ClerkApiOptions {
  secretKey: string;
  apiUrl: string | null;
}

/**
 * Calls Clerk's Backend API over plain HTTP, and returns null for a 404. Clerk's own client has no timeout, cannot be aborted, reads
 * responses of any size and ignores a Retry-After that is a date, so that it cannot implement IdentityDirectory.
 */
export function clerkApi({ secretKey, apiUrl }: ClerkApiOptions): ClerkApi {
  const throttle = createThrottle();
  const headers = {
    authorization: `Bearer ${secretKey}`,
    'clerk-api-version': API_VERSION,
    accept: 'application/json',
  };

  return async ({ method = 'GET', path, query = {}, body, response: schema }) => {
    const url = new URL(`/v1${path}`, apiUrl ?? API);
    url.search = new URLSearchParams(query).toString();
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    const label = `${method} ${path.replace(/[^/]*_[\w-]+/g, '…')}`;
    return throttle.run(signal, async () => {
      const response = await fetch(url, {
        method,
        headers: body ? { ...headers, 'content-type': 'application/json' } : headers,
        ...(body ? { body: JSON.stringify(body) } : {}),
        redirect: 'error',
        signal,
      }).catch((error) => {
        throw new IdentityUnavailable(`${label}: ${reasonOf(error)}`);
      });
      if (response.status === 404) {
        await drop(response);
        throttle.reset();
        return null;
      }
      if (!response.ok) {
        await drop(response);
        throw errorOf(response, label);
      }
      const found = schema.safeParse(await readJson(response, label));
      if (!found.success) throw new IdentityUnavailable(`${label}: unexpected response format`);
      throttle.reset();
      return found.data;
    });
  };

  function errorOf(response: Response, label: string): IdentityUnavailable {
    const requested = retryAfterOf(response.headers);
    const mustWait = response.status === 429 || requested !== null;
    return new IdentityUnavailable(`${label}: returned ${response.status}`, {
      retryAfterMs: mustWait ? throttle.backOff(requested) : null,
      isTemporary: !PERMANENT.has(response.status),
    });
  }
}

async function readJson(response: Response, label: string): Promise<unknown> {
  const type = response.headers.get('content-type') ?? '';
  if (!/^application\/json\b/i.test(type)) {
    await drop(response);
    throw new IdentityUnavailable(`${label}: returned ${type || 'no content type'} instead of JSON`);
  }
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of response.body ?? []) {
      size += chunk.length;
      if (size > MAX_BYTES) throw new Error('the response is too large');
      chunks.push(chunk);
    }
    return parseStorable(Buffer.concat(chunks).toString('utf8'));
  } catch (error) {
    throw new IdentityUnavailable(`${label}: ${reasonOf(error)}`);
  }
}

const drop = (response: Response) => response.body?.cancel().catch(() => undefined);

/** Describes the error without any text of the response. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'failed';
  if (error.name === 'TimeoutError') return `no answer within ${TIMEOUT_MS} ms`;
  if (error instanceof SyntaxError) return 'invalid JSON';
  const { code } = (error.cause ?? {}) as { code?: string };
  return code ?? error.message;
}
