import type { HttpBindings } from '@hono/node-server';
import type { Logger } from 'pino';
import type { Actor, Origin, RequestContext } from './context.ts';

export interface AppEnv {
  Bindings: Partial<HttpBindings>;
  Variables: {
    origin: Origin;
    log: Logger;
    /** Set by the guard. */
    context: RequestContext | PublicContext | KeyContext;
  };
}

/** What a public operation knows. */
export interface PublicContext {
  services: RequestContext['services'];
  origin: Origin;
}

/** What an operation for the host app's server knows: the key that asks, and the tenant it belongs to. */
export interface KeyContext extends PublicContext {
  actor: Actor;
  scope: { tenantId: string; userId: null };
}
