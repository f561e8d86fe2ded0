import type { AuthActionResponse, AuthProvider } from '@refinedev/core';
import { ApiError, request } from '../api.ts';
import { goTo } from '../entry-path.ts';
import { errorText } from '../i18n/error-text.ts';
import { t } from '../i18n/i18n.ts';
import { localPath } from './local-path.ts';
import { forgetMe, loadMe } from './session.ts';

export type Credentials = { email: string; password: string; name?: string; to?: string | null };

const SIGN_IN = '/sign-in';
const onSignOut = new Set<() => void>();

/** Runs when the session ends, so that nothing of the last person stays in memory. */
export const whenSignedOut = (forget: () => void) => void onSignOut.add(forget);

const failed = (title: string, error: unknown): AuthActionResponse => ({
  success: false,
  error: { name: title, message: errorText(error) },
});

/** Drops everything that was known of the person; the page around the console then asks again who is here. */
function endSession() {
  forgetMe();
  for (const forget of onSignOut) forget();
}

async function enter(path: string, { to, ...body }: Credentials): Promise<AuthActionResponse> {
  try {
    await request('POST', path, { body });
    forgetMe();
    return { success: true, redirectTo: localPath(to) };
  } catch (error) {
    return failed(t('entry.sign_in'), error);
  }
}

function signInPath() {
  const here = `${location.pathname}${location.search}`;
  return here === '/' ? SIGN_IN : `${SIGN_IN}?to=${encodeURIComponent(here)}`;
}

/** Signing in and out with e-mail and password, against the server's own accounts. */
export const authProvider = {
  login: (credentials: Credentials) => enter('/api/auth/sign-in/email', credentials),

  register: (credentials: Credentials) => enter('/api/auth/sign-up/email', credentials),

  /** `stay` keeps the address, for an invitation that somebody else shall accept. */
  async logout({ stay = false }: { stay?: boolean } = {}) {
    try {
      await request('POST', '/api/auth/sign-out', { body: {} });
    } catch (error) {
      // An ended session is what was asked for; anything else means the cookie still works, and must be said.
      const ended = error instanceof ApiError && error.statusCode === 401;
      if (!ended) return failed(t('entry.sign_out'), error);
    }
    if (!stay) goTo(SIGN_IN, { replace: true });
    endSession();
    return { success: true };
  },

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
} satisfies AuthProvider;
