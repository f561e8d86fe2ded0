import type { Login } from '@rolecall/prisma/logins';
import { type DatabaseAddress, sessionUrl, transactionUrl } from './address.ts';

const BY_TRANSACTION: Login[] = ['server', 'platform', 'sync', 'auth'];
const BY_SESSION: Login[] = ['server', 'queue'];

/** Connects as each login, directly and through the pooler, as the server will. Throws one line with the remedy if one is refused. */
export async function verifyLogins(address: DatabaseAddress, connect: (url: string) => Promise<void>): Promise<void> {
  const urls = new Set([
    ...BY_TRANSACTION.map((login) => transactionUrl(address, login)),
    ...BY_SESSION.map((login) => sessionUrl(address, login)),
  ]);
  await Promise.all(
    [...urls].map((url) =>
      connect(url).catch((cause: Error) => {
        throw new Error(refused(new URL(url), cause.message, address), { cause });
      }),
    ),
  );
}

function refused({ username, host }: URL, message: string, { poolerUrl }: DatabaseAddress): string {
  const remedy =
    poolerUrl && new URL(poolerUrl).host === host
      ? 'make the logins known to the pooler (bff/OPERATING.md, Poolers)'
      : 'have an administrator run the SQL that `npx -y pnpm@12 db:logins` prints';
  return `The login ${decodeURIComponent(username)} cannot connect to ${host} (${message}): ${remedy}`;
}
