import type { Logger } from 'pino';
import type { Origin } from '../../core/actor.ts';
import type { IdentityDirectory } from '../../core/identity-provider.ts';
import type { Database } from '../../core/services.ts';
import { type Tx, tenantTx } from '../../db/tenant-tx.ts';
import { type FinalStatus, NO_TENANT, type SyncContext, type SyncSettings, type TieBreak } from '../context.ts';
import { applyEvents, type EventOutcome, isFinal } from './dispatch.ts';
import { type Refetched, refetchObject } from './refetch.ts';
import { claimRows, markFailed, markProcessed, type StoredEvent } from './rows.ts';

export interface ProcessDeps {
  config: SyncSettings;
  db: Pick<Database, 'sync'>;
  log: Logger;
  /** Resolves conflicts; null where the provider cannot be asked. */
  directory(): IdentityDirectory | null;
}

const MAX_REFETCHES = 5;

interface OpenEvent {
  event: StoredEvent;
  outcome: Exclude<EventOutcome, FinalStatus>;
}

/**
 * Processes stored events: applies them in one transaction with their new status, then marks those that cannot be read as failed
 * and resolves conflicts. When that transaction fails, each event is processed in a batch of its own, so that one bad event does
 * not hold up the others.
 */
export async function processEvents(deps: ProcessDeps, ids: readonly string[]): Promise<void> {
  try {
    const open = await applyClaimed(deps, ids, (tx, events) =>
      applyEvents(
        tx,
        events.map((event) => ({ ...event.payload, ctx: contextOf(deps, event) })),
        tieBreakOf(deps),
      ),
    );
    for (const { event, outcome } of open) {
      if (outcome === 'conflict') await resolveConflict(deps, event).catch((error) => fail(deps, event.id, error));
      else await fail(deps, event.id, outcome);
    }
  } catch (error) {
    const [id] = ids;
    if (ids.length === 1 && id !== undefined) return fail(deps, id, error);
    deps.log.warn({ err: error, events: ids.length }, 'webhook batch failed; retrying one by one');
    for (const each of ids) await processEvents(deps, [each]);
  }
}

/** Claims the events that still wait, applies them and stores their status. Returns the others, which stay as they were. */
const applyClaimed = (
  { db }: ProcessDeps,
  ids: readonly string[],
  apply: (tx: Tx, events: readonly StoredEvent[]) => Promise<EventOutcome[]>,
): Promise<OpenEvent[]> =>
  tenantTx(db.sync, NO_TENANT, async (tx) => {
    const events = await claimRows(tx, ids);
    const outcomes = await apply(tx, events);
    for (const status of ['applied', 'ignored'] as const) {
      const done = events.filter((_, index) => outcomes[index] === status);
      await markProcessed(
        tx,
        done.map(({ id }) => id),
        status,
      );
    }
    return events.flatMap((event, index) => {
      const outcome = outcomes[index];
      return outcome === undefined || isFinal(outcome) ? [] : [{ event, outcome }];
    });
  });

/** Applies what the provider has now instead of the event, fetched again for as long as our copy changes in between. */
async function resolveConflict(deps: ProcessDeps, event: StoredEvent): Promise<void> {
  const directory = deps.directory();
  if (!directory) throw new Error('no directory configured to resolve the conflict');
  for (let attempt = 0; attempt < MAX_REFETCHES; attempt++) {
    const refetched: Refetched = await refetchObject(deps.db.sync, directory, event.payload);
    const open = await applyClaimed(deps, [event.id], (tx, events) =>
      Promise.all(events.map((claimed) => refetched.apply(tx, contextOf(deps, claimed)))),
    );
    if (open.length === 0) return;
  }
  throw new Error('the object changes faster than it can be fetched');
}

async function fail({ db, log }: ProcessDeps, id: string, error: unknown): Promise<void> {
  log.error({ err: error, event: id }, 'webhook event failed');
  await markFailed(db.sync, id, error);
}

/** Without a directory no conflict can be resolved: the later event wins. */
export const tieBreakOf = (deps: ProcessDeps): TieBreak => (deps.directory() ? 'defer' : 'accept');

export const contextForEvent = ({ config }: ProcessDeps, id: string, origin: Origin): SyncContext => ({
  actor: { type: 'webhook', id, sessionId: null },
  origin,
  settings: config,
});

const contextOf = (deps: ProcessDeps, { id, requestId }: StoredEvent): SyncContext =>
  contextForEvent(deps, id, { requestId: requestId ?? id, ip: null, userAgent: null });
