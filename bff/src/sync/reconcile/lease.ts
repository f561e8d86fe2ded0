import type { SyncRun } from '@rolecall/prisma/client';
import type { Services } from '../../core/services.ts';
import { type Tx, tenantTx } from '../../db/tenant-tx.ts';
import { NO_TENANT } from '../context.ts';
import { type Counts, zeroCounts } from './drift/drift.ts';
import { INITIAL_PROGRESS, type Progress, type RunOrder, recordRun } from './run.ts';

type Sync = Pick<Services, 'db'>;

const LEASE_SECONDS = 6;
export const HEARTBEAT_MS = 2_000;

/** A run that this instance holds the lease of. */
export interface LeasedRun extends RunOrder {
  id: string;
  leaseOwner: string;
  startedAt: Date;
  progress: Progress;
  counts: Counts;
}

/** Another instance has taken over the run, or it was ended. */
export class LeaseLostError extends Error {}

/** Leases the run that no instance works on: a new one, or one whose lease has expired. */
export async function acquireLease({ db }: Sync, leaseOwner: string): Promise<LeasedRun | null> {
  const [row] = await db.sync.$queryRaw<{ id: string }[]>`
    UPDATE sync_run SET lease_owner = ${leaseOwner}, lease_until = clock_timestamp() + make_interval(secs => ${LEASE_SECONDS})
    WHERE id = (
      SELECT id FROM sync_run
      WHERE status = 'running' AND (lease_until IS NULL OR lease_until < clock_timestamp())
      FOR UPDATE SKIP LOCKED LIMIT 1)
    RETURNING id::text`;
  if (!row) return null;
  // What an older, unfinished run had seen is no longer needed.
  await db.sync.$executeRaw`DELETE FROM sync_seen WHERE run_id <> ${row.id}::uuid`;
  const run: SyncRun = await db.sync.syncRun.findFirstOrThrow({ where: { id: row.id } });
  const { kind, mode, direction } = run as unknown as RunOrder;
  return {
    ...{ id: run.id, leaseOwner, kind, mode, direction, startedAt: run.startedAt },
    progress: { ...INITIAL_PROGRESS, ...(run.progress as object) },
    counts: { ...zeroCounts(), ...(run.result as object) },
  };
}

/** Returns whether the run is still ours. */
export async function renewLease({ db }: Sync, run: LeasedRun): Promise<boolean> {
  const renewed = await db.sync.$executeRaw`
    UPDATE sync_run SET lease_until = clock_timestamp() + make_interval(secs => ${LEASE_SECONDS})
    WHERE id = ${run.id}::uuid AND lease_owner = ${run.leaseOwner} AND status = 'running'`;
  return renewed > 0;
}

/** Lets another instance take over immediately. */
export const releaseLease = ({ db }: Sync, run: LeasedRun) => db.sync.$executeRaw`
  UPDATE sync_run SET lease_until = NULL, lease_owner = NULL WHERE id = ${run.id}::uuid AND lease_owner = ${run.leaseOwner}`;

/** Commits some work and the progress that it returns in one transaction, as long as the run is ours. Throws LeaseLostError. */
export async function commitStep(
  { db }: Sync,
  run: LeasedRun,
  work: (tx: Tx) => Promise<Pick<LeasedRun, 'progress' | 'counts'>>,
): Promise<void> {
  const next = await tenantTx(db.sync, NO_TENANT, async (tx) => {
    const renewed = await tx.$executeRaw`
      UPDATE sync_run SET lease_until = clock_timestamp() + make_interval(secs => ${LEASE_SECONDS}), waiting_until = NULL, error = NULL
      WHERE id = ${run.id}::uuid AND lease_owner = ${run.leaseOwner} AND status = 'running'`;
    if (renewed === 0) throw new LeaseLostError();
    const state = await work(tx);
    await tx.$executeRaw`
      UPDATE sync_run SET progress = ${JSON.stringify(state.progress)}::jsonb, result = ${JSON.stringify(state.counts)}::jsonb
      WHERE id = ${run.id}::uuid`;
    return state;
  });
  Object.assign(run, next);
}

/** Shows in the run that the provider makes it wait, and why. */
export const recordBackoff = ({ db }: Sync, run: LeasedRun, ms: number, reason: string) => db.sync.$executeRaw`
  UPDATE sync_run SET waiting_until = clock_timestamp() + make_interval(secs => ${ms / 1000}), error = ${reason.slice(0, 500)}
  WHERE id = ${run.id}::uuid AND lease_owner = ${run.leaseOwner} AND status = 'running'`;

/** Ends a run that is ours. A failed one can be resumed. */
export const endRun = ({ db }: Sync, run: LeasedRun, status: 'done' | 'failed', error: string | null = null) =>
  tenantTx(db.sync, NO_TENANT, async (tx) => {
    const ended = await tx.$executeRaw`
      UPDATE sync_run SET status = ${status}, error = ${error}, waiting_until = NULL, lease_owner = NULL, lease_until = NULL,
        finished_at = clock_timestamp()
      WHERE id = ${run.id}::uuid AND lease_owner = ${run.leaseOwner} AND status = 'running'`;
    if (ended === 0) throw new LeaseLostError();
    if (status === 'done') await purge(tx, run.id);
    await recordRun(tx, run.id, status === 'done' ? 'sync.finished' : 'sync.failed', {
      severity: status === 'done' ? 'info' : 'warning',
      after: { status, ...run.counts },
      reason: error,
    });
  });

const RETENTION_DAYS = 90;

const purge = async (tx: Tx, runId: string): Promise<void> => {
  await tx.$executeRaw`DELETE FROM sync_seen WHERE run_id = ${runId}::uuid`;
  await tx.$executeRaw`
    DELETE FROM sync_drift USING sync_run run
    WHERE run.id = sync_drift.run_id AND run.started_at < clock_timestamp() - make_interval(days => ${RETENTION_DAYS}::int)`;
};
