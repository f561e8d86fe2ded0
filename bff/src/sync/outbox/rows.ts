import { Prisma } from '@rolecall/prisma/client';
import type { Database } from '../../core/services.ts';
import type { Tx } from '../../db/tenant-tx.ts';
import type { PushTarget } from './desired-role.ts';

type Sync = Pick<Database, 'sync'>;

export interface ClaimedPush extends PushTarget {
  revision: number;
  /** Including the current one. */
  attempts: number;
}

export type PushResult =
  | { outcome: 'done'; role: string | null; wasSent: boolean; changesAt: Date | null }
  /** There is nothing to push. */
  | { outcome: 'dropped' }
  | { outcome: 'retry'; afterMs: number; attempts: number; error: string }
  | { outcome: 'dead'; error: string };

/** Longer than a call to the provider may take: an instance that has not finished by then has died. */
const LEASE_S = 20;

/** Claims due pushes for this instance alone. */
export const claimDue = ({ sync }: Sync, limit: number): Promise<ClaimedPush[]> =>
  sync.$queryRaw<ClaimedPush[]>`
    WITH due AS (
      SELECT tenant_id, object_type, object_id FROM identity_push
      WHERE status IN ('pending', 'scheduled') AND next_attempt_at <= clock_timestamp()
      ORDER BY next_attempt_at LIMIT ${limit} FOR UPDATE SKIP LOCKED
    )
    UPDATE identity_push push
    SET status = 'pending', attempts = attempts + 1, next_attempt_at = clock_timestamp() + make_interval(secs => ${LEASE_S}::float8)
    FROM due
    WHERE push.tenant_id = due.tenant_id AND push.object_type = due.object_type AND push.object_id = due.object_id
    RETURNING push.tenant_id::text AS "tenantId", push.object_type AS "objectType", push.object_id AS "userId", push.revision, push.attempts`;

/** Returns the milliseconds until a push is due; null when none waits. */
export async function untilNextDue({ sync }: Sync): Promise<number | null> {
  const [row] = await sync.$queryRaw<{ ms: number | null }[]>`
    SELECT (extract(epoch FROM min(next_attempt_at) - clock_timestamp()) * 1000)::float8 AS ms
    FROM identity_push WHERE status IN ('pending', 'scheduled')`;
  return row?.ms ?? null;
}

/** Stores the result of an attempt. If the role changed since, another attempt follows, at the rate that the provider allows. */
export async function saveResult(tx: Tx, claimed: ClaimedPush, result: PushResult): Promise<void> {
  const isCurrent = Prisma.sql`revision = ${claimed.revision}`;
  const own = Prisma.sql`tenant_id = ${claimed.tenantId}::uuid AND object_type = ${claimed.objectType} AND object_id = ${claimed.userId}`;
  if (result.outcome === 'dropped') {
    await tx.$executeRaw`DELETE FROM identity_push WHERE ${own} AND ${isCurrent}`;
    await tx.$executeRaw`
      UPDATE identity_push SET next_attempt_at = clock_timestamp(), updated_at = clock_timestamp() WHERE ${own}`;
    return;
  }
  if (result.outcome === 'done') {
    const role = JSON.stringify({ role: result.role });
    await tx.$executeRaw`
      UPDATE identity_push SET desired = ${role}::jsonb, attempts = 0, last_error = NULL, updated_at = clock_timestamp(),
        pushed = CASE WHEN ${result.wasSent} THEN ${role}::jsonb ELSE pushed END,
        pushed_at = CASE WHEN ${result.wasSent} THEN clock_timestamp() ELSE pushed_at END,
        status = CASE WHEN NOT (${isCurrent}) THEN 'pending' WHEN ${result.changesAt}::timestamptz IS NULL THEN 'done' ELSE 'scheduled' END,
        next_attempt_at = CASE WHEN ${isCurrent} THEN coalesce(${result.changesAt}::timestamptz, next_attempt_at)
          ELSE clock_timestamp() + interval '1100 ms' END
      WHERE ${own}`;
    return;
  }
  const retry = result.outcome === 'retry' ? result : { afterMs: 0, attempts: claimed.attempts };
  await tx.$executeRaw`
    UPDATE identity_push SET last_error = ${result.error}, attempts = ${retry.attempts}, updated_at = clock_timestamp(),
      status = CASE WHEN ${result.outcome === 'dead'} AND ${isCurrent} THEN 'dead' ELSE 'pending' END,
      next_attempt_at = clock_timestamp() + make_interval(secs => ${retry.afterMs / 1000}::float8)
    WHERE ${own}`;
}
