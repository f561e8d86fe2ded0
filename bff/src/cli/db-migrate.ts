/** `pnpm db:migrate`: logins, migrations and the platform tenant, on DATABASE_URL or on the embedded database. */
import 'database/generate';

const { readConfig } = await import('../core/config.ts');
const { prepareDatabase } = await import('../prepare-database.ts');

const say = (line: string) => process.stdout.write(`${line}\n`);
const database = await prepareDatabase(readConfig(), say);
await database.stop();
say('The database is up to date');
