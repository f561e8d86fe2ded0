import { ensureLogins } from '@rolecall/prisma/logins/ensure';
import { migrate } from '@rolecall/prisma/migrate';
import { startDatabaseServer } from '@rolecall/prisma/server';
import type { Config } from './core/config.ts';
import { type DatabaseAddress, databaseAddress, directUrl } from './db/connect/address.ts';
import { requireSessions } from './db/connect/transaction-pooler.ts';
import { verifyLogins } from './db/connect/verify-logins.ts';
import { waitForDatabase } from './db/connect/wait-for-database.ts';
import { installQueue } from './db/install-queue.ts';
import { fillDerivedColumns } from './derived-columns.ts';
import { ensurePlatform } from './ensure-platform.ts';

export interface PreparedDatabase extends DatabaseAddress {
  /** Stops the embedded server; does nothing for an external database. */
  stop(): Promise<void>;
}

type Settings = Pick<Config, 'databaseUrl' | 'dataDir'> & Partial<Pick<Config, 'directUrl' | 'loginPrefix'>>;

/** Starts the database where it is embedded, or waits for an external one at which sessions last. */
export async function startDatabase(settings: Settings, log: (line: string) => void): Promise<PreparedDatabase> {
  const ownerUrl = directUrl(settings);
  if (!ownerUrl) {
    const { stop, ...server } = await startDatabaseServer({ dataDir: settings.dataDir, log });
    return { ...databaseAddress(settings, server.ownerUrl), stop };
  }
  await waitForDatabase(ownerUrl, log);
  await requireSessions(ownerUrl, settings.directUrl ? 'DIRECT_URL' : 'DATABASE_URL');
  return { ...databaseAddress(settings, ownerUrl), stop: async () => {} };
}

/** Starts the database, and brings logins, tables, queue and platform tenant up to date. */
export async function prepareDatabase(
  settings: Settings,
  log: (line: string) => void,
  { force = false } = {},
): Promise<PreparedDatabase> {
  const { loginPrefix } = settings;
  const database = await startDatabase(settings, log);
  const { ownerUrl } = database;
  try {
    await ensureLogins(ownerUrl, loginPrefix);
    if (settings.databaseUrl) await verifyLogins(database, (url) => waitForDatabase(url, log));
    await migrate(ownerUrl, { onProgress: log, force, loginPrefix });
    await installQueue(ownerUrl, { loginPrefix });
    await ensurePlatform(ownerUrl);
    await fillDerivedColumns(database);
    return database;
  } catch (error) {
    await database.stop();
    throw error;
  }
}
