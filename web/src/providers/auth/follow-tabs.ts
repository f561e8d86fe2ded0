import { goTo } from '../../core/address.ts';
import { ApiError } from '../../core/api.ts';
import { localPath } from '../../core/local-path.ts';
import { clearMe, currentMe, endSession, loadMe, onMe, reloadMe } from './session.ts';
import { readSessionInfo } from './session-info.ts';

const NAME = 'rolecall.session';
const shownUser = () => currentMe()?.user.id ?? null;

/**
 * Tells the other tabs who is signed in, and shows who signed in or out in another one. The server is asked, because tabs may have
 * sessions of their own.
 */
export function followTabs(): void {
  const tabs = new BroadcastChannel(NAME);
  const announce = () => tabs.postMessage({ userId: shownUser() });
  onMe(announce);
  if (shownUser() !== null) announce();

  tabs.onmessage = ({ data }: MessageEvent<{ userId: string | null }>) => {
    if (shownUser() !== null) void follow(data.userId);
    else if (data.userId !== null && /^\/sign-(in|up)$/.test(location.pathname)) {
      clearMe();
      const to = new URLSearchParams(location.search).get('to');
      loadMe().then(
        () => goTo(localPath(to), { replace: true }),
        () => undefined,
      );
    }
  };
}

/** Follows a page that shows a user to who has signed in, or out, elsewhere. */
async function follow(userId: string | null) {
  // A user who has signed out elsewhere is not asked to sign in again.
  if (userId === null) return (await readSessionInfo({ isFresh: true })).hasSession || endSession();
  // Loaded with the console, and not needed on the sign-in page.
  const { continueSession, isAsked } = await import('./renew.ts');
  if (isAsked()) return continueSession().catch(() => undefined);
  if (userId === shownUser()) return;
  await reloadMe().catch((error) => error instanceof ApiError && error.statusCode === 401 && endSession());
}
