import { readNow } from '../../http/read.ts';
import type { OpenStream } from '../../http/stream.ts';
import { changedLists } from './changed-lists.ts';
import { readMe } from './queries.ts';
import type { Me } from './schema.ts';

/** Notices come in bursts, several for one change. */
const ACCESS_MS = 200;
const LISTS_MS = 600;
/** Readers of one list hear of its change one after the other, 50 a second, so that their requests do not come together. */
const LISTS_MS_PER_STREAM = 20;
/** Above this, any list may have changed. */
const MOST_LISTS = 100;
/** Notices may be lost, and roles end without one: access is never older than this. */
const READ_EVERY_MS = 20_000;
/** The name in a notice that may concern all users, such as a retired permission. */
const ALL_USERS = '*';

/** Sends the version of /api/me whenever it differs from the one the client has, and which lists have changed. */
export async function streamChanges(stream: OpenStream, knownVersion: string | undefined): Promise<void> {
  const { context, ended, renew, send } = stream;
  const { notices } = context.services.db;
  const alarm = createAlarm(ended);
  let known = stream.lastEventId ?? knownVersion;
  let me: Me | undefined;
  let names: ReadonlySet<string> = new Set();
  let changes = new Set<string>();
  const unsubscribe = [
    notices.subscribe('access_changed', (name) => {
      if (!me || name === ALL_USERS || names.has(name)) alarm.within(ACCESS_MS);
    }),
    notices.subscribe('tenant_changed', (change) => {
      // Already waiting: a busy tenant sends the same one many times a second.
      if (!me || changes.has(change) || changedLists(me, [change]).length === 0) return;
      changes.add(change);
      alarm.within(LISTS_MS + Math.random() * LISTS_MS_PER_STREAM * notices.listenerCount('tenant_changed'));
    }),
  ];
  try {
    while (!ended.aborted) {
      me = await readNow(await renew(), readMe, undefined);
      names = new Set([me.user.id, ...me.memberships.map(({ tenantId }) => tenantId)]);
      if (me.version !== known) await send({ event: 'me', id: me.version, data: { version: me.version } });
      known = me.version;
      // Decided with the access just read: it may have ended since the notice came.
      const lists = changedLists(me, changes);
      changes = new Set();
      if (lists.length > 0) await send({ event: 'lists', data: { changed: lists.length > MOST_LISTS ? null : lists } });
      await alarm.rings();
    }
  } finally {
    for (const each of unsubscribe) each();
  }
}

/** Rings at the earliest time it was set to, when access must be read again anyway, and when the stream has ended. */
function createAlarm(ended: AbortSignal) {
  let next = Promise.withResolvers<void>();
  let timer: NodeJS.Timeout | undefined;
  let due = Number.POSITIVE_INFINITY;
  ended.addEventListener('abort', () => next.resolve());
  const within = (ms: number) => {
    if (Date.now() + ms >= due) return;
    due = Date.now() + ms;
    clearTimeout(timer);
    timer = setTimeout(next.resolve, ms);
  };
  return {
    within,
    async rings() {
      within(READ_EVERY_MS);
      await next.promise;
      clearTimeout(timer);
      due = Number.POSITIVE_INFINITY;
      next = Promise.withResolvers();
    },
  };
}
