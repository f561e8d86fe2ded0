/** `pnpm db:reset`: removes the embedded database. An external one is never touched. */
import { resetDatabaseServer } from '@rolecall/prisma/server';
import { readConfig } from '../core/config.ts';
import { exitWithError } from '../core/exit-with-error.ts';
import { printLine } from '../core/print-line.ts';

async function reset(): Promise<void> {
  const { databaseUrl, dataDir } = readConfig();
  if (databaseUrl) throw new Error('DATABASE_URL is set, and this command removes only the embedded database');
  await resetDatabaseServer(dataDir);
  printLine(`Removed the embedded database in ${dataDir}`);
}

await reset().catch(exitWithError('Nothing was removed'));
