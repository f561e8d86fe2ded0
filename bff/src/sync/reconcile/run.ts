import { v7 as uuid } from 'uuid';
import { PLATFORM_TENANT_ID } from '../../access/permissions.ts';
import { insertAudit } from '../../audit/record.ts';
import { AppError } from '../../core/errors.ts';
import type { Services } from '../../core/services.ts';
import { type Tx, tenantTx } from '../../db/tenant-tx.ts';
import { NO_TENANT, type SyncContext } from '../context.ts';

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

type Deps = Pick<Services, 'db' | 'config'>;

export const INITIAL_PROGRESS: Progress = { phase: 'users', cursor: null, processed: 0, total: null, rate: null };

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

export const contextForRun = ({ config }: Pick<Deps, 'config'>, run: { id: string }): SyncContext => ({
  actor: { type: 'system', id: run.id, sessionId: null },
  origin: { requestId: `sync-${run.id}`, ip: null, userAgent: null },
  settings: config,
  reapplyRoles: true,
});

export const recordRun = (
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
