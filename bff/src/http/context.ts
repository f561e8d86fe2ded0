import type { Logger } from 'pino';
import type { ActorAccess } from '../access/actor.ts';
import type { Config } from '../config.ts';
import type { Database } from '../db/database.ts';
import type { Queue } from '../db/queue.ts';
import type { Scope } from '../db/scope.ts';
import type { IdentityProvider } from '../identity/provider.ts';
import type { Mailer } from '../mail/mailer.ts';

/** What the server is made of; built once in main.ts, or by a test. */
export interface Services {
  config: Config;
  db: Database;
  identity: IdentityProvider;
  inbox: Inbox;
  queue: Queue;
  mailer: Mailer;
  log: Logger;
  /** Aborted when the server stops, so that open streams end. */
  stopping: AbortController;
  /** The demo's people are here, and may be shown to whoever wants to sign in. */
  hasDemo: boolean;
  /** The origin in links that leave the server. */
  publicUrl: () => string;
  /** Names of migrations that the database still lacks. */
  pendingMigrations: () => Promise<string[]>;
  /** Key of everything the server signs for itself, such as cursors. */
  signingKey: string;
}

/** Where the identity provider's messages arrive. */
export interface Inbox {
  /**
   * Takes one message; once it answers, the message is kept. `stored` means that it is applied in a moment, or tried again later.
   * Throws webhooks_not_configured, webhook_not_verified, too_large or rate_limited.
   */
  receive(request: Request, origin: Origin): Promise<'applied' | 'ignored' | 'duplicate' | 'stored'>;
  /** Applies everything that is due, whoever kept it. Answers how many messages that were. */
  sweep(): Promise<number>;
  /** Resolves when everything that this process kept was tried. */
  idle(): Promise<void>;
  close(): Promise<void>;
}

/** Where a request comes from. Goes into its log lines and audit rows. */
export interface Origin {
  requestId: string;
  ip: string | null;
  userAgent: string | null;
}

/** Who acts. People come from the identity provider; the rest are the server's own doings. */
export interface Actor {
  type: 'user' | 'webhook' | 'system' | 'api-key';
  id: string | null;
  sessionId: string | null;
}

/** One request by a known actor, inside one tenant (the platform's, for platform operations). */
export interface RequestContext {
  services: Services;
  origin: Origin;
  actor: Actor;
  scope: Scope & { tenantId: string };
  access: ActorAccess;
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
