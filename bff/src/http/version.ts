import { AppError } from '../core/errors.ts';

/** Throws stale_version, with what is stored now, when the caller's If-Match names an older version. */
export function assertVersion(ifMatch: number | null, stored: { version: number }, current: unknown): void {
  if (ifMatch !== null && ifMatch !== stored.version) throw new AppError('stale_version', { current });
}
