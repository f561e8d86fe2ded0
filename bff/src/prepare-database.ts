import { ensureLogins } from 'database/logins';
import { migrate } from 'database/migrate';
import { startDatabaseServer } from 'database/server';
import type { Config } from './core/config.ts';
import { installQueue } from './db/install-queue.ts';
import { ensurePlatform } from './ensure-platform.ts';

export interface PreparedDatabase {
  ownerUrl: string;
  /** Ends the embedded server; does nothing for one's own. */
  stop(): Promise<void>;
}

/** A database that is up, has its logins, its newest tables, the queue's and the platform tenant. `say` hears each step. */
export async function prepareDatabase(
  config: Pick<Config, 'databaseUrl' | 'dataDir'>,
  say: (line: string) => void,
): Promise<PreparedDatabase> {
  const database = config.databaseUrl
    ? { ownerUrl: config.databaseUrl, stop: async () => {} }
    : await startDatabaseServer({ dataDir: config.dataDir, log: say });
  try {
    await ensureLogins(database.ownerUrl);
    await migrate(database.ownerUrl, { onProgress: say });
    await installQueue(database.ownerUrl);
    await ensurePlatform(database.ownerUrl);
    return database;
  } catch (error) {
    await database.stop();
    throw error;
  }
}
