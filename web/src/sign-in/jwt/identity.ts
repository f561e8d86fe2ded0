import { goTo, signInPath } from '../../core/address.ts';
import { loadMessages } from '../../i18n/i18n.ts';
import { leave, sessionChecks } from '../../providers/auth/auth-provider.ts';
import { setAuthHeader } from '../../providers/auth/bearer.ts';
import type { ConsoleAuth, Identity } from '../../providers/auth/identity.ts';
import { SignInWithToken } from './sign-in-with-token.tsx';
import { currentToken, storeToken, takeTokenFromUrl } from './token.ts';

const toSignIn = ({ to }: { to?: string | null }) => {
  goTo(signInPath(to));
  return Promise.resolve({ success: true });
};

const tokenAuth: ConsoleAuth = {
  login: toSignIn,
  register: toSignIn,

  async logout({ stay = false } = {}) {
    storeToken(null);
    return leave({ stay });
  },

  ...sessionChecks,
};

/** Identity by tokens that the host app issues and the console sends. */
export async function tokenIdentity(): Promise<Identity> {
  await loadMessages('onboarding');
  const hasNew = takeTokenFromUrl();
  setAuthHeader(async ({ isFresh }) => {
    // A rejected token cannot be renewed; the user has to sign in again.
    if (isFresh) storeToken(null);
    return currentToken();
  });
  if (hasNew) goTo(new URLSearchParams(location.search).get('to') ?? '/', { replace: true });
  return { auth: tokenAuth, pages: { SignIn: SignInWithToken, SignUp: SignInWithToken } };
}
