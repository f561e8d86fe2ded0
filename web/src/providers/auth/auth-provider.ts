import type { AuthActionResponse, AuthProvider } from '@refinedev/core';
import type { Me } from 'bff/contract';
import { goTo, signInPath } from '../../core/address.ts';
import { ApiError, request } from '../../core/api.ts';
import { forgetRecords } from '../../core/recent.ts';
import { t } from '../../i18n/i18n.ts';
import { type ConsoleAuth, identity } from './identity.ts';
import { currentMe, endSession, loadMe, refreshMe } from './session.ts';
import { authFailure } from './sign-in.ts';

/** What the session allows: the memberships with their permissions, and those of the platform. */
export const permissionsOf = ({ memberships, platform }: Me) => ({ memberships, platform });
export type Permissions = ReturnType<typeof permissionsOf>;

/** Ends the session and leaves the current page, unless `stay` is set. */
export function leave({ stay }: { stay: boolean }): AuthActionResponse {
  const me = currentMe();
  if (me) forgetRecords(me.user.id);
  if (!stay) goTo(signInPath(null), { replace: true });
  endSession({ isWanted: true });
  return { success: true };
}

/** The part of the auth provider that all identity providers share. */
export const sessionChecks = {
  async login({ to }: { to?: string | null }): Promise<AuthActionResponse> {
    goTo(signInPath(to));
    return { success: true };
  },

  async check() {
    try {
      await loadMe();
      return { authenticated: true };
    } catch (error) {
      const signedOut = error instanceof ApiError && error.statusCode === 401;
      // Only a 401 ends the session: a server error must not sign users out.
      return signedOut
        ? { authenticated: false, logout: true, redirectTo: signInPath(location.pathname + location.search) }
        : { authenticated: true };
    }
  },

  async onError(error: unknown) {
    if (error instanceof ApiError && error.statusCode === 401) endSession();
    if (error instanceof ApiError && error.code === 'session_user_changed') await refreshMe();
    return {};
  },

  async getIdentity() {
    return (await loadMe()).user;
  },

  async getPermissions() {
    return permissionsOf(await loadMe());
  },
};

/** Signs out of the server's own accounts. */
export const authProvider = {
  ...sessionChecks,

  async logout({ stay = false }: { stay?: boolean } = {}) {
    try {
      await request('POST', '/api/auth/sign-out', { body: {}, isFinal: true });
    } catch (error) {
      // 401: already signed out. Any other error means that the cookie still works.
      const ended = error instanceof ApiError && error.statusCode === 401;
      if (!ended) return authFailure(t('entry.sign_out'), error);
    }
    return leave({ stay });
  },
} satisfies AuthProvider;

/** The auth provider of the identity provider in use. */
export const currentAuth = (): ConsoleAuth => identity().auth ?? authProvider;
