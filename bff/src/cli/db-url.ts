/** `pnpm db:url [login]`: prints the URL of a login of the running embedded database or of DATABASE_URL. */
import { LOGINS, type Login, loginUrl } from '@rolecall/prisma/logins';
import { runningDatabaseUrl } from '@rolecall/prisma/server';
import { readConfig } from '../core/config.ts';
import { exitWithError } from '../core/exit-with-error.ts';
import { printLine } from '../core/print-line.ts';

async function urlOf(login: string): Promise<string> {
  if (login !== 'owner' && !LOGINS.includes(login as Login))
    throw new Error(`unknown login ${login}. Logins: owner, ${LOGINS.join(', ')}`);
  const { databaseUrl, dataDir } = readConfig();
  const ownerUrl = databaseUrl ?? (await runningDatabaseUrl(dataDir));
  return login === 'owner' ? ownerUrl : loginUrl(ownerUrl, login as Login);
}

await urlOf(process.argv[2] ?? 'server').then(printLine, exitWithError('There is no URL'));
