import type { BrowserClerk } from '@clerk/clerk-react';
import { getToken } from '@clerk/clerk-react';
import { goTo, signInPath } from '../../core/address.ts';
import { ApiError } from '../../core/api.ts';
import { t } from '../../i18n/i18n.ts';
import { leave, sessionChecks } from '../../providers/auth/auth-provider.ts';
import type { ConsoleAuth } from '../../providers/auth/identity.ts';
import { currentMe, endSession } from '../../providers/auth/session.ts';
import { authFailure } from '../../providers/auth/sign-in.ts';

const SESSION_TIMEOUT_MS = 10_000;

/** Clerk's global object; undefined until its script has loaded. */
export const clerk = () => (window as { Clerk?: BrowserClerk }).Clerk;

/** Whether Clerk has decided between a session and none; undefined while it switches. */
const hasDecided = () => clerk()?.session !== undefined;

/** Waits while Clerk switches sessions, when it briefly has none. */
async function waitForSession() {
  if (hasDecided()) return;
  await new Promise<void>((resolve) => {
    const timer = setTimeout(done, SESSION_TIMEOUT_MS);
    const stop = clerk()?.addListener(() => hasDecided() && done());
    function done() {
      clearTimeout(timer);
      stop?.();
      resolve();
    }
  });
}

/** Returns the token for a request; null when signed out. Throws when Clerk is unreachable. */
export async function sessionToken({ isFresh }: { isFresh: boolean }): Promise<string | null> {
  try {
    await getToken();
    await waitForSession();
    return await getToken({ skipCache: isFresh });
  } catch {
    // Clerk ended the session during the request, or does not respond.
    if (clerk()?.loaded && !clerk()?.session) return null;
    throw new ApiError({ status: 0, code: 'identity_offline' });
  }
}

/** Ends the session when Clerk's ends: signed out in another window, revoked, or of another user. */
export function followSession() {
  return clerk()?.addListener(({ session }) => {
    const me = currentMe();
    if (me && !isLeaving && session !== undefined && session?.user?.id !== me.user.id) endSession();
  });
}

let isLeaving = false;

const atClerk = (page: string, to: string | null | undefined) => {
  goTo(signInPath(to, page));
  return Promise.resolve({ success: true });
};

/** Signs in and out at Clerk, whose components handle the password. */
export const clerkAuth: ConsoleAuth = {
  login: ({ to }) => atClerk('/sign-in', to),

  register: ({ to }) => atClerk('/sign-up', to),

  async logout({ stay = false } = {}) {
    isLeaving = true;
    try {
      // The callback prevents Clerk's own redirect.
      await clerk()?.signOut(() => undefined);
    } catch {
      return authFailure(t('entry.sign_out'), new ApiError({ status: 0, code: 'identity_offline' }));
    } finally {
      isLeaving = false;
    }
    return leave({ stay });
  },

  ...sessionChecks,
};
