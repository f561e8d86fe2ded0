import { Prisma } from 'database/client';
import type { RequestContext } from '../core/context.ts';

/** What a cursor is bound to: this operation, in this tenant, with these filters. */
export function listBinding(context: RequestContext, query: object): { binding: string; signingKey: string } {
  const { cursor: _cursor, limit: _limit, sort: _sort, ...filters } = query as Record<string, unknown>;
  const binding = JSON.stringify([context.operation, context.scope.tenantId, Object.entries(filters).sort()]);
  return { binding, signingKey: context.services.signingKey };
}

/** Conditions of `field[gte]` and `field[lte]`, both inclusive. */
export const instantFilter = (column: Prisma.Sql, from: string | undefined, to: string | undefined): Prisma.Sql[] => [
  ...(from ? [Prisma.sql`${column} >= ${from}::timestamptz`] : []),
  ...(to ? [Prisma.sql`${column} <= ${to}::timestamptz`] : []),
];
