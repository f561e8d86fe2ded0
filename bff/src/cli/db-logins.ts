/** `pnpm db:logins`: prints the SQL with which an administrator creates the logins, where the owner has no CREATEROLE. */
import { loginSql } from '@rolecall/prisma/logins/ensure';
import { readConfig } from '../core/config.ts';
import { exitWithError } from '../core/exit-with-error.ts';
import { printLine } from '../core/print-line.ts';
import { directUrl } from '../db/connect/address.ts';

async function sql(): Promise<string> {
  const config = readConfig();
  const ownerUrl = directUrl(config);
  if (!ownerUrl) throw new Error('DATABASE_URL is not set, and the embedded database creates its logins');
  return loginSql(ownerUrl, config.loginPrefix);
}

await sql().then(printLine, exitWithError('There is no SQL'));
