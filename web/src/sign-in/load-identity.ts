import type { SessionInfo } from 'bff/contract';
import { loadMessages } from '../i18n/i18n.ts';
import type { Identity } from '../providers/auth/identity.ts';
import { NoSignIn } from './no-sign-in.tsx';

/** Loads an identity other than local accounts. */
export async function loadIdentity(info: SessionInfo): Promise<Identity> {
  if (info.identityProvider === 'jwt') {
    const { tokenIdentity } = await import('./jwt/identity.ts');
    return tokenIdentity();
  }
  if (info.clerkPublishableKey) {
    const { clerkIdentity } = await import('./clerk/identity.ts');
    return clerkIdentity({ publishableKey: info.clerkPublishableKey, proxyPath: info.clerkProxyPath });
  }
  await loadMessages('onboarding');
  return { pages: { SignIn: NoSignIn, SignUp: NoSignIn } };
}
