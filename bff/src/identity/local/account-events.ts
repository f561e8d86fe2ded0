import { type APIError, createAuthMiddleware, isAPIError } from 'better-auth/api';
import type pg from 'pg';
import { AppError } from '../../core/errors.ts';
import type { AccountEvent, AccountListener } from '../../core/identity-provider.ts';
import { decodeAccountEmail } from './account-email.ts';
import { originOf } from './origin.ts';
import { type Account, toIdentityUser } from './to-identity-user.ts';

interface Session {
  id: string;
  userId: string;
  expiresAt: Date;
  createdAt: Date;
}

/** What the hooks of Better Auth know of a call. */
interface Call {
  path?: string | undefined;
  headers?: Headers | undefined;
  context: { internalAdapter: { findUserById(id: string): Promise<Account | null> } };
}

interface Options {
  pool: pg.Pool;
  onAccount: AccountListener;
}

/**
 * Reports sessions that start and end, to be recorded. What cannot be recorded does not happen: a session that started is deleted
 * again, and one that ends is recorded before Better Auth, on a connection of its own, deletes it.
 */
export const sessionHooks = ({ pool, onAccount }: Options) => ({
  create: {
    after: async ({ id, userId, createdAt }: Session, call: Call | null) => {
      const account = await call?.context.internalAdapter.findUserById(userId);
      const event: AccountEvent = { action: 'session.started', userId, sessionId: id };
      const user = account ? toIdentityUser(account, createdAt) : undefined;
      try {
        await onAccount({ event, ...(user ? { user } : {}) }, originOf(call?.headers));
      } catch (error) {
        await pool.query('DELETE FROM "session" WHERE id = $1', [id]);
        throw error;
      }
    },
  },
  delete: {
    before: (session: Session, call: Call | null) =>
      onAccount(
        { event: { action: endOf(session, call), userId: session.userId, sessionId: session.id } },
        originOf(call?.headers),
      ),
  },
});

function endOf({ expiresAt }: Session, call: Call | null) {
  if (expiresAt <= new Date()) return 'session.expired';
  return call?.path === '/sign-out' ? 'session.signed_out' : 'session.revoked';
}

/** Reports failed sign-ins and changes of passwords. Known and unknown addresses take the same steps, so that no response tells them apart. */
export const reportAccountEvents = ({ onAccount }: Pick<Options, 'onAccount'>) =>
  createAuthMiddleware(async (call) => {
    const { path, body, headers } = call;
    const { returned, internalAdapter, authCookies, secret } = call.context;
    const failure = isAPIError(returned) ? (returned as APIError) : null;
    const report = (event: AccountEvent) => onAccount({ event }, originOf(headers));
    const reportAddress = async (action: 'user.sign_in_failed' | 'user.password_reset_requested') => {
      const found = await internalAdapter.findUserByEmail(body.email);
      await report({ action, userId: found?.user.id ?? null, email: decodeAccountEmail(body.email) });
    };

    if (path === '/sign-in/email' && failure?.statusCode === UNAUTHORIZED) await reportAddress('user.sign_in_failed');
    if (failure) return;
    if (path === '/request-password-reset') await reportAddress('user.password_reset_requested');
    if (path === '/change-password')
      await report({ action: 'user.password_changed', userId: (returned as { user: Account }).user.id });
    // Better Auth reports success even when it could not delete the session.
    if (path === '/sign-out') {
      const token = await call.getSignedCookie(authCookies.sessionToken.name, secret);
      if (token && (await internalAdapter.findSession(token))) throw new AppError('unavailable');
    }
  });

const UNAUTHORIZED = 401;
