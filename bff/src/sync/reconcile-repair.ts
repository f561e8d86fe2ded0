import type { SyncDrift } from 'database/client';
import type { Tx } from '../db/tenant-tx.ts';
import type { ObjectRef, ObjectType } from './drift.ts';
import { reconciledMemberships } from './reconcile-memberships.ts';
import { reconciledOrganizations } from './reconcile-organizations.ts';
import { causeOf, commitStep } from './reconcile-run.ts';
import { ask, type RunScene } from './reconcile-scene.ts';
import type { Reconciled } from './reconcile-type.ts';
import { reconciledUsers } from './reconcile-users.ts';

const AT_ONCE = 20;
const NEVER_TOUCHED = new Date(8.64e15);

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
    const note = await settle(tx, scene, kind, ref, item);
    await tx.$executeRaw`
      UPDATE sync_drift SET wanted = NULL, note = ${note}, state = CASE WHEN ${note}::text IS NULL THEN 'repaired' ELSE 'open' END,
        repaired_at = CASE WHEN ${note}::text IS NULL THEN clock_timestamp() END
      WHERE id = ${row.id}::uuid`;
    const { progress, tallies } = run;
    const tally = tallies[kind.type];
    return {
      progress: { ...progress, processed: progress.processed + 1 },
      tallies: { ...tallies, [kind.type]: { ...tally, repaired: tally.repaired + (note === null ? 1 : 0) } },
    };
  });
}

/** Null when our copy agrees now; else why it does not. */
async function settle<T>(
  tx: Tx,
  { services, run }: RunScene,
  kind: Reconciled<T>,
  ref: ObjectRef,
  item: T | null,
): Promise<string | null> {
  const cause = causeOf(services, run);
  if (!item) {
    await kind.end(tx, ref, cause);
    return null;
  }
  await kind.apply(tx, [item], cause);
  const [after] = await kind.compare(tx, [item], { askedAt: NEVER_TOUCHED, settings: services.config });
  return after?.finding ? 'It was repaired, and still differs: this is not for the provider to decide' : null;
}
