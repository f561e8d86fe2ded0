import { createServer, type RequestListener } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import pino from 'pino';
import { createApp } from './app.ts';
import { type Config, ConfigError, type Environment, readConfig } from './core/config.ts';
import type { Services } from './core/services.ts';
import { closeServer, listen } from './http/listen.ts';
import { startJobs } from './jobs.ts';
import { prepareDatabase } from './prepare-database.ts';
import { upgradeSystemRoles } from './resources/roles/upgrade.ts';
import { createServices } from './services.ts';
import { ensureDefaultTenant } from './sync/apply/default-tenant.ts';

const STOP_WITHIN_MS = 10_000;

/** Where the console comes from: routes of the app, or something around it. */
interface Console {
  mount?: Parameters<typeof createApp>[1];
  wrap?: (api: RequestListener) => RequestListener;
}

interface Start extends Console {
  /** That of the process, unless another is given. */
  environment?: Environment;
}

/** Brings the server up, says how far it is, and ends everything it started when it is told to. Answers its address. */
export async function main({ mount, wrap = (api) => api, environment }: Start): Promise<string> {
  const config = readConfigOrExit(environment);
  const say = (line: string) => process.stdout.write(`${line}\n`);
  const log = pino({ level: config.logLevel, serializers: { err: tellError } });

  const database = await prepareDatabase(config, say);
  let stopDatabase = () => database.stop();
  try {
    const address = { url: '' };
    const services = createServices({
      config,
      ownerUrl: database.ownerUrl,
      log,
      publicUrl: () => config.publicUrl ?? address.url,
    });
    stopDatabase = async () => {
      await services.inbox.close();
      await services.queue.stop();
      await services.db.close();
      await database.stop();
    };
    if (config.seedDemo) {
      const { seedDemo } = await import('./demo/seed.ts');
      const { DEMO_ACCOUNTS } = await import('./demo/accounts.ts');
      if (await seedDemo({ services, ownerUrl: database.ownerUrl, say })) services.demoAccounts = DEMO_ACCOUNTS;
    }
    await ensureDefaultTenant(services.db, config);

    const server = createServer(wrap(getRequestListener(createApp(services, mount).fetch)));
    address.url = await listen(server, config);
    const stopJobs = startJobs(services);
    upgradeSystemRoles(services, database.ownerUrl).catch((error) => {
      if (!services.stopping.signal.aborted) log.error({ err: error }, 'system roles were not upgraded');
    });
    onSignal(log, async () => {
      const jobsStopped = stopJobs();
      services.stopping.abort();
      await closeServer(server);
      await jobsStopped;
      await stopDatabase();
    });
    announce(services, say);
    return services.publicUrl();
  } catch (error) {
    await stopDatabase();
    return exitForConfig(error);
  }
}

function readConfigOrExit(environment?: Environment): Config {
  try {
    return readConfig(environment);
  } catch (error) {
    return exitForConfig(error);
  }
}

function exitForConfig(error: unknown): never {
  if (!(error instanceof ConfigError)) throw error;
  process.stderr.write(`Rolecall cannot start: invalid settings\n`);
  for (const line of error.errors) process.stderr.write(`  ${line}\n`);
  process.exit(1);
}

/** Errors of libraries carry their connections and statements; the log needs neither. */
const tellError = ({ name, message, stack, code }: Error & { code?: unknown }) => ({ name, message, code, stack });

/** The first signal ends in order, the second at once. */
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
        log.error({ err: error }, 'stopping failed');
        process.exit(1);
      },
    );
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, end);
}

function announce({ config, demoAccounts, publicUrl }: Services, say: (line: string) => void): void {
  say(`\nRolecall is ready: ${publicUrl()}`);
  if (demoAccounts.length === 0) return;
  say(`\nDemo accounts, password ${config.demoPassword}:`);
  for (const { email, label } of demoAccounts) say(`  ${email.padEnd(24)} ${label}`);
  say('\nCtrl-C ends it.');
}
