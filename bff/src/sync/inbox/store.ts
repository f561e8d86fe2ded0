import type { Origin } from '../../core/actor.ts';
import { tenantTx } from '../../db/tenant-tx.ts';
import { type FinalStatus, NO_TENANT } from '../context.ts';
import { applyEvents, isFinal, isKnownType, isUserUpdate } from './dispatch.ts';
import type { IncomingEvent } from './payload.ts';
import { contextForEvent, type ProcessDeps, tieBreakOf } from './process.ts';
import { insertRows, type NewRow, readStoredIds } from './rows.ts';

export interface Incoming {
  id: string;
  event: IncomingEvent;
  origin: Origin;
}

/** `stored`: the worker processes it in a moment, and retries it if that fails. */
export type Receipt = FinalStatus | 'duplicate' | 'stored';

/**
 * Stores events that arrived together, and returns a receipt for each, in their order. User updates, by far the most frequent
 * events, are applied in the transaction that stores them. When that fails, all are stored for the worker.
 */
export async function storeBatch(deps: ProcessDeps, batch: readonly Incoming[]): Promise<Receipt[]> {
  const unique = [...new Map(batch.toReversed().map((incoming) => [incoming.id, incoming])).values()].reverse();
  const receipts = await storeAndApply(deps, unique).catch((error) => {
    deps.log.warn({ err: error, events: unique.length }, 'inline apply failed; stored for the worker');
    return storeOnly(deps, unique);
  });
  const first = new Set(unique);
  return batch.map((incoming) => (first.has(incoming) && receipts.get(incoming.id)) || 'duplicate');
}

async function storeAndApply(deps: ProcessDeps, batch: readonly Incoming[]): Promise<Map<string, Receipt>> {
  if (!batch.some(({ event }) => isUserUpdate(event.type))) return storeOnly(deps, batch);
  return tenantTx(deps.db.sync, NO_TENANT, async (tx) => {
    const stored = await readStoredIds(
      tx,
      batch.map(({ id }) => id),
    );
    const fresh = batch.filter(({ id }) => !stored.has(id));
    const updates = fresh.filter(({ event }) => isUserUpdate(event.type));
    const outcomes = await applyEvents(
      tx,
      updates.map(({ id, event, origin }) => ({ ...event.payload, ctx: contextForEvent(deps, id, origin) })),
      tieBreakOf(deps),
    );
    const outcomeOf = new Map(updates.map(({ id }, index) => [id, outcomes[index]]));
    const rows = fresh.map((incoming) => {
      const outcome = outcomeOf.get(incoming.id);
      // The worker resolves a conflict, and records the error of an event that cannot be read.
      return rowOf(incoming, isFinal(outcome) ? outcome : undefined);
    });
    const inserted = await insertRows(tx, rows);
    // Rolls back, so that no event is applied twice.
    if (inserted.size < rows.length) throw new Error('an event was stored concurrently');
    return receiptsOf(rows, inserted);
  });
}

async function storeOnly({ db }: ProcessDeps, batch: readonly Incoming[]): Promise<Map<string, Receipt>> {
  const rows = batch.map((incoming) => rowOf(incoming));
  return receiptsOf(rows, await insertRows(db.sync, rows));
}

const receiptsOf = (rows: readonly NewRow[], inserted: ReadonlySet<string>) =>
  new Map(
    rows
      .filter(({ id }) => inserted.has(id))
      .map(({ id, status }): [string, Receipt] => [id, status === 'received' ? 'stored' : status]),
  );

/** Events of unknown types are stored and ignored. */
const rowOf = (
  { id, event, origin }: Incoming,
  status: NewRow['status'] = isKnownType(event.type) ? 'received' : 'ignored',
): NewRow => ({ id, ...event, requestId: origin.requestId, status });
