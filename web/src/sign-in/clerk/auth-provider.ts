import type { BrowserClerk } from '@clerk/clerk-react';
import { getToken } from '@clerk/clerk-react';
import { goTo } from '../../core/address.ts';
import { ApiError } from '../../core/api.ts';
import { t } from '../../i18n/i18n.ts';
import { endSession, leave, sessionChecks } from '../../providers/auth/auth-provider.ts';
import type { ConsoleAuth } from '../../providers/auth/identity.ts';
import { currentMe } from '../../providers/auth/session.ts';
import { failed } from '../../providers/auth/sign-in.ts';

const PATIENCE_MS = 10_000;

/** Clerk's object once its script is here; undefined before, or when it could not be loaded. */
export const clerk = () => (window as { Clerk?: BrowserClerk }).Clerk;

/** Clerk knows of no session, not even of one that is just being chosen. */
const isSettled = () => clerk()?.session !== undefined;

/** While Clerk changes from one session to the next it has none for a moment, which is not the same as nobody. */
async function settle() {
  if (isSettled()) return;
  await new Promise<void>((resolve) => {
    const timer = setTimeout(done, PATIENCE_MS);
    const stop = clerk()?.addListener(() => isSettled() && done());
    function done() {
      clearTimeout(timer);
      stop?.();
      resolve();
    }
  });
}

/** The token for one request to our server; null when nobody is signed in. Throws when Clerk cannot be reached. */
export async function sessionToken({ isFresh }: { isFresh: boolean }): Promise<string | null> {
  try {
    await getToken();
    await settle();
    return await getToken({ skipCache: isFresh });
  } catch {
    // Clerk has ended the session while we asked, or it does not answer at all.
    if (clerk()?.loaded && !clerk()?.session) return null;
    throw new ApiError({ status: 0, code: 'identity_offline' });
  }
}

/** Ends the session here as soon as Clerk says that it is over: signed out in another window, revoked, or somebody else's. */
export function followSession() {
  return clerk()?.addListener(({ session }) => {
    const me = currentMe();
    if (me && !isLeaving && session !== undefined && session?.user?.id !== me.user.id) endSession();
  });
}

let isLeaving = false;

const atClerk = (page: string, to: string | null | undefined) => {
  goTo(to ? `${page}?to=${encodeURIComponent(to)}` : page);
  return Promise.resolve({ success: true });
};

/** Signing in and out at Clerk: its own components ask for the password, so that no page of ours ever sees one. */
export const clerkAuth: ConsoleAuth = {
  login: ({ to }) => atClerk('/sign-in', to),

  register: ({ to }) => atClerk('/sign-up', to),

  async logout({ stay = false } = {}) {
    isLeaving = true;
    try {
      // The callback keeps Clerk from going anywhere: where to is decided here.
      await clerk()?.signOut(() => undefined);
    } catch {
      return failed(t('entry.sign_out'), new ApiError({ status: 0, code: 'identity_offline' }));
    } finally {
      isLeaving = false;
    }
    return leave({ stay });
  },

  ...sessionChecks,
};
