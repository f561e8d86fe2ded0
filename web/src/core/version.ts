import { whenReconnected } from './connection.ts';
import { hasNewVersion } from './load.ts';
import { createStore } from './store.ts';

const isOutdated = createStore(false);
const CHECK_AGAIN_MS = 600_000;
let checkedAt = Date.now();

/** Whether the server has a newer build, which a reload would load. */
export const useIsOutdated = isOutdated.use;

async function checkVersion() {
  checkedAt = Date.now();
  if (await hasNewVersion()) isOutdated.set(true);
}

/** Checks when the server is back after an interruption, as after a deploy, and when the user returns to the tab. */
export function followVersion() {
  whenReconnected(() => void checkVersion());
  document.addEventListener('visibilitychange', () => {
    if (!document.hidden && Date.now() - checkedAt > CHECK_AGAIN_MS) void checkVersion();
  });
}
