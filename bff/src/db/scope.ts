import { AsyncLocalStorage } from 'node:async_hooks';
import type { Scope } from '../core/actor.ts';

/** What a statement outside a transaction runs with: its scope, and a time limit where it has one of its own. */
interface StatementScope extends Scope {
  timeoutMs?: number;
}

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
