import { AppError } from './errors.ts';

/** So little is read at once, also where it is counted what is held. */
const SMALL_BYTES = 16_000;

/**
 * A request's body; a longer one is refused before it fills the memory. `onArrival` hears of bytes that are here, not of those that
 * were only announced, and may throw. Throws too_large.
 */
export async function readBytes(
  request: Request,
  maxBytes: number,
  onArrival?: (bytes: number) => void,
): Promise<Buffer<ArrayBuffer>> {
  const announced = request.headers.get('content-length');
  if (Number(announced ?? 0) > maxBytes) throw new AppError('too_large');
  const isOfKnownLength = announced !== null && !request.headers.has('transfer-encoding');
  // A body is as long as it was announced to be; only others are counted while they arrive, which takes longer.
  if (isOfKnownLength && (!onArrival || Number(announced) <= SMALL_BYTES)) {
    const body = Buffer.from(await request.arrayBuffer());
    onArrival?.(body.length);
    return body;
  }
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body ?? []) {
    size += chunk.length;
    if (size > maxBytes) throw new AppError('too_large');
    onArrival?.(chunk.length);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
