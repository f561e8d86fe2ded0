import type { Actor, Origin, Scope } from './actor.ts';
import type { Services } from './services.ts';

/** The context of a public operation. */
export interface PublicContext {
  services: Services;
  origin: Origin;
}

/** The context of an operation for the host app's server: its API key, and the tenant of that key. */
export interface KeyContext extends PublicContext {
  actor: Actor;
  scope: { tenantId: string; userId: null };
}

/** One request by a user, inside one tenant: that of the platform for platform operations. */
export interface RequestContext {
  services: Services;
  origin: Origin;
  actor: Actor;
  scope: Scope & { tenantId: string };
  /** From Accept-Language. */
  language: 'en' | 'fr';
  /** `entity.verb`; the action under which a denial is recorded. */
  operation: string;
  idempotencyKey: string | null;
  /** The version that the caller last read, from If-Match. */
  ifMatch: number | null;
  /** Perform the change, return its effect and roll it back. */
  dryRun: boolean;
}
