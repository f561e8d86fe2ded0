import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { withClient } from '../with-client.ts';
import { type Installation, readInstallation, requireUsable } from './installation.ts';
import { databaseStatements, loginStatements } from './statements.ts';

const ONE_AT_A_TIME = 718_271_001;
const NEIGHBOUR_WAS_QUICKER = /tuple concurrently|already exists|duplicate key|deadlock detected/;
const INSUFFICIENT_PRIVILEGE = '42501';

/**
 * Creates the server's logins, or brings them back to what they should be. Run before the migrations, which grant to them. An owner
 * without CREATEROLE uses those that an administrator has created.
 */
export async function ensureLogins(ownerUrl: string, prefix?: string): Promise<void> {
  await withClient(ownerUrl, async (client) => {
    for (let attempt = 1; !(await tryToAlign(client, ownerUrl, prefix, attempt < 10)); attempt++) {
      await pause(attempt * 20);
    }
  });
}

/** Returns the SQL with which an administrator creates the logins for an owner without CREATEROLE. */
export async function loginSql(ownerUrl: string, prefix?: string): Promise<string> {
  return withClient(ownerUrl, async (client) => {
    const installation = await readInstallation(client, prefix);
    requireUsable(installation);
    return loginStatements(ownerUrl, installation)
      .map((statement) => `${statement};`)
      .join('\n');
  });
}

// Advisory locks reach as far as one database, roles as far as the cluster: a neighbour may be changing the same ones.
async function tryToAlign(
  client: pg.Client,
  ownerUrl: string,
  prefix: string | undefined,
  mayRepeat: boolean,
): Promise<boolean> {
  let installation: Installation | undefined;
  try {
    await client.query('BEGIN');
    await client.query('SELECT pg_advisory_xact_lock($1)', [ONE_AT_A_TIME]);
    installation = await readInstallation(client, prefix);
    requireUsable(installation);
    for (const statement of statementsFor(ownerUrl, installation)) await client.query(statement);
    await client.query('COMMIT');
    return true;
  } catch (error) {
    await client.query('ROLLBACK');
    if (!(error instanceof pg.DatabaseError)) throw error;
    if (mayRepeat && NEIGHBOUR_WAS_QUICKER.test(error.message)) return false;
    if (installation && error.code === INSUFFICIENT_PRIVILEGE)
      throw new Error(needsAdministrator(installation, error.message), { cause: error });
    throw error;
  }
}

function statementsFor(ownerUrl: string, installation: Installation): string[] {
  if (installation.createsRoles)
    return [...loginStatements(ownerUrl, installation), ...databaseStatements(installation)];
  if (installation.missing.length > 0 || !installation.becomesAccess) throw new Error(needsAdministrator(installation));
  return databaseStatements(installation);
}

/** Says who has to do what where the owner may not create the logins. */
export function needsAdministrator({ owner, createsRoles }: Installation, reason = 'it has no CREATEROLE'): string {
  const sql = 'have an administrator of PostgreSQL run the SQL that `npx -y pnpm@12 db:logins` prints';
  const alternative = createsRoles ? '' : `, or ALTER ROLE ${pg.escapeIdentifier(owner)} CREATEROLE`;
  return `${owner} may not create the logins (${reason}): ${sql}${alternative}`;
}
