import { setAuthHeader } from '../../providers/auth/bearer.ts';
import type { Identity } from '../../providers/auth/identity.ts';
import { whenSignedOut } from '../../providers/auth/session.ts';
import { clerk, clerkAuth, sessionToken } from './auth-provider.ts';
import { RenewAtClerk, SignInAtClerk, SignUpAtClerk } from './pages.tsx';
import { ClerkProviders, type ClerkSettings, setUpClerk } from './providers.tsx';

/** Identity by Clerk's SDK. */
export function clerkIdentity(settings: ClerkSettings): Identity {
  setUpClerk(settings);
  setAuthHeader(sessionToken);
  // An open profile dialog would cover the sign-in page.
  whenSignedOut(() => clerk()?.closeUserProfile());
  return {
    auth: clerkAuth,
    pages: { SignIn: SignInAtClerk, SignUp: SignUpAtClerk },
    Renew: RenewAtClerk,
    Providers: ClerkProviders,
    hasSession: () => Boolean(clerk()?.session),
    account,
    openAccount: () => clerk()?.openUserProfile(),
    enterOrganization,
  };
}

function account() {
  const user = clerk()?.user;
  return user ? { id: user.id, email: user.primaryEmailAddress?.emailAddress ?? null } : null;
}

const belongsTo = (identityOrgId: string) =>
  clerk()?.user?.organizationMemberships.some(({ organization }) => organization.id === identityOrgId);

/** Sets Clerk's active organization. Ignores errors: no page depends on it, and a member may not belong to it. */
async function enterOrganization(identityOrgId: string) {
  if (clerk()?.organization?.id === identityOrgId) return;
  try {
    // A new membership reaches us by webhook before the browser knows it.
    if (!belongsTo(identityOrgId)) await clerk()?.user?.reload();
    if (belongsTo(identityOrgId)) await clerk()?.setActive({ organization: identityOrgId });
  } catch {
    // Retried on the next visit.
  }
}
