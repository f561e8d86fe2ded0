import { randomUUID } from 'node:crypto';
import type { BetterAuthOptions } from 'better-auth';
import type pg from 'pg';

type Storage = NonNullable<NonNullable<BetterAuthOptions['rateLimit']>['customStorage']>;

/**
 * Counts attempts in fixed windows that all instances share. Better Auth's own storage restarts the window with each attempt, so that a
 * busy office would stay locked out.
 */
export const rateLimitStorage = (pool: pg.Pool): Storage => ({
  async consume(key, { window, max }) {
    const { rows } = await pool.query<{ count: number; ends_in: number }>(
      `WITH clock AS (SELECT (extract(epoch FROM clock_timestamp()) * 1000)::bigint AS now, $3::bigint * 1000 AS length)
       INSERT INTO "rateLimit" AS stored (id, key, count, "lastRequest") SELECT $1, $2, 1, now FROM clock
       ON CONFLICT (key) DO UPDATE SET
         count = CASE WHEN stored."lastRequest" + (SELECT length FROM clock) <= excluded."lastRequest" THEN 1 ELSE stored.count + 1 END,
         "lastRequest" = CASE WHEN stored."lastRequest" + (SELECT length FROM clock) <= excluded."lastRequest"
           THEN excluded."lastRequest" ELSE stored."lastRequest" END
       RETURNING count, ceil(("lastRequest" + (SELECT length - now FROM clock)) / 1000.0)::int AS ends_in`,
      [randomUUID(), key, window],
    );
    const counted = rows[0] ?? { count: 1, ends_in: window };
    if (counted.count === 1) await purgeOld(pool);
    const allowed = counted.count <= max;
    return { allowed, retryAfter: allowed ? null : Math.max(1, counted.ends_in) };
  },
});

const purgeOld = (pool: pg.Pool) =>
  pool.query(`DELETE FROM "rateLimit" WHERE "lastRequest" < extract(epoch FROM clock_timestamp()) * 1000 - 86_400_000`);
