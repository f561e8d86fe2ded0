import { createHash, createHmac, pbkdf2Sync } from 'node:crypto';
import pg from 'pg';
import type { Installation } from './installation.ts';
import { LOGINS, type Login, loginPassword, roleName } from './urls.ts';

const CONNECTION_LIMIT: Record<Login, number> = { server: 40, platform: 20, sync: 20, auth: 20, queue: 20 };
const SEARCH_PATH: Record<Login, string> = {
  server: 'public',
  platform: 'public',
  sync: 'public',
  auth: 'auth',
  queue: 'queue',
};
/** Compiling large queries takes seconds where PostgreSQL can: Debian's does by default, the embedded one cannot. */
const NO_JIT = { jit: 'off' };
/** Settings of the logins, and not of their connections: poolers refuse or forget the latter. */
const TIMEOUTS = { statement_timeout: '15s', lock_timeout: '5s', idle_in_transaction_session_timeout: '30s' };
/** Changes rely on it: after the wait for a lock, a statement sees what the other transaction did. */
const ISOLATION = { default_transaction_isolation: 'read committed' };
const NO_POWERS = 'NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS';

/** Returns what creates the logins, or brings them back to what they should be, as a login with CREATEROLE. */
export function loginStatements(ownerUrl: string, { owner, database, prefix, existing }: Installation): string[] {
  const [access, migrator] = [roleName('access', prefix), roleName('migrator', prefix)];
  // Only a superuser may alter these attributes, even to what they are: they are set at creation and checked afterwards.
  const createOrAlter = (role: string) =>
    existing.has(role) ? `ALTER ROLE ${role}` : `CREATE ROLE ${role} ${NO_POWERS}`;
  return [
    `${createOrAlter(access)} NOLOGIN`,
    // The owner becomes rolecall_access to hand functions over to it. Because the role between them does not inherit, the
    // policies of rolecall_access do not open rows to the owner.
    `${createOrAlter(migrator)} NOLOGIN NOINHERIT`,
    `GRANT ${access} TO ${migrator}`,
    `GRANT ${migrator} TO ${pg.escapeIdentifier(owner)}`,
    ...LOGINS.flatMap((login) => {
      const role = roleName(login, prefix);
      const settings = { search_path: SEARCH_PATH[login], TimeZone: 'UTC', ...NO_JIT, ...TIMEOUTS, ...ISOLATION };
      const verifier = scramVerifier(loginPassword(ownerUrl, login), role);
      return [
        `${createOrAlter(role)} LOGIN CONNECTION LIMIT ${CONNECTION_LIMIT[login]} PASSWORD '${verifier}'`,
        ...Object.entries(settings).map(
          ([name, value]) => `ALTER ROLE ${role} IN DATABASE ${pg.escapeIdentifier(database)} SET ${name} = '${value}'`,
        ),
      ];
    }),
  ];
}

/** Returns what opens the database to the logins, as its owner. */
export function databaseStatements({ database, prefix }: Installation): string[] {
  const name = pg.escapeIdentifier(database);
  return [
    `REVOKE TEMPORARY ON DATABASE ${name} FROM PUBLIC`,
    ...LOGINS.map((login) => `GRANT CONNECT ON DATABASE ${name} TO ${roleName(login, prefix)}`),
  ];
}

/**
 * What PostgreSQL would store anyway. Sent in place of the password, which then cannot end in a server's statement log. The salt
 * follows from the password, so that a pooler may store the verifier: it is the same at each start.
 */
function scramVerifier(password: string, role: string): string {
  const salt = createHmac('sha256', password).update(`scram salt ${role}`).digest().subarray(0, 16);
  const iterations = 4096;
  const salted = pbkdf2Sync(password, salt, iterations, 32, 'sha256');
  const hmac = (text: string) => createHmac('sha256', salted).update(text).digest();
  const storedKey = createHash('sha256').update(hmac('Client Key')).digest('base64');
  return `SCRAM-SHA-256$${iterations}:${salt.toString('base64')}$${storedKey}:${hmac('Server Key').toString('base64')}`;
}
