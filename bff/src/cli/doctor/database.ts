import { LOGINS } from '@rolecall/prisma/logins';
import { pendingMigrations } from '@rolecall/prisma/migrate';
import { runningDatabaseUrl } from '@rolecall/prisma/server';
import { hasEmbeddedDatabase } from '@rolecall/prisma/superuser';
import pg from 'pg';
import type { Config } from '../../core/config.ts';
import { type Check, error, ok, warning } from './check.ts';
import { isTransactionPooler } from './pooler.ts';

const OLDEST_POSTGRES = 16;
const CONNECT_WITHIN_MS = 5_000;
const MAX_CLOCK_DIFFERENCE_S = 5;
const SHORTEST_PASSWORD = 16;

interface Server {
  version: string;
  isSuperuser: boolean;
  createsRoles: boolean;
  ownsDatabase: boolean;
  owner: string;
  missingLogins: string[];
  /** Seconds since 1970. */
  now: number;
}

export async function checkDatabase({
  databaseUrl,
  dataDir,
}: Pick<Config, 'databaseUrl' | 'dataDir'>): Promise<Check[]> {
  if (databaseUrl) return [...checkPassword(databaseUrl), ...(await checkServer(databaseUrl))];
  if (!hasEmbeddedDatabase(dataDir)) return [ok('Database', `embedded; the first start creates it in ${dataDir}`)];
  const url = await runningDatabaseUrl(dataDir).catch(() => null);
  const checks = url ? await checkServer(url) : [];
  const isReached = checks.some(({ status }) => status === 'ok');
  return isReached ? checks : [ok('Database', `embedded in ${dataDir}, not running now`)];
}

async function checkServer(url: string): Promise<Check[]> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: CONNECT_WITHIN_MS });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const startedAt = Date.now();
    const server = await readServer(client);
    const clock = (startedAt + Date.now()) / 2000 - server.now;
    const version = checkVersion(server, client);
    const rights = checkRights(server, client);
    if (version.status === 'error' || rights.status === 'error') return [version, rights];
    return [
      version,
      rights,
      checkLogins(server),
      checkClock(clock),
      ...(await checkPooler(url)),
      await checkMigrations(url),
    ];
  } catch (cause) {
    return [error('Database', connectionError(new URL(url), cause as Error & { code?: string }))];
  } finally {
    await client.end();
  }
}

async function readServer(client: pg.Client): Promise<Server> {
  const { rows } = await client.query<Server>(
    `SELECT current_setting('server_version') AS version, rolsuper AS "isSuperuser", rolcreaterole AS "createsRoles",
       pg_has_role(datdba, 'USAGE') AS "ownsDatabase", pg_get_userbyid(datdba) AS owner,
       ARRAY(SELECT name FROM unnest($1::text[]) name WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name)) AS "missingLogins",
       extract(epoch FROM clock_timestamp())::float8 AS now
     FROM pg_roles CROSS JOIN pg_database WHERE rolname = current_user AND datname = current_database()`,
    [LOGINS.map((login) => `rolecall_${login}`)],
  );
  const [server] = rows;
  if (!server) throw new Error('the database does not know its own login');
  return server;
}

function checkVersion({ version }: Server, { host, port }: pg.Client): Check {
  if (Number.parseInt(version, 10) >= OLDEST_POSTGRES)
    return ok('Database', `PostgreSQL ${version} at ${host}:${port}`);
  return error('Database', `PostgreSQL ${version} is too old: ${OLDEST_POSTGRES} or newer is required`);
}

function checkRights({ isSuperuser, createsRoles, ownsDatabase, owner }: Server, { user, database }: pg.Client): Check {
  const [login, name] = [user ?? '', database ?? ''].map(pg.escapeIdentifier);
  const change = `ALTER DATABASE ${name} OWNER TO ${login};`;
  if (!ownsDatabase)
    return error('Rights', `${owner} owns the database, not ${user}: use that login or, as a superuser, run ${change}`);
  if (isSuperuser) return warning('Rights', `${user} is a superuser: an ordinary owner with CREATEROLE is enough`);
  if (!createsRoles)
    return error('Rights', `${user} may not create the logins; as a superuser, run ALTER ROLE ${login} CREATEROLE;`);
  return ok('Rights', `${user} owns the database and creates logins`);
}

function checkLogins({ missingLogins }: Server): Check {
  if (missingLogins.length === 0) return ok('Logins', `${LOGINS.length} present`);
  return warning('Logins', `the next start creates ${missingLogins.join(', ')}`);
}

function checkClock(difference: number): Check {
  const message = `${Math.abs(difference).toFixed(1)} s apart from the database`;
  if (Math.abs(difference) <= MAX_CLOCK_DIFFERENCE_S) return ok('Clock', message);
  return error('Clock', `${message}: synchronize both with NTP, or roles and sessions end at the wrong time`);
}

async function checkPooler(url: string): Promise<Check[]> {
  if (!(await isTransactionPooler(url))) return [];
  return [error('Pooler', 'DATABASE_URL leads to a pooler in transaction mode: use the direct address of PostgreSQL')];
}

async function checkMigrations(url: string): Promise<Check> {
  const pending = await pendingMigrations(url);
  if (pending.length === 0) return ok('Migrations', 'up to date');
  return warning('Migrations', `the next start applies ${pending.join(', ')}`);
}

function checkPassword(url: string): Check[] {
  const password = decodeURIComponent(new URL(url).password);
  if (!password) return [error('Secrets', 'DATABASE_URL has no password, from which those of the logins are derived')];
  if (password.length >= SHORTEST_PASSWORD) return [];
  return [
    warning(
      'Secrets',
      `the password in DATABASE_URL is shorter than ${SHORTEST_PASSWORD} characters: it can be guessed`,
    ),
  ];
}

function connectionError(
  { hostname, port, username, pathname }: URL,
  { code = '', message }: Error & { code?: string },
): string {
  const address = `${hostname}:${port || 5432}`;
  const database = decodeURIComponent(pathname.slice(1));
  const known: Record<string, string> = {
    ECONNREFUSED: `nothing listens at ${address}: start PostgreSQL or correct DATABASE_URL`,
    ENOTFOUND: `the host ${hostname} is unknown: correct DATABASE_URL`,
    EAI_AGAIN: `the host ${hostname} cannot be looked up: check DNS`,
    '28P01': `${address} rejects the password of ${username}`,
    '28000': `${address} rejects the login ${username}: ${message}`,
    '3D000': `the database ${database} does not exist; as a superuser, run: CREATE DATABASE ${pg.escapeIdentifier(database)} OWNER ${pg.escapeIdentifier(username)};`,
    '53300': `${address} has no connection left: raise max_connections or stop other programs`,
  };
  return known[code] ?? `${address} cannot be reached: ${message}`;
}
