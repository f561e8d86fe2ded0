import type { OpenStream } from '../../http/stream.ts';
import { readMe } from './queries.ts';

/** Notices come in bursts, several for one change. */
const SETTLE_MS = 200;
/** Notices may be lost, and a role may end by itself: nothing is older than this. */
const READ_EVERY_MS = 20_000;
/** What a notice names when it may be about anybody, such as a permission that was retired. */
const EVERYBODY = '*';

/** Sends the version of /api/me whenever it is another than the one the client knows. */
export async function streamMe(stream: OpenStream, knownVersion: string | undefined): Promise<void> {
  const { context, ended, renew, send } = stream;
  const bell = aBell(ended);
  let known = stream.lastEventId ?? knownVersion;
  let names: ReadonlySet<string> | undefined;
  const unsubscribe = context.services.db.notices.subscribe((name) => {
    if (!names || name === EVERYBODY || names.has(name)) bell.ring();
  });
  try {
    while (!ended.aborted) {
      const me = await readMe(await renew());
      names = new Set([me.user.id, ...me.memberships.map(({ tenantId }) => tenantId)]);
      if (me.version !== known) await send({ event: 'me', id: me.version, data: { version: me.version } });
      known = me.version;
      await bell.rung();
    }
  } finally {
    unsubscribe();
  }
}

/** Waits until it rings and the burst has settled, the time for another look has come, or the stream has ended. */
function aBell(ended: AbortSignal) {
  let hasRung = false;
  let wake = () => {};
  return {
    ring() {
      hasRung = true;
      wake();
    },
    rung: () =>
      new Promise<void>((resolve) => {
        if (ended.aborted) return resolve();
        let timer: NodeJS.Timeout;
        const done = () => {
          clearTimeout(timer);
          ended.removeEventListener('abort', done);
          hasRung = false;
          wake = () => {};
          resolve();
        };
        const wait = (ms: number) => {
          timer = setTimeout(done, ms);
        };
        wake = () => {
          clearTimeout(timer);
          wake = () => {};
          wait(SETTLE_MS);
        };
        ended.addEventListener('abort', done);
        wait(hasRung ? SETTLE_MS : READ_EVERY_MS);
      }),
  };
}
