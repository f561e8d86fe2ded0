import type { OpenStream } from '../../http/stream.ts';
import { readMe } from './queries.ts';

/** Notices come in bursts, several for one change. */
const DEBOUNCE_MS = 200;
/** Notices may be lost, and roles end without one: access is never older than this. */
const READ_EVERY_MS = 20_000;
/** The name in a notice that may concern all users, such as a retired permission. */
const ALL_USERS = '*';

/** Sends the version of /api/me whenever it differs from the one the client has. */
export async function streamMe(stream: OpenStream, knownVersion: string | undefined): Promise<void> {
  const { context, ended, renew, send } = stream;
  const notice = createDebouncedSignal(ended);
  let known = stream.lastEventId ?? knownVersion;
  let names: ReadonlySet<string> | undefined;
  const unsubscribe = context.services.db.notices.subscribe((name) => {
    if (!names || name === ALL_USERS || names.has(name)) notice.notify();
  });
  try {
    while (!ended.aborted) {
      const me = await readMe(await renew());
      names = new Set([me.user.id, ...me.memberships.map(({ tenantId }) => tenantId)]);
      if (me.version !== known) await send({ event: 'me', id: me.version, data: { version: me.version } });
      known = me.version;
      await notice.received();
    }
  } finally {
    unsubscribe();
  }
}

/** Resolves after a burst of notices, when access must be read again anyway, or when the stream has ended. */
function createDebouncedSignal(ended: AbortSignal) {
  let wasNotified = false;
  let wake = () => {};
  return {
    notify() {
      wasNotified = true;
      wake();
    },
    received: () =>
      new Promise<void>((resolve) => {
        if (ended.aborted) return resolve();
        let timer: NodeJS.Timeout;
        const done = () => {
          clearTimeout(timer);
          ended.removeEventListener('abort', done);
          wasNotified = false;
          wake = () => {};
          resolve();
        };
        const wait = (ms: number) => {
          timer = setTimeout(done, ms);
        };
        wake = () => {
          clearTimeout(timer);
          wake = () => {};
          wait(DEBOUNCE_MS);
        };
        ended.addEventListener('abort', done);
        wait(wasNotified ? DEBOUNCE_MS : READ_EVERY_MS);
      }),
  };
}
