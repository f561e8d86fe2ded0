import type { AuthActionResponse, AuthProvider } from '@refinedev/core';
import { goTo } from '../../core/address.ts';
import { ApiError, request } from '../../core/api.ts';
import { t } from '../../i18n/i18n.ts';
import { type ConsoleAuth, identity } from './identity.ts';
import { clearMe, loadMe } from './session.ts';
import { type Credentials, enter, failed } from './sign-in.ts';

const SIGN_IN = '/sign-in';
const onSignOut = new Set<() => void>();

/** Runs when the session ends, so that nothing of the last person stays in memory. */
export const whenSignedOut = (forget: () => void) => void onSignOut.add(forget);

/** Drops everything that was known of the person; the page around the console then asks again who is here. */
export function endSession({ isWanted = false } = {}) {
  clearMe({ isWanted });
  for (const forget of onSignOut) forget();
}

function signInPath() {
  const here = `${location.pathname}${location.search}`;
  return here === '/' ? SIGN_IN : `${SIGN_IN}?to=${encodeURIComponent(here)}`;
}

/** After the session is over: away from what only that person may see. */
export function leave({ stay }: { stay: boolean }): AuthActionResponse {
  if (!stay) goTo(SIGN_IN, { replace: true });
  endSession({ isWanted: true });
  return { success: true };
}

/** What every way of signing in shares: the server says who is here. */
export const sessionChecks = {
  async check() {
    try {
      await loadMe();
      return { authenticated: true };
    } catch (error) {
      const signedOut = error instanceof ApiError && error.statusCode === 401;
      // Only a clear 401 ends the session: a server that is down for a moment must not throw people out.
      return signedOut ? { authenticated: false, logout: true, redirectTo: signInPath() } : { authenticated: true };
    }
  },

  async onError(error: unknown) {
    if (error instanceof ApiError && error.statusCode === 401) endSession();
    return {};
  },

  async getIdentity() {
    return (await loadMe()).user;
  },

  async getPermissions() {
    const { memberships, platform } = await loadMe();
    return { memberships, platform };
  },
};

/** Signing in and out with e-mail and password, against the server's own accounts. */
export const authProvider = {
  login: (credentials: Credentials) => enter('in', credentials),

  register: (credentials: Credentials) => enter('up', credentials),

  async logout({ stay = false }: { stay?: boolean } = {}) {
    try {
      await request('POST', '/api/auth/sign-out', { body: {} });
    } catch (error) {
      // An ended session is what was asked for; anything else means the cookie still works, and must be said.
      const ended = error instanceof ApiError && error.statusCode === 401;
      if (!ended) return failed(t('entry.sign_out'), error);
    }
    return leave({ stay });
  },

  ...sessionChecks,
} satisfies AuthProvider;

/** That of the identity provider in use. */
export const currentAuth = (): ConsoleAuth => identity().auth ?? authProvider;
