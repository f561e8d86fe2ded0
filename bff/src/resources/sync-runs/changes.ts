import type { z } from 'zod';
import type { AuthorizedContext } from '../../access/actor.ts';
import { change } from '../../audit/change.ts';
import { createOnce } from '../../audit/create-once.ts';
import { AppError } from '../../core/errors.ts';
import { sqlState } from '../../db/sql-error.ts';
import type { Tx } from '../../db/tenant-tx.ts';
import { readNow } from '../../http/read.ts';
import { insertRun } from '../../sync/reconcile/run.ts';
import { readSyncRun } from './queries.ts';
import type { SyncDriftIgnore, SyncDriftRepair, SyncRun, SyncRunCreate } from './schema.ts';

const targetOf = (id: string) => ({ type: 'sync-run', id, label: null });
const syncChange = (action: string) => ({ action, category: 'identity' as const, permission: 'sync:run' });

/** Local accounts and JWT issuers have no directory to compare with. Throws no_directory. */
function assertDirectory({ services }: AuthorizedContext): void {
  if (!services.identity.directory) throw new AppError('no_directory');
}

/** Creates a run, which a free instance starts within seconds. Throws sync_running, no_directory. */
export async function startSyncRun(
  context: AuthorizedContext,
  order: z.output<typeof SyncRunCreate>,
): Promise<SyncRun> {
  assertDirectory(context);
  const { id } = await createOnce(context, { ...syncChange('sync.started'), idempotentOn: order }, async ({ tx }) => {
    const id = await insertRun(tx, order, context.actor.id);
    return { result: id, before: null, after: order, target: targetOf(id) };
  });
  return readNow(context, readSyncRun, { runId: id });
}

/** Cancels a run; what it has committed stays. Throws not_found, sync_not_running. */
export async function cancelSyncRun(context: AuthorizedContext, runId: string): Promise<SyncRun> {
  await change(context, { ...syncChange('sync.cancelled'), severity: 'notice' }, async ({ tx }) => {
    await lockRun(tx, runId);
    const ended = await tx.$executeRaw`
      UPDATE sync_run SET status = 'cancelled', finished_at = clock_timestamp(), waiting_until = NULL, lease_owner = NULL, lease_until = NULL
      WHERE id = ${runId}::uuid AND status = 'running'`;
    if (ended === 0) throw new AppError('sync_not_running');
    return { result: null, before: { status: 'running' }, after: { status: 'cancelled' }, target: targetOf(runId) };
  });
  return readNow(context, readSyncRun, { runId });
}

/** Resumes the latest run from its last commit. Throws not_found, conflict, sync_running, no_directory. */
export async function resumeSyncRun(context: AuthorizedContext, runId: string): Promise<SyncRun> {
  assertDirectory(context);
  await rejectSecondRun(() =>
    change(context, syncChange('sync.resumed'), async ({ tx }) => {
      const status = await lockRun(tx, runId);
      if (status === 'running') throw new AppError('sync_running');
      const resumed = await tx.$executeRaw`
        UPDATE sync_run SET status = 'running', error = NULL, finished_at = NULL
        WHERE id = ${runId}::uuid AND status IN ('failed', 'cancelled')
          AND NOT EXISTS (SELECT 1 FROM sync_run later WHERE later.started_at > sync_run.started_at)`;
      if (resumed === 0)
        throw new AppError('conflict', {
          detail: 'Only the latest run can be resumed, and only if it failed or was cancelled',
        });
      return { result: null, before: { status }, after: { status: 'running' }, target: targetOf(runId) };
    }),
  );
  return readNow(context, readSyncRun, { runId });
}

/** Requests the repair of open drift items of a finished run. Throws not_found, conflict, sync_running, no_directory. */
export async function repairDrift(
  context: AuthorizedContext,
  runId: string,
  { ids, direction }: z.output<typeof SyncDriftRepair>,
): Promise<SyncRun> {
  assertDirectory(context);
  await rejectSecondRun(() =>
    change(context, { ...syncChange('sync.repair_ordered'), severity: 'notice' }, async ({ tx }) => {
      const status = await lockRun(tx, runId);
      if (status === 'running') throw new AppError('sync_running');
      if (status !== 'done') throw new AppError('conflict', { detail: 'Only drift of a finished run can be repaired' });
      const requested = await tx.$executeRaw`
        UPDATE sync_drift SET repair_direction = ${direction}
        WHERE run_id = ${runId}::uuid AND state = 'open' AND (${ids ?? null}::uuid[] IS NULL OR id = ANY (${ids ?? null}::uuid[]))
          AND (${direction} = 'pull' OR kind = 'role' OR note IN ('push_refused', 'unknown_at_provider'))`;
      const progress = { phase: 'repair', cursor: null, processed: 0, total: requested, rate: null };
      if (requested > 0) {
        await tx.$executeRaw`
          UPDATE sync_run SET status = 'running', error = NULL, finished_at = NULL, progress = ${JSON.stringify(progress)}::jsonb
          WHERE id = ${runId}::uuid`;
      }
      const after = requested > 0 ? { ordered: requested, direction } : null;
      return { result: null, before: null, after, target: targetOf(runId) };
    }),
  );
  return readNow(context, readSyncRun, { runId });
}

/** Marks drift items as intended. Throws not_found. */
export async function ignoreDrift(
  context: AuthorizedContext,
  runId: string,
  { ids }: z.output<typeof SyncDriftIgnore>,
): Promise<SyncRun> {
  await change(context, syncChange('sync.drift_ignored'), async ({ tx }) => {
    await lockRun(tx, runId);
    const ignored = await tx.$executeRaw`
      UPDATE sync_drift SET state = 'ignored', repair_direction = NULL
      WHERE run_id = ${runId}::uuid AND state = 'open' AND id = ANY (${ids}::uuid[])`;
    return { result: null, before: null, after: ignored > 0 ? { ignored } : null, target: targetOf(runId) };
  });
  return readNow(context, readSyncRun, { runId });
}

async function lockRun(tx: Tx, runId: string): Promise<string> {
  const [run] = await tx.$queryRaw<
    { status: string }[]
  >`SELECT status FROM sync_run WHERE id = ${runId}::uuid FOR UPDATE`;
  if (!run) throw new AppError('not_found');
  return run.status;
}

/** The database allows one running run at a time. */
async function rejectSecondRun(work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (error) {
    throw sqlState(error) === '23505' ? new AppError('sync_running') : error;
  }
}
