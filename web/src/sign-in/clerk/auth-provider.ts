import type { BrowserClerk } from '@clerk/clerk-react';
import { getToken } from '@clerk/clerk-react';
import { ApiError } from '../../core/api.ts';
import { t } from '../../i18n/i18n.ts';
import { leave, sessionChecks } from '../../providers/auth/auth-provider.ts';
import type { ConsoleAuth } from '../../providers/auth/identity.ts';
import { continueSession, isAsked, renewSession } from '../../providers/auth/renew.ts';
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

/** Follows Clerk's session: revoked or expired, renewed, or of another user. */
export function followSession() {
  return clerk()?.addListener(({ session }) => {
    const me = currentMe();
    if (!me || isLeaving || session === undefined) return;
    if (session === null) void renewSession();
    else if (session.user?.id !== me.user.id) endSession();
    else if (isAsked()) void continueSession().catch(() => undefined);
  });
}

let isLeaving = false;

/** Signs out at Clerk. */
export const clerkAuth: ConsoleAuth = {
  ...sessionChecks,

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
};
