import type { SyncDrift } from '@rolecall/prisma/client';
import type { IdentityRef } from '../../core/identity-provider.ts';
import type { Tx } from '../../db/tenant-tx.ts';
import { fetchObject, type RunContext } from './context.ts';
import type { Drift, ObjectType } from './drift/drift.ts';
import { commitStep } from './lease.ts';
import { membershipType } from './memberships.ts';
import { organizationType } from './organizations.ts';
import { noteOf } from './resolve.ts';
import { COMPARE_ALWAYS, type ReconciledType } from './resource.ts';
import { contextForRun } from './run.ts';
import { userType } from './users.ts';

const BATCH = 20;

/** Repairs the drift items that were selected in the console, each with the provider's current object. */
export async function repairRequested(context: RunContext): Promise<void> {
  const { services, run } = context;
  for (;;) {
    const rows = await services.db.sync.syncDrift.findMany({
      where: { runId: run.id, state: 'open', repairDirection: { not: null } },
      orderBy: { id: 'asc' },
      take: BATCH,
    });
    if (rows.length === 0) return;
    for (const row of rows) await repairOne(context, row);
  }
}

function repairOne(context: RunContext, row: SyncDrift): Promise<void> {
  switch (row.objectType as ObjectType) {
    case 'user':
      return repair(context, row, userType);
    case 'organization':
      return repair(context, row, organizationType);
    case 'membership':
      return repair(context, row, membershipType);
  }
}

async function repair<T>(context: RunContext, row: SyncDrift, type: ReconciledType<T>): Promise<void> {
  const { services, run } = context;
  const ref: IdentityRef = { objectId: row.objectId, userId: row.userId, organizationId: row.organizationId };
  const item = await fetchObject(context, () => type.fetch(context.directory, ref));
  await commitStep(services, run, async (tx) => {
    const { state, note } =
      item === 'unreadable'
        ? ({ state: 'open', note: 'unreadable' } as const)
        : await (row.repairDirection === 'push' ? push : pull)(tx, context, type, ref, item);
    await tx.$executeRaw`
      UPDATE sync_drift SET repair_direction = NULL, note = ${note}, state = ${state},
        repaired_at = CASE WHEN ${state} = 'open' THEN NULL ELSE clock_timestamp() END
      WHERE id = ${row.id}::uuid`;
    const { progress, counts } = run;
    const typeCounts = { ...counts[type.type] };
    if (state !== 'open') typeCounts[state] += 1;
    return {
      progress: { ...progress, processed: progress.processed + 1 },
      counts: { ...counts, [type.type]: typeCounts },
    };
  });
}

type Repair = <T>(
  tx: Tx,
  context: RunContext,
  type: ReconciledType<T>,
  ref: IdentityRef,
  item: T | null,
) => Promise<Pick<Drift, 'state' | 'note'>>;

/** Applies the provider's object to our copy. */
const pull: Repair = async (tx, { services, run }, type, ref, item) => {
  const ctx = contextForRun(services, run);
  if (!item) {
    await type.end(tx, ref, ctx);
    const [local] = await type.missingAtProvider(tx, run, { among: [ref.objectId] });
    return local?.isLocal ? { state: 'open', note: 'unknown_at_provider' } : { state: 'repaired', note: null };
  }
  await type.apply(tx, [{ item, ctx }]);
  const [after] = await type.compare(tx, [item], { fetchedAt: COMPARE_ALWAYS, settings: services.config });
  if (!after?.diff) return { state: 'repaired', note: null };
  return { state: 'open', note: noteOf(after.diff) ?? 'not_pullable' };
};

/** Queues our role for the provider. */
const push: Repair = async (tx, { services, run }, type, ref, item) => {
  const isQueued = item
    ? type.push !== null && (await type.push(tx, item, contextForRun(services, run)))
    : type.create !== null && (await type.create(tx, ref, services));
  return isQueued ? { state: 'queued', note: null } : { state: 'open', note: 'user_missing' };
};
