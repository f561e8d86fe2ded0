import { AppError } from './errors.ts';

/** Bodies up to this size are read in one piece, also where the bytes in memory are counted. */
const SMALL_BYTES = 16_000;

/**
 * Returns the body of a request. `onBytes` is called with the bytes that have arrived, not with those that were only announced, and
 * may throw. Throws too_large before a longer body fills the memory.
 */
export async function readBytes(
  request: Request,
  maxBytes: number,
  onBytes?: (bytes: number) => void,
): Promise<Buffer<ArrayBuffer>> {
  const announced = request.headers.get('content-length');
  if (Number(announced ?? 0) > maxBytes) throw new AppError('too_large');
  const isOfKnownLength = announced !== null && !request.headers.has('transfer-encoding');
  // A body of announced length cannot be longer; only others are counted as they arrive, which takes longer.
  if (isOfKnownLength && (!onBytes || Number(announced) <= SMALL_BYTES)) {
    const body = Buffer.from(await request.arrayBuffer());
    onBytes?.(body.length);
    return body;
  }
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body ?? []) {
    size += chunk.length;
    if (size > maxBytes) throw new AppError('too_large');
    onBytes?.(chunk.length);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
