/** `pnpm db:migrate`: brings logins, migrations and the platform tenant up to date, in DATABASE_URL or the embedded database. */
import '@rolecall/prisma/generate';

const { readConfig } = await import('../core/config.ts');
const { prepareDatabase } = await import('../prepare-database.ts');

const { printLine } = await import('../core/print-line.ts');
const database = await prepareDatabase(readConfig(), printLine);
await database.stop();
printLine('The database is up to date');
