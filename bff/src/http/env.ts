import type { HttpBindings } from '@hono/node-server';
import type { Logger } from 'pino';
import type { Origin, RequestContext } from './context.ts';

export interface AppEnv {
  Bindings: Partial<HttpBindings>;
  Variables: {
    origin: Origin;
    log: Logger;
    /** Set by the guard. */
    context: RequestContext | PublicContext;
  };
}

/** What a public operation knows. */
export interface PublicContext {
  services: RequestContext['services'];
  origin: Origin;
}
