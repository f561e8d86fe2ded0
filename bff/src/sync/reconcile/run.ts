import type { SyncRun } from '@rolecall/prisma/client';
import { v7 as uuid } from 'uuid';
import { PLATFORM_TENANT_ID } from '../../access/permissions.ts';
import { insertAudit } from '../../audit/record.ts';
import { AppError } from '../../core/errors.ts';
import type { Services } from '../../core/services.ts';
import { type Tx, tenantTx } from '../../db/tenant-tx.ts';
import { NO_TENANT, type SyncContext } from '../context.ts';
import { type Counts, zeroCounts } from './drift/drift.ts';

export const PHASES = [
  'users',
  'organizations',
  'memberships',
  'prune-users',
  'prune-organizations',
  'prune-memberships',
  'repair',
] as const;
export type PhaseName = (typeof PHASES)[number];

/** Checkpoint of a run: enough to resume after a crash. */
export interface Progress {
  phase: PhaseName;
  /** The provider's cursor for the next page. */
  cursor: string | null;
  /** Objects of this phase. */
  processed: number;
  total: number | null;
  /** Objects per second, as a moving average. */
  rate: number | null;
  /** More is missing at the provider than may be ended unasked. */
  isPruneBlocked?: boolean;
}

export interface RunOrder {
  kind: 'backfill' | 'reconcile';
  mode: 'report' | 'repair';
  direction: 'pull' | 'push';
}

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

type Deps = Pick<Services, 'db' | 'config'>;

const INITIAL_PROGRESS: Progress = { phase: 'users', cursor: null, processed: 0, total: null, rate: null };
const LEASE_SECONDS = 6;
export const HEARTBEAT_MS = 2_000;

/** Inserts a run for any instance to execute; the caller writes the audit row. Throws sync_running while there is another. */
export async function insertRun(tx: Tx, order: RunOrder, startedBy: string | null): Promise<string> {
  const [made] = await tx.$queryRaw<{ id: string }[]>`
    INSERT INTO sync_run (id, kind, mode, direction, progress, started_by, started_at)
    VALUES (${uuid()}::uuid, ${order.kind}, ${order.mode}, ${order.direction}, ${JSON.stringify(INITIAL_PROGRESS)}::jsonb, ${startedBy}, clock_timestamp())
    ON CONFLICT DO NOTHING RETURNING id::text`;
  if (!made) throw new AppError('sync_running');
  return made.id;
}

/** Starts a run without a user: the nightly one, or one from the command line. */
export const createRun = ({ db }: Deps, order: RunOrder): Promise<string> =>
  tenantTx(db.sync, NO_TENANT, async (tx) => {
    const id = await insertRun(tx, order, null);
    await recordRun(tx, id, 'sync.started', { after: order });
    return id;
  });

/** Returns the id of the running run, whether or not an instance works on it. */
export async function findRunning({ db }: Pick<Deps, 'db'>): Promise<string | null> {
  return (await db.sync.syncRun.findFirst({ where: { status: 'running' }, select: { id: true } }))?.id ?? null;
}

/** Leases the run that no instance works on: a new one, or one whose lease has expired. */
export async function acquireLease({ db }: Deps, leaseOwner: string): Promise<LeasedRun | null> {
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
export async function renewLease({ db }: Deps, run: LeasedRun): Promise<boolean> {
  const renewed = await db.sync.$executeRaw`
    UPDATE sync_run SET lease_until = clock_timestamp() + make_interval(secs => ${LEASE_SECONDS})
    WHERE id = ${run.id}::uuid AND lease_owner = ${run.leaseOwner} AND status = 'running'`;
  return renewed > 0;
}

/** Lets another instance take over immediately. */
export const releaseLease = ({ db }: Deps, run: LeasedRun) => db.sync.$executeRaw`
  UPDATE sync_run SET lease_until = NULL, lease_owner = NULL WHERE id = ${run.id}::uuid AND lease_owner = ${run.leaseOwner}`;

/** Commits some work and the progress that it returns in one transaction, as long as the run is ours. Throws LeaseLostError. */
export async function commitStep(
  { db }: Deps,
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
export const recordBackoff = ({ db }: Deps, run: LeasedRun, ms: number, reason: string) => db.sync.$executeRaw`
  UPDATE sync_run SET waiting_until = clock_timestamp() + make_interval(secs => ${ms / 1000}), error = ${reason.slice(0, 500)}
  WHERE id = ${run.id}::uuid AND lease_owner = ${run.leaseOwner} AND status = 'running'`;

/** Ends a run that is ours. A failed one can be resumed. */
export const endRun = ({ db }: Deps, run: LeasedRun, status: 'done' | 'failed', error: string | null = null) =>
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

export const contextForRun = ({ config }: Pick<Deps, 'config'>, run: Pick<LeasedRun, 'id'>): SyncContext => ({
  actor: { type: 'system', id: run.id, sessionId: null },
  origin: { requestId: `sync-${run.id}`, ip: null, userAgent: null },
  settings: config,
  reapplyRoles: true,
});

const recordRun = (
  tx: Tx,
  id: string,
  action: string,
  entry: Pick<Parameters<typeof insertAudit>[1], 'after' | 'severity' | 'reason'>,
) =>
  insertAudit(tx, {
    tenantId: PLATFORM_TENANT_ID,
    actor: { type: 'system', id, sessionId: null },
    origin: { requestId: `sync-${id}`, ip: null, userAgent: null },
    action,
    category: 'identity',
    target: { type: 'sync-run', id, label: null },
    ...entry,
  });
