import { AppError } from './errors.ts';
import { isStorable, parseJson } from './values/json.ts';

/** Bodies up to this size are read in one piece, also where the bytes in memory are counted. */
const SMALL_BYTES = 16_000;

interface Reading {
  /** Called with the bytes that have arrived, not with those that were only announced. May throw. */
  onBytes?: ((bytes: number) => void) | undefined;
  /** Ends the reading with its reason. */
  signal?: AbortSignal | undefined;
}

/**
 * Returns the body of a request. Throws too_large before a longer body fills the memory, and malformed_request when the client ends in the
 * middle of it.
 */
export async function readBytes(
  request: Request,
  maxBytes: number,
  { onBytes, signal }: Reading = {},
): Promise<Buffer<ArrayBuffer>> {
  const announced = request.headers.get('content-length');
  if (Number(announced ?? 0) > maxBytes) throw new AppError('too_large');
  const isOfKnownLength = announced !== null && !request.headers.has('transfer-encoding');
  // A body of announced length cannot be longer; only others are counted as they arrive, which takes longer.
  const isSmall = isOfKnownLength && (!onBytes || Number(announced) <= SMALL_BYTES);
  const reading = isSmall ? readWhole(request, onBytes) : readChunks(request, maxBytes, { onBytes, signal });
  return await (signal ? Promise.race([reading, endOf(signal)]) : reading);
}

async function readWhole(request: Request, onBytes: Reading['onBytes']): Promise<Buffer<ArrayBuffer>> {
  const body = Buffer.from(await request.arrayBuffer().catch(rejectIncomplete));
  onBytes?.(body.length);
  return body;
}

async function readChunks(request: Request, maxBytes: number, { onBytes, signal }: Reading) {
  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader = request.body?.getReader();
  for (;;) {
    const { done, value } = (await reader?.read().catch(rejectIncomplete)) ?? { done: true };
    signal?.throwIfAborted();
    if (done || !value) return Buffer.concat(chunks);
    size += value.length;
    if (size > maxBytes) throw new AppError('too_large');
    onBytes?.(value.length);
    chunks.push(value);
  }
}

function rejectIncomplete(): never {
  throw new AppError('malformed_request', { detail: 'The body is incomplete' });
}

const endOf = (signal: AbortSignal) =>
  new Promise<never>((_, reject) => {
    if (signal.aborted) reject(signal.reason);
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });

/** Returns the value of a JSON body. Throws malformed_request unless it is JSON in UTF-8. */
export function parseJsonBody(bytes: Uint8Array): unknown {
  try {
    return parseJson(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw new AppError('malformed_request', { detail: 'The body is not JSON in UTF-8' });
  }
}

/** Throws malformed_request for a body with text that PostgreSQL cannot store. */
export function assertStorable(body: unknown): void {
  if (isStorable(body)) return;
  throw new AppError('malformed_request', { detail: 'The body holds NUL or half of a surrogate pair' });
}
