import { AsyncLocalStorage } from 'node:async_hooks';
import { Prisma } from '@rolecall/prisma/client';
import type { Scope } from '../core/actor.ts';
import type { StatementScope } from '../core/services.ts';

const current = new AsyncLocalStorage<StatementScope>();

/** Runs `work` so that each statement outside a transaction has this scope. */
export const inScope = <T>(scope: Scope, work: () => Promise<T>): Promise<T> =>
  // Prisma sends a statement only when it is awaited: the await must happen inside too.
  current.run(scope, async () => await work());

/** Runs `work` so that PostgreSQL cancels each statement outside a transaction that takes longer than this. */
export const withinTime = <T>(timeoutMs: number, work: () => Promise<T>): Promise<T> =>
  current.run({ ...currentScope(), timeoutMs }, async () => await work());

/** Returns the scope of the statement being sent. Without one there is no tenant, and the policies show no row. */
export const currentScope = (): StatementScope => current.getStore() ?? { tenantId: null, userId: null };

export const SET_SCOPE =
  "SELECT set_config('app.current_tenant_id', $1, true), set_config('app.current_user_id', $2, true), set_config('statement_timeout', coalesce(nullif($3, ''), current_setting('statement_timeout')), true)";
export const scopeValues = ({ tenantId, userId, timeoutMs }: StatementScope): [string, string, string] => [
  tenantId ?? '',
  userId ?? '',
  timeoutMs === undefined ? '' : String(timeoutMs),
];

/** Makes the user of a row the one whom the following statements of a batch are for; without a row it stays the user of the scope. */
export const setUser = (userId: Prisma.Sql): Prisma.Sql =>
  Prisma.sql`set_config('app.current_user_id', ${userId}, true)`;

/** As setUser, for the tenant. */
export const setTenant = (tenantId: Prisma.Sql): Prisma.Sql =>
  Prisma.sql`set_config('app.current_tenant_id', ${tenantId}::text, true)`;

/** Decides whether the following statements of a batch return rows. */
export const permitRows = (condition: Prisma.Sql): Prisma.Sql =>
  Prisma.sql`set_config('app.rows_permitted', CASE WHEN ${condition} THEN 'yes' ELSE '' END, true)`;

/** A statement that reads nothing unless a statement before it, in the same batch, has permitted it: PostgreSQL checks this once. */
export const ifPermitted = (read: Prisma.Sql): Prisma.Sql =>
  Prisma.sql`SELECT * FROM (${read}) AS read WHERE current_setting('app.rows_permitted', true) = 'yes'`;
