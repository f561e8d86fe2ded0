import type { SyncDrift } from 'database/client';
import type { Tx } from '../../db/tenant-tx.ts';
import { ask, type RunScene } from './context.ts';
import type { Drift, ObjectRef, ObjectType } from './drift/drift.ts';
import { reconciledMemberships } from './memberships.ts';
import { reconciledOrganizations } from './organizations.ts';
import { NEVER_TOUCHED, type Reconciled } from './resource.ts';
import { causeOf, commitStep } from './run.ts';
import { reconciledUsers } from './users.ts';

const AT_ONCE = 20;

/** Repairs what somebody asked for, each object as the provider has it at this moment. */
export async function repairWanted(scene: RunScene): Promise<void> {
  const { services, run } = scene;
  for (;;) {
    const rows = await services.db.sync.syncDrift.findMany({
      where: { runId: run.id, state: 'open', wanted: { not: null } },
      orderBy: { id: 'asc' },
      take: AT_ONCE,
    });
    if (rows.length === 0) return;
    for (const row of rows) await repairOne(scene, row);
  }
}

function repairOne(scene: RunScene, row: SyncDrift): Promise<void> {
  switch (row.objectType as ObjectType) {
    case 'user':
      return repair(scene, row, reconciledUsers);
    case 'organization':
      return repair(scene, row, reconciledOrganizations);
    case 'membership':
      return repair(scene, row, reconciledMemberships);
  }
}

async function repair<T>(scene: RunScene, row: SyncDrift, kind: Reconciled<T>): Promise<void> {
  const { services, run } = scene;
  const ref: ObjectRef = { objectId: row.objectId, userId: row.userId, organizationId: row.organizationId };
  const item = await ask(scene, () => kind.fetch(scene.directory, ref));
  await commitStep(services, run, async (tx) => {
    const { state, note } = await (row.wanted === 'push' ? send : take)(tx, scene, kind, ref, item);
    await tx.$executeRaw`
      UPDATE sync_drift SET wanted = NULL, note = ${note}, state = ${state},
        repaired_at = CASE WHEN ${state} = 'open' THEN NULL ELSE clock_timestamp() END
      WHERE id = ${row.id}::uuid`;
    const { progress, tallies } = run;
    const tally = { ...tallies[kind.type] };
    if (state !== 'open') tally[state] += 1;
    return {
      progress: { ...progress, processed: progress.processed + 1 },
      tallies: { ...tallies, [kind.type]: tally },
    };
  });
}

type Settle = <T>(
  tx: Tx,
  scene: RunScene,
  kind: Reconciled<T>,
  ref: ObjectRef,
  item: T | null,
) => Promise<Pick<Drift, 'state' | 'note'>>;

/** Brings our copy to what the provider says. */
const take: Settle = async (tx, { services, run }, kind, ref, item) => {
  const cause = causeOf(services, run);
  if (!item) {
    await kind.end(tx, ref, cause);
    return { state: 'repaired', note: null };
  }
  await kind.apply(tx, [{ item, cause }]);
  const [after] = await kind.compare(tx, [item], { askedAt: NEVER_TOUCHED, settings: services.config });
  if (!after?.finding) return { state: 'repaired', note: null };
  return { state: 'open', note: 'It differs still: this is not for the provider to decide here' };
};

/** Sends our role to the provider. */
const send: Settle = async (tx, { services, run }, kind, _ref, item) => {
  const isSent = item !== null && kind.push !== null && (await kind.push(tx, item, causeOf(services, run)));
  return isSent
    ? { state: 'queued', note: null }
    : { state: 'open', note: 'There is nobody there any more to whom this role could be given' };
};
