import type { SessionInfo } from 'bff/contract';
import { loadMessages, t } from '../i18n/i18n.ts';
import type { Identity } from '../providers/auth/identity.ts';
import { Frame } from './frame.tsx';

/** The identity provider in use, other than local accounts. */
export async function otherIdentity(info: SessionInfo): Promise<Identity> {
  const { identityProvider, clerkPublishableKey: key, clerkProxyPath } = info;
  if (identityProvider === 'jwt') return (await import('./jwt/identity.ts')).tokenIdentity();
  if (!key) await loadMessages('onboarding');
  if (!key) return { pages: { SignIn: NoSignIn, SignUp: NoSignIn } };
  return (await import('./clerk/identity.ts')).clerkIdentity({ publishableKey: key, proxyPath: clerkProxyPath });
}

/** Shown for Clerk without a publishable key. */
function NoSignIn() {
  return <Frame title={t('entry.sign_in_title')} lead={t('entry.other_provider', { provider: 'clerk' })} />;
}
