import { ensureLogins } from '@rolecall/prisma/logins';
import { migrate } from '@rolecall/prisma/migrate';
import { startDatabaseServer } from '@rolecall/prisma/server';
import type { Config } from './core/config.ts';
import { installQueue } from './db/install-queue.ts';
import { waitForDatabase } from './db/wait-for-database.ts';
import { fillDerivedColumns } from './derived-columns.ts';
import { ensurePlatform } from './ensure-platform.ts';

export interface PreparedDatabase {
  ownerUrl: string;
  /** Stops the embedded server; does nothing for an external database. */
  stop(): Promise<void>;
}

/** Starts the database where it is embedded, and brings logins, tables, queue and platform tenant up to date. */
export async function prepareDatabase(
  config: Pick<Config, 'databaseUrl' | 'dataDir'>,
  log: (line: string) => void,
  { force = false } = {},
): Promise<PreparedDatabase> {
  const database = config.databaseUrl
    ? { ownerUrl: config.databaseUrl, stop: async () => {} }
    : await startDatabaseServer({ dataDir: config.dataDir, log });
  try {
    await waitForDatabase(database.ownerUrl, log);
    await ensureLogins(database.ownerUrl);
    await migrate(database.ownerUrl, { onProgress: log, force });
    await installQueue(database.ownerUrl);
    await ensurePlatform(database.ownerUrl);
    await fillDerivedColumns(database.ownerUrl);
    return database;
  } catch (error) {
    await database.stop();
    throw error;
  }
}
