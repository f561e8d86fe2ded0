import { whenSignedOut } from '../../providers/auth/auth-provider.ts';
import { setAuthHeader } from '../../providers/auth/bearer.ts';
import type { Identity } from '../../providers/auth/identity.ts';
import { clerk, clerkAuth, sessionToken } from './auth-provider.ts';
import { SignInAtClerk, SignUpAtClerk } from './pages.tsx';
import { ClerkProviders, type ClerkSettings, setUpClerk } from './providers.tsx';

/** People at Clerk, by Clerk's own SDK. */
export function clerkIdentity(settings: ClerkSettings): Identity {
  setUpClerk(settings);
  setAuthHeader(sessionToken);
  // It may be open when the session ends, and would lie over the sign-in page.
  whenSignedOut(() => clerk()?.closeUserProfile());
  return {
    auth: clerkAuth,
    pages: { SignIn: SignInAtClerk, SignUp: SignUpAtClerk },
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

/** Quietly: our own pages do not depend on it, and somebody may belong to the tenant but not to the organization. */
async function enterOrganization(identityOrgId: string) {
  if (clerk()?.organization?.id === identityOrgId) return;
  try {
    // Whoever joined a moment ago is known to us by webhook, but not yet to the browser.
    if (!belongsTo(identityOrgId)) await clerk()?.user?.reload();
    if (belongsTo(identityOrgId)) await clerk()?.setActive({ organization: identityOrgId });
  } catch {
    // The next visit tries again.
  }
}
