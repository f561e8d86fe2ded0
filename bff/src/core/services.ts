import type { PrismaClient } from '@rolecall/prisma/client';
import type pg from 'pg';
import type { Logger } from 'pino';
import type { Origin, Scope } from './actor.ts';
import type { Config } from './config.ts';
import type { IdentityProvider } from './identity-provider.ts';
import type { RateLimits } from './limits/rate-limits.ts';
import type { Metrics } from './metrics.ts';
import type { Queue } from './queue.ts';
import type { SigningKeys } from './secrets.ts';

/** A user of the demo who can sign in. */
export interface DemoAccount {
  email: string;
  name: string;
  role: 'platform_owner' | 'support' | 'owner' | 'admin' | 'member';
  /** The name of the tenant; null on the platform. */
  tenant: string | null;
}

/** Everything the server consists of; built once in main.ts, or by a test. */
export interface Services {
  config: Config;
  db: Database;
  identity: IdentityProvider;
  inbox: Inbox;
  queue: Queue;
  tenantQueue: TenantQueue;
  rateLimits: RateLimits;
  mailer: Mailer;
  metrics: Metrics;
  log: Logger;
  /** Aborted when the server stops, so that open streams end. */
  stopping: AbortController;
  /** Demo accounts, shown on the sign-in page; empty without a demo. */
  demoAccounts: readonly DemoAccount[];
  /** The origin of links in e-mails. */
  publicUrl: () => string;
  /** Sign and verify the cursors of lists. */
  cursorKeys: SigningKeys;
}

/** Receives and processes the identity provider's webhooks: see sync/README.md. */
export interface Inbox {
  /**
   * Receives one webhook; when it returns, the event is stored. `stored`: processed in a moment, and retried if that fails. Throws
   * webhooks_not_configured, webhook_not_verified, too_large or rate_limited.
   */
  receive(request: Request, origin: Origin): Promise<'applied' | 'ignored' | 'duplicate' | 'stored'>;
  /** Processes all due events of all instances, and returns their number. */
  sweep(): Promise<number>;
  /** Resolves when this instance has no event left to process. */
  idle(): Promise<void>;
  close(): Promise<void>;
}

/** A statement with its values; Prisma.Sql is one. */
export interface Statement {
  text: string;
  values: readonly unknown[];
}

/** A column of rows: its name and the id of its type. */
export interface Column {
  name: string;
  dataTypeID: number;
}

/** Rows as PostgreSQL sent them, each value as text: db/connect/raw-rows.ts makes objects or JSON of them. */
export interface RawRows {
  columns: readonly Column[];
  rows: (readonly (string | null)[])[];
}

/** What a statement outside a transaction runs with: its scope, and a time limit where it has one of its own. */
export interface StatementScope extends Scope {
  timeoutMs?: number | undefined;
}

/** Runs statements in one scope, in one round trip and one implicit transaction, and returns the rows of each. */
type Together = (scope: StatementScope, statements: readonly Statement[]) => Promise<RawRows[]>;

/** One client per database login, named so that they cannot be mixed up. */
export interface Database {
  /** Within one tenant; every statement carries the current scope. */
  server: PrismaClient;
  /** As `server`, with connections of its own, so that waiting changes leave reads alone. */
  changes: PrismaClient;
  /** Reads across tenants, for staff pages. */
  platform: PrismaClient;
  /** Writes the provider's data, across tenants. */
  sync: PrismaClient;
  /** Several statements in one round trip, by the logins of `server` and `platform`. */
  together: { server: Together; platform: Together };
  /** The local identity provider's own schema. */
  authPool: pg.Pool;
  /** The counters of the rate limits, with connections of their own. */
  rateLimitPool: pg.Pool;
  /** Notifications that permissions may have changed. */
  notices: Notices;
  poolUse(): PoolUse[];
  /** A write failed because the disk is full, and none has succeeded since. */
  isFull: boolean;
  close(): Promise<void>;
}

/** The connections of a pool, and the requests that wait for one. */
export interface PoolUse {
  pool: string;
  total: number;
  idle: number;
  waiting: number;
  max: number;
}

/** How much work of a queue runs concurrently, and how much may wait. */
export interface QueueLimits {
  concurrency: number;
  maxWaiting: number;
}

/**
 * Runs the changes of a tenant one after the other, its previews likewise, and a few of its lists concurrently: the others wait here,
 * and not with a connection in hand.
 */
export interface TenantQueue {
  /** Throws rate_limited when too much work waits in this queue, unavailable when this work waited too long. */
  run<T>(queue: string, work: () => Promise<T>, limits?: QueueLimits): Promise<T>;
  /** Returns how many wait in all queues. */
  waiting(): number;
}

/** Notifications that permissions changed, with the id of the user or tenant. They may be lost, so that subscribers poll as well. */
/** Whose access may have changed, and what has changed in which tenant (prisma/sql/triggers/notify_*.sql). */
export type NoticeChannel = 'access_changed' | 'tenant_changed';

export interface Notices {
  /** Returns a function that unsubscribes. */
  subscribe(channel: NoticeChannel, listener: (payload: string) => void): () => void;
  listenerCount(channel: NoticeChannel): number;
  close(): Promise<void>;
}

export interface Mail {
  to: string;
  subject: string;
  text: string;
  html?: string;
}

export interface Mailer {
  readonly isConfigured: boolean;
  /** Throws when the SMTP server did not accept the message, or when SMTP_URL is not set. */
  send(mail: Mail): Promise<void>;
}
