import type { SessionInfo } from 'bff/contract';
import { signInBy } from './identity.ts';

/** Fetches what belongs to the identity provider in use; our own accounts need nothing more. */
export async function chooseIdentity(info: SessionInfo): Promise<void> {
  if (info.identityProvider === 'clerk' && info.clerkPublishableKey) {
    const { clerkIdentity } = await import('./clerk/identity.ts');
    signInBy(clerkIdentity({ publishableKey: info.clerkPublishableKey, proxyPath: info.clerkProxyPath }));
  }
  if (info.identityProvider === 'jwt') {
    const { tokenIdentity } = await import('./jwt/identity.ts');
    signInBy(await tokenIdentity());
  }
}
