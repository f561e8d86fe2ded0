/** `pnpm db:reset`: forgets the embedded database. One's own is never touched. */
import { resetDatabaseServer } from 'database/server';
import { readConfig } from '../core/config.ts';

const { databaseUrl, dataDir } = readConfig();
if (databaseUrl) {
  process.stderr.write('DATABASE_URL is set: this command only ever removes the embedded database\n');
  process.exit(1);
}
await resetDatabaseServer(dataDir);
process.stdout.write(`Removed the embedded database in ${dataDir}\n`);
