import type { SyncDrift } from 'database/client';
import type { Tx } from '../../db/tenant-tx.ts';
import { ask, type RunContext } from './context.ts';
import type { Drift, ObjectRef, ObjectType } from './drift/drift.ts';
import { membershipType } from './memberships.ts';
import { organizationType } from './organizations.ts';
import { COMPARE_ALWAYS, type ReconciledType } from './resource.ts';
import { commitStep, contextForRun } from './run.ts';
import { userType } from './users.ts';

const AT_ONCE = 20;

/** Repairs what somebody asked for, each object as the provider has it at this moment. */
export async function repairRequested(context: RunContext): Promise<void> {
  const { services, run } = context;
  for (;;) {
    const rows = await services.db.sync.syncDrift.findMany({
      where: { runId: run.id, state: 'open', wanted: { not: null } },
      orderBy: { id: 'asc' },
      take: AT_ONCE,
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

async function repair<T>(context: RunContext, row: SyncDrift, kind: ReconciledType<T>): Promise<void> {
  const { services, run } = context;
  const ref: ObjectRef = { objectId: row.objectId, userId: row.userId, organizationId: row.organizationId };
  const item = await ask(context, () => kind.fetch(context.directory, ref));
  await commitStep(services, run, async (tx) => {
    const { state, note } = await (row.wanted === 'push' ? send : take)(tx, context, kind, ref, item);
    await tx.$executeRaw`
      UPDATE sync_drift SET wanted = NULL, note = ${note}, state = ${state},
        repaired_at = CASE WHEN ${state} = 'open' THEN NULL ELSE clock_timestamp() END
      WHERE id = ${row.id}::uuid`;
    const { progress, counts } = run;
    const typeCounts = { ...counts[kind.type] };
    if (state !== 'open') typeCounts[state] += 1;
    return {
      progress: { ...progress, processed: progress.processed + 1 },
      counts: { ...counts, [kind.type]: typeCounts },
    };
  });
}

type Settle = <T>(
  tx: Tx,
  context: RunContext,
  kind: ReconciledType<T>,
  ref: ObjectRef,
  item: T | null,
) => Promise<Pick<Drift, 'state' | 'note'>>;

/** Brings our copy to what the provider says. */
const take: Settle = async (tx, { services, run }, kind, ref, item) => {
  const ctx = contextForRun(services, run);
  if (!item) {
    await kind.end(tx, ref, ctx);
    return { state: 'repaired', note: null };
  }
  await kind.apply(tx, [{ item, ctx }]);
  const [after] = await kind.compare(tx, [item], { fetchedAt: COMPARE_ALWAYS, settings: services.config });
  if (!after?.diff) return { state: 'repaired', note: null };
  return { state: 'open', note: 'It differs still: this is not for the provider to decide here' };
};

/** Sends our role to the provider. */
const send: Settle = async (tx, { services, run }, kind, _ref, item) => {
  const isSent = item !== null && kind.push !== null && (await kind.push(tx, item, contextForRun(services, run)));
  return isSent
    ? { state: 'queued', note: null }
    : { state: 'open', note: 'There is nobody there any more to whom this role could be given' };
};
