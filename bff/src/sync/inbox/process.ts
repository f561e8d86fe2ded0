import type { Logger } from 'pino';
import type { Origin } from '../../core/actor.ts';
import type { IdentityDirectory } from '../../core/identity-provider.ts';
import type { Database } from '../../core/services.ts';
import { tenantTx } from '../../db/tenant-tx.ts';
import { applyUsers, type Outcome } from '../apply/user.ts';
import { NO_TENANT, type SyncContext, type SyncSettings } from '../context.ts';
import { applyEvent, personOf } from './dispatch.ts';
import { type Rereading, rereadObject } from './refetch.ts';
import { markDone, markFailed, takeRows, type WaitingRow } from './rows.ts';

export interface InboxDeps {
  config: SyncSettings;
  db: Pick<Database, 'sync'>;
  log: Logger;
  /** Who is asked when two words about an object contradict each other; null where nobody can be. */
  directory(): IdentityDirectory | null;
}

const MAX_READINGS = 5;

/**
 * Applies a kept event once: in one transaction with its mark. One that cannot be decided is answered by reading its object
 * anew. A failure is noted, to be tried again later.
 */
export async function applyKept(deps: InboxDeps, id: string): Promise<void> {
  try {
    let rereading: Rereading | null = null;
    for (let reading = 0; reading <= MAX_READINGS; reading++) {
      const undecided = await applyOnce(deps, id, rereading);
      if (!undecided) return;
      const directory = deps.directory();
      if (!directory) throw new Error('nobody can be asked what this event leaves open');
      rereading = await rereadObject(deps.db.sync, directory, undecided.payload);
    }
    throw new Error('the object changes faster than it can be read');
  } catch (error) {
    deps.log.error({ err: error, event: id }, 'a webhook event could not be applied');
    await markFailed(deps.db.sync, id, error);
  }
}

/**
 * Applies kept events about people together. Answers those that are left to be applied one by one: the undecided, those that
 * cannot be read, or all when one of them fails.
 */
export async function applyKeptPeople(deps: InboxDeps, ids: readonly string[]): Promise<readonly string[]> {
  try {
    return await tenantTx(deps.db.sync, NO_TENANT, async (tx) => {
      const rows = await takeRows(tx, ids);
      const readable = rows.flatMap((row) => {
        const user = personOf(row.type, row.payload.data);
        return user ? [{ id: row.id, user, cause: causeOf(deps, row.id, originOf(row)) }] : [];
      });
      const outcomes = await applyUsers(tx, readable, deps.directory() ? 'leave' : 'believe');
      for (const result of ['applied', 'ignored'] as const) {
        const done = readable.filter((_, index) => outcomes[index] === result).map(({ id }) => id);
        if (done.length > 0) await markDone(tx, done, result);
      }
      const decided = new Set(readable.filter((_, index) => outcomes[index] !== 'undecided').map(({ id }) => id));
      return rows.map(({ id }) => id).filter((id) => !decided.has(id));
    });
  } catch (error) {
    deps.log.warn({ err: error, events: ids.length }, 'events are applied one by one');
    return ids;
  }
}

/** Answers the event when it is still undecided, null when it is done or somebody else's. */
const applyOnce = (deps: InboxDeps, id: string, rereading: Rereading | null): Promise<WaitingRow | null> =>
  tenantTx(deps.db.sync, NO_TENANT, async (tx) => {
    const [event] = await takeRows(tx, [id]);
    if (!event) return null;
    const cause = causeOf(deps, id, originOf(event));
    const { type, data } = event.payload;
    const outcome: Outcome = rereading
      ? await rereading.apply(tx, cause)
      : await applyEvent(tx, type, data, cause, deps.directory() ? 'leave' : 'believe');
    if (outcome === 'undecided') return event;
    await markDone(tx, [id], outcome);
    return null;
  });

export const causeOf = ({ config }: InboxDeps, id: string, origin: Origin): SyncContext => ({
  actor: { type: 'webhook', id, sessionId: null },
  origin,
  settings: config,
});

const originOf = ({ id, requestId }: WaitingRow): Origin => ({ requestId: requestId ?? id, ip: null, userAgent: null });
