import { goTo } from '../../core/address.ts';
import { localPath } from '../../core/local-path.ts';
import { sessionChecks } from './auth-provider.ts';
import { clearMe, currentMe, loadMe, onShownUser, reloadMe } from './session.ts';

const NAME = 'rolecall.session';
const shownUser = () => currentMe()?.user.id ?? null;

/**
 * Tells the other tabs who is signed in, and shows who signed in or out in another one. The server is asked, because tabs may have
 * sessions of their own.
 */
export function followTabs(): void {
  const tabs = new BroadcastChannel(NAME);
  const announce = () => tabs.postMessage({ userId: shownUser() });
  onShownUser(announce);
  if (shownUser() !== null) announce();

  tabs.onmessage = ({ data }: MessageEvent<{ userId: string | null }>) => {
    if (data.userId === shownUser()) return;
    if (shownUser() !== null) void reloadMe().catch(sessionChecks.onError);
    else if (/^\/sign-(in|up)$/.test(location.pathname)) {
      clearMe();
      const to = new URLSearchParams(location.search).get('to');
      loadMe().then(
        () => goTo(localPath(to), { replace: true }),
        () => undefined,
      );
    }
  };
}
