import { Prisma } from 'database/client';
import type { Database } from '../../core/services.ts';
import type { Tx } from '../../db/tenant-tx.ts';
import type { PushTarget } from './desired-role.ts';

type Sync = Pick<Database, 'sync'>;

export interface Claimed extends PushTarget {
  revision: number;
  /** With this one. */
  attempts: number;
}

export type Result =
  | { is: 'done'; role: string | null; wasTold: boolean; changesAt: Date | null }
  | { is: 'again'; afterMs: number; attempts: number; error: string }
  | { is: 'dead'; error: string };

/** Longer than a call to the provider may take: whoever claimed it and has not come back by then has died. */
const LEASE_S = 20;

/** Takes some of what is due, for this instance alone. */
export const claimDue = ({ sync }: Sync, limit: number): Promise<Claimed[]> =>
  sync.$queryRaw<Claimed[]>`
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

/** Milliseconds until something is due; null when nothing waits. */
export async function untilNextDue({ sync }: Sync): Promise<number | null> {
  const [row] = await sync.$queryRaw<{ ms: number | null }[]>`
    SELECT (extract(epoch FROM min(next_attempt_at) - clock_timestamp()) * 1000)::float8 AS ms
    FROM identity_push WHERE status IN ('pending', 'scheduled')`;
  return row?.ms ?? null;
}

/** Notes how an attempt ended. One that a newer change overtook is followed by another, soon but not sooner than the provider likes. */
export async function finish(tx: Tx, claimed: Claimed, result: Result): Promise<void> {
  const isLast = Prisma.sql`revision = ${claimed.revision}`;
  const own = Prisma.sql`tenant_id = ${claimed.tenantId}::uuid AND object_type = ${claimed.objectType} AND object_id = ${claimed.userId}`;
  if (result.is === 'done') {
    const told = JSON.stringify({ role: result.role });
    await tx.$executeRaw`
      UPDATE identity_push SET desired = ${told}::jsonb, attempts = 0, last_error = NULL, updated_at = clock_timestamp(),
        pushed = CASE WHEN ${result.wasTold} THEN ${told}::jsonb ELSE pushed END,
        pushed_at = CASE WHEN ${result.wasTold} THEN clock_timestamp() ELSE pushed_at END,
        status = CASE WHEN NOT (${isLast}) THEN 'pending' WHEN ${result.changesAt}::timestamptz IS NULL THEN 'done' ELSE 'scheduled' END,
        next_attempt_at = CASE WHEN ${isLast} THEN coalesce(${result.changesAt}::timestamptz, next_attempt_at)
          ELSE clock_timestamp() + interval '1100 ms' END
      WHERE ${own}`;
    return;
  }
  const again = result.is === 'again' ? result : { afterMs: 0, attempts: claimed.attempts };
  await tx.$executeRaw`
    UPDATE identity_push SET last_error = ${result.error}, attempts = ${again.attempts}, updated_at = clock_timestamp(),
      status = CASE WHEN ${result.is === 'dead'} AND ${isLast} THEN 'dead' ELSE 'pending' END,
      next_attempt_at = clock_timestamp() + make_interval(secs => ${again.afterMs / 1000}::float8)
    WHERE ${own}`;
}
