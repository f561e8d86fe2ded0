import { Prisma } from '@rolecall/prisma/client';
import { type AuthorizedContext, holds } from '../../access/actor.ts';
import { PLATFORM_TENANT_ID } from '../../access/permissions.ts';
import type { Trends } from './schema.ts';

const TENANTS = Prisma.sql`SELECT created_at FROM tenant WHERE kind = 'customer'`;
const USERS = Prisma.sql`SELECT created_at FROM "user" WHERE deleted_at IS NULL`;
const STAFF = Prisma.sql`SELECT created_at FROM membership WHERE tenant_id = ${PLATFORM_TENANT_ID}::uuid AND status = 'active'`;

/** Reads the trends of what the caller may list. */
export async function readTrends({ services, access }: AuthorizedContext): Promise<Trends> {
  const trendOf = async (rows: Prisma.Sql) => {
    const [trend] = await services.db.platform.$queryRaw<NonNullable<Trends['users']>[]>`
      WITH added AS (${rows}), today AS (SELECT (now() AT TIME ZONE 'UTC')::date AS day),
        counted AS (
          SELECT (created_at AT TIME ZONE 'UTC')::date AS day, count(*) FROM added, today
          WHERE created_at >= today.day - 30 GROUP BY 1)
      SELECT (SELECT count(*) FROM added)::int AS total,
        (SELECT array_agg(coalesce(counted.count, 0)::int ORDER BY past DESC)
         FROM today CROSS JOIN generate_series(0, 29) past LEFT JOIN counted ON counted.day = today.day - past) AS "perDay"`;
    return trend ?? null;
  };
  const [tenants, users, staff] = await Promise.all([
    holds(access, 'tenants:read') ? trendOf(TENANTS) : null,
    holds(access, 'users:read') ? trendOf(USERS) : null,
    holds(access, 'members:read') ? trendOf(STAFF) : null,
  ]);
  return { tenants, users, staff };
}
