import type { HttpBindings } from '@hono/node-server';
import type { AuthorizedContext } from '../access/actor.ts';
import type { Origin } from '../core/actor.ts';
import type { KeyContext, PublicContext } from '../core/context.ts';
import type { Allowance } from '../core/limits/rate-limits.ts';

export interface AppEnv {
  Bindings: Partial<HttpBindings>;
  Variables: {
    origin: Origin;
    /** The operation that answers, for metrics: of the API, or a name for the other routes. */
    operation?: string;
    /** The limit that applied to the request; of several, the one of which least is left. */
    allowance: Allowance | undefined;
    /** Set by the guard. */
    context: AuthorizedContext | PublicContext | KeyContext;
  };
}
