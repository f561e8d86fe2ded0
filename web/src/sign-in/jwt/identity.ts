import { goTo } from '../../core/address.ts';
import { localPath } from '../../core/local-path.ts';
import { loadMessages } from '../../i18n/i18n.ts';
import { leave, sessionChecks } from '../../providers/auth/auth-provider.ts';
import { setAuthHeader } from '../../providers/auth/bearer.ts';
import type { ConsoleAuth, Identity } from '../../providers/auth/identity.ts';
import { continueSession, isAsked } from '../../providers/auth/renew.ts';
import { RenewWithToken, SignInWithToken } from './sign-in-with-token.tsx';
import { currentToken, storeToken, takeTokenFromUrl } from './token.ts';

const tokenAuth: ConsoleAuth = {
  ...sessionChecks,

  async logout({ stay = false } = {}) {
    storeToken(null);
    return leave({ stay });
  },
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
  // A page whose session has ended waits for the tab that signs in again.
  const tabs = new BroadcastChannel('rolecall.token');
  tabs.onmessage = ({ data }: MessageEvent<string>) => {
    if (!isAsked()) return;
    storeToken(data);
    void continueSession().catch(() => undefined);
  };
  if (hasNew) {
    const query = new URLSearchParams(location.search);
    tabs.postMessage(currentToken());
    if (query.has('renew')) close();
    goTo(localPath(query.get('to')), { replace: true });
  }
  return { auth: tokenAuth, pages: { SignIn: SignInWithToken, SignUp: SignInWithToken }, Renew: RenewWithToken };
}
