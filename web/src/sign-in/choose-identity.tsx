import type { SessionInfo } from 'bff/contract';
import { loadMessages, t } from '../i18n/i18n.ts';
import { type Identity, setIdentity } from '../providers/auth/identity.ts';
import { Frame } from './frame.tsx';

/** Loads the code of the identity provider in use; local accounts need none. */
export async function chooseIdentity(info: SessionInfo): Promise<void> {
  if (info.identityProvider !== 'local') setIdentity(await load(info));
}

async function load({ identityProvider, clerkPublishableKey: key, clerkProxyPath }: SessionInfo): Promise<Identity> {
  if (identityProvider === 'jwt') return (await import('./jwt/identity.ts')).tokenIdentity();
  if (!key) await loadMessages('onboarding');
  if (!key) return { pages: { SignIn: NoSignIn, SignUp: NoSignIn } };
  return (await import('./clerk/identity.ts')).clerkIdentity({ publishableKey: key, proxyPath: clerkProxyPath });
}

/** Shown for Clerk without a publishable key. */
function NoSignIn() {
  return <Frame title={t('entry.sign_in_title')} lead={t('entry.other_provider', { provider: 'clerk' })} />;
}
