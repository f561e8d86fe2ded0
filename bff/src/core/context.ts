import type { Actor, Origin, Scope } from './actor.ts';
import type { Services } from './services.ts';

/** What a public operation knows. */
export interface PublicContext {
  services: Services;
  origin: Origin;
}

/** What an operation for the host app's server knows: the key that asks, and the tenant it belongs to. */
export interface KeyContext extends PublicContext {
  actor: Actor;
  scope: { tenantId: string; userId: null };
}

/** One request by a known actor, inside one tenant (the platform's, for platform operations). */
export interface RequestContext {
  services: Services;
  origin: Origin;
  actor: Actor;
  scope: Scope & { tenantId: string };
  /** What the caller reads, from Accept-Language. */
  language: 'en' | 'fr';
  /** `entity.verb` of the operation, what a refusal is recorded as. */
  operation: string;
  idempotencyKey: string | null;
  /** The version the caller last saw, from If-Match. */
  ifMatch: number | null;
  /** Do everything, tell its effect and keep nothing of it. */
  dryRun: boolean;
}
