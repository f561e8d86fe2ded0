import { timingSafeEqual } from 'node:crypto';

/** Compares secrets in a time that does not tell where they differ. */
export function areEqual(one: string | Uint8Array, other: string | Uint8Array): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}
