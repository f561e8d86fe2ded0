/**
 * `pnpm db:migrate [--force]`: brings logins, migrations and the platform tenant up to date, in DATABASE_URL or the embedded
 * database. With --force, the functions, views and triggers of this version replace those of a later one.
 */
import '@rolecall/prisma/generate';
import { parseArgs } from 'node:util';
import { readConfig } from '../core/config.ts';
import { exitWithError } from '../core/exit-with-error.ts';
import { printLine } from '../core/print-line.ts';

async function update(): Promise<void> {
  const { values } = parseArgs({ options: { force: { type: 'boolean' } } });
  const { prepareDatabase } = await import('../prepare-database.ts');
  const database = await prepareDatabase(readConfig(), printLine, values);
  await database.stop();
  printLine('The database is up to date');
}

await update().catch(exitWithError('The database was not updated'));
