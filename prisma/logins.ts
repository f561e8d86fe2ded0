import { createHash, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';

export const LOGINS = ['server', 'platform', 'sync', 'auth', 'queue'] as const;
export type Login = (typeof LOGINS)[number];

const CONNECTION_LIMIT: Record<Login, number> = { server: 40, platform: 20, sync: 20, auth: 20, queue: 20 };
const SEARCH_PATH: Record<Login, string> = {
  server: 'public',
  platform: 'public',
  sync: 'public',
  auth: 'auth',
  queue: 'queue',
};
const TIMEOUTS = { statement_timeout: '15s', lock_timeout: '5s', idle_in_transaction_session_timeout: '30s' };
const NO_POWERS = 'NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS';
const ONE_AT_A_TIME = 718_271_001;
const NEIGHBOUR_WAS_QUICKER = /tuple concurrently|already exists|duplicate key|deadlock detected/;

/** The address under which a login reaches the owner's database; its password follows from the owner's. */
export function loginUrl(ownerUrl: string, login: Login): string {
  const url = new URL(ownerUrl);
  url.username = roleName(login);
  url.password = derive(ownerUrl, `rolecall login ${login}`).digest('base64url');
  return url.href;
}

/** Creates the server's logins, or brings them back to what they should be. Run before the migrations, which grant to them. */
export async function ensureLogins(ownerUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    for (let attempt = 1; !(await tryToAlign(client, ownerUrl, attempt < 10)); attempt++) await pause(attempt * 20);
  } finally {
    await client.end();
  }
}

// Advisory locks reach as far as one database, roles as far as the cluster: a neighbour may be changing the same ones.
async function tryToAlign(client: pg.Client, ownerUrl: string, mayRepeat: boolean): Promise<boolean> {
  try {
    await client.query('BEGIN');
    await client.query('SELECT pg_advisory_xact_lock($1)', [ONE_AT_A_TIME]);
    await alignLogins(client, ownerUrl);
    await client.query('COMMIT');
    return true;
  } catch (error) {
    await client.query('ROLLBACK');
    if (mayRepeat && error instanceof pg.DatabaseError && NEIGHBOUR_WAS_QUICKER.test(error.message)) return false;
    throw error;
  }
}

async function alignLogins(client: pg.Client, ownerUrl: string): Promise<void> {
  const existing = await existingRoles(client);
  const database = client.escapeIdentifier(client.database ?? '');
  await client.query(`REVOKE TEMPORARY ON DATABASE ${database} FROM PUBLIC`);
  await client.query(`${createOrAlter(existing, 'rolecall_access')} NOLOGIN`);
  // SET lets the migrations hand functions over to it; without INHERIT its policies do not open rows to the owner.
  await client.query('GRANT rolecall_access TO CURRENT_USER WITH SET TRUE, INHERIT FALSE');
  for (const login of LOGINS) {
    for (const statement of loginStatements(login, existing, database, new URL(loginUrl(ownerUrl, login)).password)) {
      await client.query(statement);
    }
  }
}

function loginStatements(login: Login, existing: Set<string>, database: string, password: string): string[] {
  const role = roleName(login);
  const settings = { search_path: SEARCH_PATH[login], TimeZone: 'UTC', ...TIMEOUTS };
  return [
    `${createOrAlter(existing, role)} LOGIN CONNECTION LIMIT ${CONNECTION_LIMIT[login]} PASSWORD '${scramVerifier(password)}'`,
    `GRANT CONNECT ON DATABASE ${database} TO ${role}`,
    ...Object.entries(settings).map(
      ([name, value]) => `ALTER ROLE ${role} IN DATABASE ${database} SET ${name} = '${value}'`,
    ),
  ];
}

const roleName = (login: Login) => `rolecall_${login}`;

// Only a superuser may alter these attributes, even to what they are: they are set at creation and checked afterwards.
const createOrAlter = (existing: Set<string>, role: string) =>
  existing.has(role) ? `ALTER ROLE ${role}` : `CREATE ROLE ${role} ${NO_POWERS}`;

async function existingRoles(client: pg.Client): Promise<Set<string>> {
  const names = ['rolecall_access', ...LOGINS.map(roleName)];
  const { rows } = await client.query<{ name: string; powerful: boolean }>(
    `SELECT rolname AS name, rolsuper OR rolcreatedb OR rolcreaterole OR rolreplication OR rolbypassrls AS powerful
     FROM pg_roles WHERE rolname = ANY ($1)`,
    [names],
  );
  const powerful = rows.filter((row) => row.powerful).map((row) => row.name);
  if (powerful.length > 0)
    throw new Error(`These roles hold powers that the server must not have: ${powerful.join(', ')}.`);
  return new Set(rows.map((row) => row.name));
}

function derive(ownerUrl: string, purpose: string) {
  const key = decodeURIComponent(new URL(ownerUrl).password);
  if (!key) throw new Error('The database address needs a password: the passwords of the logins are derived from it.');
  return createHmac('sha256', key).update(purpose);
}

// What PostgreSQL would store anyway. Sent in place of the password, which then cannot end in a server's statement log.
function scramVerifier(password: string): string {
  const salt = randomBytes(16);
  const iterations = 4096;
  const salted = pbkdf2Sync(password, salt, iterations, 32, 'sha256');
  const hmac = (text: string) => createHmac('sha256', salted).update(text).digest();
  const storedKey = createHash('sha256').update(hmac('Client Key')).digest('base64');
  return `SCRAM-SHA-256$${iterations}:${salt.toString('base64')}$${storedKey}:${hmac('Server Key').toString('base64')}`;
}
