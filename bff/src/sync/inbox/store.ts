import type { Origin } from '../../core/actor.ts';
import type { IdentityUser } from '../../core/identity-provider.ts';
import { tenantTx } from '../../db/tenant-tx.ts';
import { applyUsers, type Outcome } from '../apply/user.ts';
import { type Applied, NO_TENANT } from '../context.ts';
import { isKnownType, personOf } from './dispatch.ts';
import type { IncomingEvent } from './payload.ts';
import { causeOf, type InboxDeps } from './process.ts';
import { correctRows, insertRows, type NewRow } from './rows.ts';

export interface Incoming {
  id: string;
  event: IncomingEvent;
  origin: Origin;
}

/** `stored`: kept, and applied in a moment, or tried again later. */
export type Receipt = Applied | 'duplicate' | 'stored';

/**
 * Keeps messages that came together, in one transaction; those about people, most of all messages, are applied in the same one.
 * Answers what became of each, in their order. When the transaction fails they are kept only, to be applied one by one.
 */
export async function keepGroup(deps: InboxDeps, group: readonly Incoming[]): Promise<Receipt[]> {
  const fresh = [...new Map(group.map((incoming) => [incoming.id, incoming] as const).reverse()).values()].reverse();
  const receipts = await keepAndApply(deps, fresh).catch(async (error) => {
    deps.log.warn({ err: error, events: fresh.length }, 'events are kept first and applied later');
    return keepOnly(deps, fresh);
  });
  const first = new Set<string>();
  return group.map(({ id }) => {
    const receipt = first.has(id) ? 'duplicate' : (receipts.get(id) ?? 'duplicate');
    first.add(id);
    return receipt;
  });
}

const STATUS_OF = { applied: 'applied', ignored: 'ignored', undecided: 'received' } as const satisfies Record<
  Outcome,
  NewRow['status']
>;

async function keepAndApply(deps: InboxDeps, group: readonly Incoming[]): Promise<Map<string, Receipt>> {
  const people = new Map<string, IdentityUser>();
  for (const { id, event } of group) {
    const person = personOf(event.type, event.payload.data);
    if (person) people.set(id, person);
  }
  if (people.size === 0) return keepOnly(deps, group);

  // Kept as applied, which nearly all of them will be: whatever is not is corrected before anybody sees it.
  return tenantTx(deps.db.sync, NO_TENANT, async (tx) => {
    const foreseen = (incoming: Incoming) => (people.has(incoming.id) ? 'applied' : waitsOrNot(incoming));
    const rows = group.map((incoming) => rowOf(incoming, foreseen(incoming)));
    const kept = await insertRows(tx, rows);
    const words = group.flatMap(({ id, origin }) => {
      const user = people.get(id);
      return user && kept.has(id) ? [{ id, user, cause: causeOf(deps, id, origin) }] : [];
    });
    const outcomes = await applyUsers(tx, words, deps.directory() ? 'leave' : 'believe');
    const became = new Map(words.map(({ id }, index) => [id, STATUS_OF[outcomes[index] ?? 'undecided']]));
    for (const status of ['ignored', 'received'] as const) {
      const ids = words.map(({ id }) => id).filter((id) => became.get(id) === status);
      await correctRows(tx, ids, status);
    }
    return receiptsOf(
      rows.map((row) => ({ ...row, status: became.get(row.id) ?? row.status })),
      kept,
    );
  });
}

async function keepOnly({ db }: InboxDeps, group: readonly Incoming[]): Promise<Map<string, Receipt>> {
  const rows = group.map((incoming) => rowOf(incoming, waitsOrNot(incoming)));
  return receiptsOf(rows, await insertRows(db.sync, rows));
}

const receiptsOf = (rows: readonly NewRow[], kept: ReadonlySet<string>) =>
  new Map(
    rows
      .filter(({ id }) => kept.has(id))
      .map(({ id, status }): [string, Receipt] => [id, status === 'received' ? 'stored' : status]),
  );

const waitsOrNot = ({ event }: Incoming) => (isKnownType(event.type) ? 'received' : 'ignored');

const rowOf = ({ id, event, origin }: Incoming, status: NewRow['status']): NewRow => ({
  id,
  ...event,
  requestId: origin.requestId,
  status,
});
