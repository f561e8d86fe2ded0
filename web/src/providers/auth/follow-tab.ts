import { goTo } from '../../core/address.ts';
import { ApiError } from '../../core/api.ts';
import { localPath } from '../../core/local-path.ts';
import { continueSession, isAsked } from './renew.ts';
import { clearMe, currentMe, endSession, loadMe, reloadMe } from './session.ts';
import { readSessionInfo } from './session-info.ts';

/** Shows who signed in or out in another tab. The server is asked, because tabs may have sessions of their own. */
export async function followTab(userId: string | null): Promise<void> {
  const shown = currentMe()?.user.id;
  if (shown === undefined) return followSignIn(userId);
  // A user who has signed out elsewhere is not asked to sign in again.
  if (userId === null) {
    if (!(await readSessionInfo({ isFresh: true })).hasSession) endSession();
  } else if (isAsked()) await continueSession().catch(() => undefined);
  else if (userId !== shown)
    await reloadMe().catch((error) => error instanceof ApiError && error.statusCode === 401 && endSession());
}

/** Leaves the sign-in page for what it was to lead to. */
async function followSignIn(userId: string | null) {
  if (userId === null || !/^\/sign-(in|up)$/.test(location.pathname)) return;
  clearMe();
  const to = new URLSearchParams(location.search).get('to');
  await loadMe().then(
    () => goTo(localPath(to), { replace: true }),
    () => undefined,
  );
}
