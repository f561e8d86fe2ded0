import { AsyncLocalStorage } from 'node:async_hooks';
import type { Scope } from '../core/actor.ts';

const current = new AsyncLocalStorage<Scope>();

/** Runs `work` so that each statement outside a transaction has this scope. */
export const inScope = <T>(scope: Scope, work: () => Promise<T>): Promise<T> =>
  // Prisma sends a statement only when it is awaited: the await must happen inside too.
  current.run(scope, async () => await work());

/** Returns the scope of the statement being sent. Without one there is no tenant, and the policies show no row. */
export const currentScope = (): Scope => current.getStore() ?? { tenantId: null, userId: null };

export const SET_SCOPE =
  "SELECT set_config('app.current_tenant_id', $1, true), set_config('app.current_user_id', $2, true)";
export const scopeValues = (scope: Scope): [string, string] => [scope.tenantId ?? '', scope.userId ?? ''];
