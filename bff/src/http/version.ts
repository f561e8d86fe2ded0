import { AppError } from '../core/errors.ts';

/** Throws stale_version, with the stored state, when If-Match is another version. */
export function assertVersion(ifMatch: number | null, stored: { version: number }, current: unknown): void {
  if (ifMatch !== null && ifMatch !== stored.version) throw new AppError('stale_version', { current });
}
