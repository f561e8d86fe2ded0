/** `pnpm db:url <server|platform|sync|auth|owner>`: prints the URL of a login of the running embedded database or of DATABASE_URL. */
import { LOGINS, type Login, loginUrl } from '@rolecall/prisma/logins';
import { runningDatabaseUrl } from '@rolecall/prisma/server';
import { readConfig } from '../core/config.ts';

const login = process.argv[2] ?? 'server';
if (login !== 'owner' && !LOGINS.includes(login as Login)) {
  process.stderr.write(`Unknown login: ${login}. Logins: owner, ${LOGINS.join(', ')}\n`);
  process.exit(1);
}
const { databaseUrl, dataDir } = readConfig();
const ownerUrl = databaseUrl ?? (await runningDatabaseUrl(dataDir));
process.stdout.write(`${login === 'owner' ? ownerUrl : loginUrl(ownerUrl, login as Login)}\n`);
