import { Prisma, type PrismaClient } from '@rolecall/prisma/client';
import type { RequestContext } from '../core/context.ts';
import { AppError } from '../core/errors.ts';
import type { Page } from '../core/schema.ts';
import { type KeysetList, type KeysetQuery, keysetPage } from '../db/keyset.ts';
import { withinTime } from '../db/scope.ts';
import { serializeDates } from '../db/serialize.ts';
import { sqlState } from '../db/sql-error.ts';
import { tenantRead } from '../db/tenant-tx.ts';

/** Limit, cursor and sort, and the filters of the list. */
type ListQuery = KeysetQuery & Record<string, unknown>;

const LONGEST_READ_MS = 5_000;
const CANCELLED = '57014';
/** The same search is faster only once the database is less busy. */
const RETRY_SECONDS = 30;
/** A list takes two connections of its pool: slow ones of one user, or of one tenant, leave some to the others. */
const OF_USER = { concurrency: 2, maxWaiting: 50 };
const OF_TENANT = { concurrency: 3, maxWaiting: 100 };

/**
 * Reads one page of a list. Its cursors work for this operation, in this tenant, with the filters of this query only. Throws
 * query_timeout when it takes longer than 5 s.
 */
export const listPage = async <Row extends object>(
  client: PrismaClient,
  context: RequestContext,
  query: ListQuery,
  list: KeysetList,
): Promise<{ data: Row[]; page: Page }> => {
  const { cursor: _cursor, limit: _limit, sort: _sort, ...filters } = query;
  const binding = JSON.stringify([context.operation, context.scope.tenantId, Object.entries(filters).sort()]);
  const { services, actor, scope } = context;
  const { statements, pageOf } = keysetPage<Row>(list, { query, binding, keys: services.cursorKeys });
  const read = () =>
    withinTime(LONGEST_READ_MS, () => Promise.all(statements.map((statement) => client.$queryRaw<Row[]>(statement))));
  const { tenantQueue } = services;
  try {
    const answers = await tenantQueue.run(
      `lists of user ${actor.id}`,
      () => tenantQueue.run(`lists of tenant ${scope.tenantId}`, read, OF_TENANT),
      OF_USER,
    );
    return pageOf(answers.map((rows) => rows.map(serializeDates)));
  } catch (error) {
    if (sqlState(error) === CANCELLED) throw new AppError('query_timeout', { retryAfterSeconds: RETRY_SECONDS });
    throw error;
  }
};

/** Reads one page of a list inside the tenant of the request. */
export const listInTenant = <Row extends object>(context: RequestContext, query: ListQuery, list: KeysetList) =>
  tenantRead(context.services.db.server, context.scope, (client) => listPage<Row>(client, context, query, list));

/** Conditions of `field[gte]` and `field[lte]`, both inclusive. */
export const instantFilter = (column: Prisma.Sql, from: string | undefined, to: string | undefined): Prisma.Sql[] => [
  ...(from ? [Prisma.sql`${column} >= ${from}::timestamptz`] : []),
  ...(to ? [Prisma.sql`${column} <= ${to}::timestamptz`] : []),
];
