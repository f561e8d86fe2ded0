import { Prisma, type PrismaClient } from '@rolecall/prisma/client';
import type { RequestContext } from '../core/context.ts';
import type { Page } from '../core/schema.ts';
import { type KeysetList, type KeysetQuery, keysetPage } from '../db/keyset.ts';
import { tenantRead } from '../db/tenant-tx.ts';

/** Limit, cursor and sort, and the filters of the list. */
type ListQuery = KeysetQuery & Record<string, unknown>;

/** Reads one page of a list. Its cursors work for this operation, in this tenant, with the filters of this query only. */
export const listPage = <Row extends object>(
  client: PrismaClient,
  context: RequestContext,
  query: ListQuery,
  list: KeysetList,
): Promise<{ data: Row[]; page: Page }> => {
  const { cursor: _cursor, limit: _limit, sort: _sort, ...filters } = query;
  const binding = JSON.stringify([context.operation, context.scope.tenantId, Object.entries(filters).sort()]);
  return keysetPage<Row>(client, list, { query, binding, keys: context.services.cursorKeys });
};

/** Reads one page of a list inside the tenant of the request. */
export const listInTenant = <Row extends object>(context: RequestContext, query: ListQuery, list: KeysetList) =>
  tenantRead(context.services.db.server, context.scope, (client) => listPage<Row>(client, context, query, list));

/** Conditions of `field[gte]` and `field[lte]`, both inclusive. */
export const instantFilter = (column: Prisma.Sql, from: string | undefined, to: string | undefined): Prisma.Sql[] => [
  ...(from ? [Prisma.sql`${column} >= ${from}::timestamptz`] : []),
  ...(to ? [Prisma.sql`${column} <= ${to}::timestamptz`] : []),
];
