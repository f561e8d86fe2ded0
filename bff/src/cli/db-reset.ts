/** `pnpm db:reset`: removes the embedded database. An external one is never touched. */
import { resetDatabaseServer } from '@rolecall/prisma/server';
import { readConfig } from '../core/config.ts';

const { databaseUrl, dataDir } = readConfig();
if (databaseUrl) {
  process.stderr.write('DATABASE_URL is set: this command removes only the embedded database\n');
  process.exit(1);
}
await resetDatabaseServer(dataDir);
process.stdout.write(`Removed the embedded database in ${dataDir}\n`);
