import { createMiddleware } from 'hono/factory';
import { AppError } from '../../core/errors.ts';
import { isStorableText } from '../../core/values/json.ts';
import type { AppEnv } from '../env.ts';

/** Throws malformed_request for an address whose escapes are not UTF-8, or that holds NUL. */
export const readableUrl = createMiddleware<AppEnv>(async (c, next) => {
  if (!isReadable(c.req.url)) throw new AppError('malformed_request', { detail: 'The address is not UTF-8' });
  await next();
});

function isReadable(url: string): boolean {
  try {
    return isStorableText(decodeURIComponent(url));
  } catch {
    return false;
  }
}
