/** `pnpm db:migrate`: brings logins, migrations and the platform tenant up to date, in DATABASE_URL or the embedded database. */
import '@rolecall/prisma/generate';
import { readConfig } from '../core/config.ts';
import { exitWithError } from '../core/exit-with-error.ts';
import { printLine } from '../core/print-line.ts';

async function update(): Promise<void> {
  const { prepareDatabase } = await import('../prepare-database.ts');
  const database = await prepareDatabase(readConfig(), printLine);
  await database.stop();
  printLine('The database is up to date');
}

await update().catch(exitWithError('The database was not updated'));
