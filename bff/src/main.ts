import type { RequestListener } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import pino from 'pino';
import { createApp } from './app.ts';
import { type Environment, forgetDatabaseUrl, readConfig } from './core/config.ts';
import { printLine } from './core/print-line.ts';
import type { Services } from './core/services.ts';
import { type SetupWarning, setupWarnings } from './core/setup-warnings.ts';
import { retryDuringOutage } from './db/retry-during-outage.ts';
import { closeServer, httpServer, listen } from './http/listen/listen.ts';
import { startJobs } from './jobs.ts';
import { prepareDatabase } from './prepare-database.ts';
import { upgradeSystemRoles } from './resources/roles/upgrade.ts';
import { createServices } from './services.ts';
import { ensureDefaultTenant } from './sync/ensure-default-tenant.ts';

const STOP_WITHIN_MS = 10_000;
const CONNECT_WITHIN_MS = 120_000;
/** How the console is served: by routes of the app, or by a listener that wraps it. */
interface Console {
  mount?: Parameters<typeof createApp>[1];
  wrap?: (api: RequestListener) => RequestListener;
}

interface Start extends Console {
  /** The environment of the process by default. */
  environment?: Environment;
}

/** Starts the server and prints its progress; a signal stops everything that was started. Returns its address. */
export async function main({ mount, wrap = (api) => api, environment }: Start): Promise<string> {
  const settings = readConfig(environment);
  const warnings = setupWarnings(settings);
  // What outlives the start must not hold the owner's credentials: no function below may refer to them.
  const config = { ...settings, databaseUrl: null, directUrl: null };
  const log = pino({ level: config.logLevel, serializers: { err: serializeError } });

  const { ownerUrl, poolerUrl, stop } = await prepareDatabase(settings, printLine);
  forgetDatabaseUrl();
  let stopDatabase = stop;
  try {
    const address = { url: '' };
    const services = await createServices({
      config,
      ownerUrl,
      poolerUrl,
      log,
      publicUrl: () => config.publicUrl ?? address.url,
    });
    stopDatabase = async () => {
      services.rateLimits.close();
      await services.inbox.close();
      await services.queue.stop();
      await services.db.close();
      await stop();
    };
    await prepareTenants(services, ownerUrl);
    await upgradeSystemRoles(services, ownerUrl).catch((error) =>
      log.error({ err: error }, 'system role upgrade failed'),
    );

    const server = httpServer(wrap(getRequestListener(createApp(services, mount).fetch)));
    address.url = await listen(server, config);
    const stopJobs = startJobs(services);
    onSignal(log, async () => {
      const jobsStopped = stopJobs();
      services.stopping.abort();
      await closeServer(server);
      await jobsStopped;
      await stopDatabase();
    });
    announce(services, warnings);
    return services.publicUrl();
  } catch (error) {
    await stopDatabase();
    throw error;
  }
}

/** Not in main(), whose functions would keep the address of the owner for as long as the server runs. */
function prepareTenants(services: Services, ownerUrl: string): Promise<void> {
  const { config, db } = services;
  // A busy machine may take longer to connect than a request waits.
  return retryDuringOutage(async () => {
    if (config.seedDemo) {
      const { seedDemo } = await import('./demo/seed.ts');
      const { DEMO_ACCOUNTS } = await import('./demo/accounts.ts');
      if (await seedDemo({ services, ownerUrl, log: printLine })) services.demoAccounts = DEMO_ACCOUNTS;
    }
    await ensureDefaultTenant(db, config);
  }, AbortSignal.timeout(CONNECT_WITHIN_MS));
}

/** Errors of libraries contain connections and statements, which do not belong in the log. */
const serializeError = ({ name, message, stack, code }: Error & { code?: unknown }) => ({ name, message, code, stack });

/** The first signal stops the server in order, the second one exits immediately. */
function onSignal(log: pino.Logger, stop: () => Promise<void>): void {
  let isStopping = false;
  const end = (signal: NodeJS.Signals) => {
    if (isStopping) process.exit(1);
    isStopping = true;
    log.info({ signal }, 'stopping');
    setTimeout(() => process.exit(1), STOP_WITHIN_MS).unref();
    stop().then(
      () => process.exit(0),
      (error) => {
        log.error({ err: error }, 'shutdown failed');
        process.exit(1);
      },
    );
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, end);
}

function announce({ config, demoAccounts, publicUrl }: Services, warnings: readonly SetupWarning[]): void {
  for (const { setting, message } of warnings) printLine(`Warning: ${setting} ${message}`);
  printLine(`\nRolecall is ready: ${publicUrl()}`);
  if (demoAccounts.length === 0) return;
  printLine(`\nDemo accounts, password ${config.demoPassword}:`);
  for (const { email, role, tenant } of demoAccounts)
    printLine(`  ${email.padEnd(24)} ${role.replace('_', ' ')}${tenant ? ` of ${tenant}` : ''}`);
  printLine('\nPress Ctrl-C to stop.');
}
