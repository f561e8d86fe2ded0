import type { Logger } from 'pino';
import { AppError } from '../../core/errors.ts';
import type { LocalAuth } from './auth.ts';

/** Returns the session of these cookies, which the current key has signed; null without a valid one. Throws unavailable. */
export const findSession = (auth: LocalAuth, cookie: string, log: Logger) =>
  // Renewing a session needs a new cookie, which only the provider's own routes can set.
  auth.api.getSession({ headers: new Headers({ cookie }), query: { disableRefresh: true } }).catch((error) => {
    log.error({ err: error }, 'session lookup failed');
    throw new AppError('unavailable');
  });
