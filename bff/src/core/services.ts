import type { PrismaClient } from 'database/client';
import type pg from 'pg';
import type { Logger } from 'pino';
import type { Origin } from './actor.ts';
import type { Config } from './config.ts';
import type { IdentityProvider } from './identity-provider.ts';
import type { Queue } from './queue.ts';

/** A user of the demo who can sign in. */
export interface DemoAccount {
  email: string;
  name: string;
  label: string;
}

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
  /** The accounts of the demo, shown on the sign-in page; empty without a demo. */
  demoAccounts: readonly DemoAccount[];
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

/** What a login can do: run tagged SQL and open transactions. Named apart so that one cannot be passed for another. */
export interface Database {
  /** Inside one tenant; every statement carries the current scope. */
  server: PrismaClient;
  /** Reads across tenants, for the staff's own pages. */
  platform: PrismaClient;
  /** Writes what the identity provider says. */
  sync: PrismaClient;
  /** The local identity provider's own schema. */
  authPool: pg.Pool;
  /** Hints that somebody's rights may have changed. */
  notices: Notices;
  close(): Promise<void>;
}

/** Hints that rights changed, with the id of the person or tenant concerned. They may be lost: whoever listens also polls. */
export interface Notices {
  /** Answers how to stop. */
  subscribe(listener: (name: string) => void): () => void;
  listenerCount(): number;
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
  /** Throws when the message was not handed over, or when no SMTP_URL is set. */
  send(mail: Mail): Promise<void>;
}
