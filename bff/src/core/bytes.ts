import { AppError } from './errors.ts';

/** Bodies up to this size are read in one piece even when `onChunk` counts them. */
const SMALL_BYTES = 16_000;

/**
 * Reads a request's body; rejects a longer one before it fills the memory. `onChunk` gets the bytes that were received, not those
 * that were announced, and may throw. Throws too_large.
 */
export async function readBytes(
  request: Request,
  maxBytes: number,
  onChunk?: (bytes: number) => void,
): Promise<Buffer<ArrayBuffer>> {
  const announced = request.headers.get('content-length');
  if (Number(announced ?? 0) > maxBytes) throw new AppError('too_large');
  const isOfKnownLength = announced !== null && !request.headers.has('transfer-encoding');
  // A body is as long as it was announced to be; only others are counted while they arrive, which takes longer.
  if (isOfKnownLength && (!onChunk || Number(announced) <= SMALL_BYTES)) {
    const body = Buffer.from(await request.arrayBuffer());
    onChunk?.(body.length);
    return body;
  }
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body ?? []) {
    size += chunk.length;
    if (size > maxBytes) throw new AppError('too_large');
    onChunk?.(chunk.length);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
