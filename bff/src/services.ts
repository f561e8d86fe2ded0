import type { Logger } from 'pino';
import { invitedEmailKey } from './access/invitation-token.ts';
import type { Config } from './core/config.ts';
import { createMetrics } from './core/metrics.ts';
import { openSecrets } from './core/secrets.ts';
import type { Database, Services } from './core/services.ts';
import { openDatabase } from './db/database.ts';
import { openQueue } from './db/queue.ts';
import { createTenantQueue } from './db/tenant-queue.ts';
import { allowedOrigins } from './http/guard/origin.ts';
import { registerBacklog } from './http/metrics/backlog.ts';
import { registerGauges } from './http/metrics/gauges.ts';
import { createPasswords, type Passwords } from './identity/local/passwords/passwords.ts';
import { createIdentityProvider } from './identity/pick.ts';
import { createMailer } from './mail/mailer.ts';
import { createRateLimits } from './rate-limits/rate-limits.ts';
import { createInbox } from './sync/inbox/inbox.ts';
import { createAccountListener } from './sync/local-accounts.ts';

export interface ServicesOptions {
  config: Config;
  /** The migrating login's URL; the server derives its own logins from it. */
  ownerUrl: string;
  /** Where requests reach the database through a pooler. */
  poolerUrl?: string | null | undefined;
  log: Logger;
  publicUrl: () => string;
  passwords?: Passwords;
  /** One that is open already. */
  db?: Database | undefined;
}

/** Creates the services of the server. The caller stops `services.queue` and then closes `services.db`. */
export async function createServices(options: ServicesOptions): Promise<Services> {
  const { config, ownerUrl, poolerUrl, log, publicUrl, passwords = createPasswords() } = options;
  const keysOf = openSecrets(config);
  const address = { ownerUrl, poolerUrl, loginPrefix: config.loginPrefix };
  const db = options.db ?? openDatabase(address, (error) => log.warn({ err: error }, 'database connection lost'));
  const mailer = createMailer(config, log);
  const metrics = createMetrics();
  const rateLimits = createRateLimits({
    config: config.rateLimits,
    pool: db.rateLimitPool,
    log,
    onExceeded: (limit) => metrics.limited.inc({ limit }),
  });
  const identity = await createIdentityProvider({
    config,
    db,
    log,
    mailer,
    keys: keysOf('session'),
    publicOrigins: () => allowedOrigins({ config, publicUrl }),
    onAccount: createAccountListener({ config, db }),
    invitedEmailKey: (token) => invitedEmailKey(db, token),
    rateLimits,
    passwords,
    passwordQueue: createTenantQueue(),
  });
  const services: Services = {
    config,
    db,
    identity,
    inbox: createInbox({ config, db, log, directory: () => identity.directory }),
    tenantQueue: createTenantQueue(),
    rateLimits,
    queue: openQueue(address, (error) => log.warn({ err: error }, 'job queue error')),
    mailer,
    metrics,
    log,
    publicUrl,
    stopping: new AbortController(),
    demoAccounts: [],
    cursorKeys: keysOf('cursor'),
  };
  registerGauges(services);
  registerBacklog(services);
  return services;
}
