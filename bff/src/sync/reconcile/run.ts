import type { SyncRun } from 'database/client';
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
  'gone-users',
  'gone-organizations',
  'gone-memberships',
  'repair',
] as const;
export type PhaseName = (typeof PHASES)[number];

/** Where a run stands: enough to go on from there after a crash. */
export interface Progress {
  phase: PhaseName;
  /** Where the phase's list goes on. */
  cursor: string | null;
  /** Of this phase. */
  processed: number;
  total: number | null;
  /** Objects in a second, lately. */
  rate: number | null;
  /** In a phase that looks for what is gone: it was too much to end it unasked. */
  isHeld?: boolean;
}

export interface RunOrder {
  kind: 'backfill' | 'reconcile';
  mode: 'report' | 'repair';
  direction: 'pull' | 'push';
}

/** A run that this instance holds. */
export interface LeasedRun extends RunOrder {
  id: string;
  leaseOwner: string;
  startedAt: Date;
  progress: Progress;
  counts: Counts;
}

/** Somebody else has the run now, or it was ended meanwhile. */
export class LeaseLostError extends Error {}

type Deps = Pick<Services, 'db' | 'config'>;

const FIRST: Progress = { phase: 'users', cursor: null, processed: 0, total: null, rate: null };
const LEASE_SECONDS = 6;
export const HEARTBEAT_MS = 2_000;

/** Makes a run for any instance to take; the caller writes the audit row. Throws sync_running while there is another. */
export async function insertRun(tx: Tx, order: RunOrder, startedBy: string | null): Promise<string> {
  const [made] = await tx.$queryRaw<{ id: string }[]>`
    INSERT INTO sync_run (id, kind, mode, direction, progress, started_by, started_at)
    VALUES (${uuid()}::uuid, ${order.kind}, ${order.mode}, ${order.direction}, ${JSON.stringify(FIRST)}::jsonb, ${startedBy}, clock_timestamp())
    ON CONFLICT DO NOTHING RETURNING id::text`;
  if (!made) throw new AppError('sync_running');
  return made.id;
}

/** Begins a run that nobody asked for in person: the nightly one, or one from the command line. */
export const beginRun = ({ db }: Deps, order: RunOrder): Promise<string> =>
  tenantTx(db.sync, NO_TENANT, async (tx) => {
    const id = await insertRun(tx, order, null);
    await recordRun(tx, id, 'sync.started', { after: order });
    return id;
  });

/** The run that goes on now, or stands still until somebody takes it. */
export async function findRunning({ db }: Pick<Deps, 'db'>): Promise<string | null> {
  return (await db.sync.syncRun.findFirst({ where: { status: 'running' }, select: { id: true } }))?.id ?? null;
}

/** Takes the run that nobody is working on: a new one, or one whose leaseOwner has died. */
export async function acquireLease({ db }: Deps, leaseOwner: string): Promise<LeasedRun | null> {
  const [row] = await db.sync.$queryRaw<{ id: string }[]>`
    UPDATE sync_run SET lease_holder = ${leaseOwner}, lease_until = clock_timestamp() + make_interval(secs => ${LEASE_SECONDS})
    WHERE id = (
      SELECT id FROM sync_run
      WHERE status = 'running' AND (lease_until IS NULL OR lease_until < clock_timestamp())
      FOR UPDATE SKIP LOCKED LIMIT 1)
    RETURNING id::text`;
  if (!row) return null;
  // Of an older run that was left half done nobody needs to know any more what it had seen.
  await db.sync.$executeRaw`DELETE FROM sync_seen WHERE run_id <> ${row.id}::uuid`;
  const run: SyncRun = await db.sync.syncRun.findFirstOrThrow({ where: { id: row.id } });
  const { kind, mode, direction } = run as unknown as RunOrder;
  return {
    ...{ id: run.id, leaseOwner, kind, mode, direction, startedAt: run.startedAt },
    progress: { ...FIRST, ...(run.progress as object) },
    counts: { ...zeroCounts(), ...(run.result as object) },
  };
}

/** Answers whether the run is still ours. */
export async function renewLease({ db }: Deps, run: LeasedRun): Promise<boolean> {
  const kept = await db.sync.$executeRaw`
    UPDATE sync_run SET lease_until = clock_timestamp() + make_interval(secs => ${LEASE_SECONDS})
    WHERE id = ${run.id}::uuid AND lease_holder = ${run.leaseOwner} AND status = 'running'`;
  return kept > 0;
}

/** Lets another instance go on at once. */
export const releaseLease = ({ db }: Deps, run: LeasedRun) => db.sync.$executeRaw`
  UPDATE sync_run SET lease_until = NULL, lease_holder = NULL WHERE id = ${run.id}::uuid AND lease_holder = ${run.leaseOwner}`;

/**
 * Some work and the progress that it makes, in one transaction, as long as the run is ours. What `work` answers is what the run
 * knows afterwards. Throws LeaseLostError.
 */
export async function commitStep(
  { db }: Deps,
  run: LeasedRun,
  work: (tx: Tx) => Promise<Pick<LeasedRun, 'progress' | 'counts'>>,
): Promise<void> {
  const next = await tenantTx(db.sync, NO_TENANT, async (tx) => {
    const held = await tx.$executeRaw`
      UPDATE sync_run SET lease_until = clock_timestamp() + make_interval(secs => ${LEASE_SECONDS}), waiting_until = NULL, error = NULL
      WHERE id = ${run.id}::uuid AND lease_holder = ${run.leaseOwner} AND status = 'running'`;
    if (held === 0) throw new LeaseLostError();
    const known = await work(tx);
    await tx.$executeRaw`
      UPDATE sync_run SET progress = ${JSON.stringify(known.progress)}::jsonb, result = ${JSON.stringify(known.counts)}::jsonb
      WHERE id = ${run.id}::uuid`;
    return known;
  });
  Object.assign(run, next);
}

/** Says that the provider lets us wait, and why. */
export const recordBackoff = ({ db }: Deps, run: LeasedRun, ms: number, why: string) => db.sync.$executeRaw`
  UPDATE sync_run SET waiting_until = clock_timestamp() + make_interval(secs => ${ms / 1000}), error = ${why.slice(0, 500)}
  WHERE id = ${run.id}::uuid AND lease_holder = ${run.leaseOwner} AND status = 'running'`;

/** Ends a run that is ours, for good or until somebody resumes it. */
export const endRun = ({ db }: Deps, run: LeasedRun, status: 'done' | 'failed', error: string | null = null) =>
  tenantTx(db.sync, NO_TENANT, async (tx) => {
    const ended = await tx.$executeRaw`
      UPDATE sync_run SET status = ${status}, error = ${error}, waiting_until = NULL, lease_holder = NULL, lease_until = NULL,
        finished_at = clock_timestamp()
      WHERE id = ${run.id}::uuid AND lease_holder = ${run.leaseOwner} AND status = 'running'`;
    if (ended === 0) throw new LeaseLostError();
    if (status === 'done') await forget(tx, run.id);
    await recordRun(tx, run.id, status === 'done' ? 'sync.finished' : 'sync.failed', {
      severity: status === 'done' ? 'info' : 'warning',
      after: { status, ...run.counts },
      reason: error,
    });
  });

const KEPT_DAYS = 90;

const forget = async (tx: Tx, runId: string): Promise<void> => {
  await tx.$executeRaw`DELETE FROM sync_seen WHERE run_id = ${runId}::uuid`;
  await tx.$executeRaw`
    DELETE FROM sync_drift USING sync_run run
    WHERE run.id = sync_drift.run_id AND run.started_at < clock_timestamp() - make_interval(days => ${KEPT_DAYS}::int)`;
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
