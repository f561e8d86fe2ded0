import { AppError } from './errors.ts';

/** A request's body; a longer one is refused before it fills the memory. Throws too_large. */
export async function readBytes(request: Request, maxBytes: number): Promise<Buffer<ArrayBuffer>> {
  const announced = request.headers.get('content-length');
  if (Number(announced ?? 0) > maxBytes) throw new AppError('too_large');
  // A body is as long as it was announced to be; only others are counted while they arrive, which takes longer.
  if (announced !== null && !request.headers.has('transfer-encoding')) return Buffer.from(await request.arrayBuffer());
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body ?? []) {
    size += chunk.length;
    if (size > maxBytes) throw new AppError('too_large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
