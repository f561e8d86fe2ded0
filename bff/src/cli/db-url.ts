/** `pnpm db:url [login]`: prints the URL of a login at the running embedded database, or at DIRECT_URL or DATABASE_URL. */
import { LOGINS, type Login } from '@rolecall/prisma/logins';
import { runningDatabaseUrl } from '@rolecall/prisma/server';
import { readConfig } from '../core/config.ts';
import { exitWithError } from '../core/exit-with-error.ts';
import { printLine } from '../core/print-line.ts';
import { databaseAddress, directUrl, sessionUrl } from '../db/connect/address.ts';

async function urlOf(login: string): Promise<string> {
  if (login !== 'owner' && !LOGINS.includes(login as Login))
    throw new Error(`unknown login ${login}. Logins: owner, ${LOGINS.join(', ')}`);
  const config = readConfig();
  const ownerUrl = directUrl(config) ?? (await runningDatabaseUrl(config.dataDir));
  return login === 'owner' ? ownerUrl : sessionUrl(databaseAddress(config, ownerUrl), login as Login);
}

await urlOf(process.argv[2] ?? 'server').then(printLine, exitWithError('There is no URL'));
