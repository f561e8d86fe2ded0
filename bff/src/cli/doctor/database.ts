import { needsAdministrator } from '@rolecall/prisma/logins/ensure';
import { type Installation, obstacles, readInstallation } from '@rolecall/prisma/logins/installation';
import { pendingMigrations } from '@rolecall/prisma/migrate';
import { runningDatabaseUrl } from '@rolecall/prisma/server';
import { hasEmbeddedDatabase } from '@rolecall/prisma/superuser';
import { withClient } from '@rolecall/prisma/with-client';
import pg from 'pg';
import type { Config } from '../../core/config.ts';
import { type DatabaseAddress, databaseAddress, directUrl } from '../../db/connect/address.ts';
import { isTransactionPooler, noSessions } from '../../db/connect/transaction-pooler.ts';
import { verifyLogins } from '../../db/connect/verify-logins.ts';
import { type Check, error, ok, warning } from './check.ts';

const CONNECT_WITHIN_MS = 5_000;
const MAX_CLOCK_DIFFERENCE_S = 5;
const SHORTEST_PASSWORD = 16;

type Settings = Pick<Config, 'databaseUrl' | 'dataDir' | 'directUrl' | 'loginPrefix'>;

export async function checkDatabase(settings: Settings): Promise<Check[]> {
  const { dataDir } = settings;
  const url = directUrl(settings);
  if (url) return [...checkPassword(url), ...(await checkServer(databaseAddress(settings, url)))];
  if (!hasEmbeddedDatabase(dataDir)) return [ok('Database', `embedded; the first start creates it in ${dataDir}`)];
  const running = await runningDatabaseUrl(dataDir).catch(() => null);
  const checks = running ? await checkServer(databaseAddress(settings, running)) : [];
  const isReached = checks.some(({ status }) => status === 'ok');
  return isReached ? checks : [ok('Database', `embedded in ${dataDir}, not running now`)];
}

async function checkServer(address: DatabaseAddress): Promise<Check[]> {
  const url = address.ownerUrl;
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: CONNECT_WITHIN_MS });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const installation = await readInstallation(client, address.loginPrefix);
    const found = obstacles(installation).map((message) => error('Database', message));
    if (found.length > 0) return found;
    return [
      ok('Database', `PostgreSQL ${installation.version} at ${client.host}:${client.port}`),
      checkRights(installation),
      await checkLogins(installation, address),
      await checkClock(client),
      ...(await checkSessions(address)),
      await checkMigrations(url),
    ];
  } catch (cause) {
    return [error('Database', connectionError(new URL(url), cause as Error & { code?: string }))];
  } finally {
    await client.end();
  }
}

function checkRights({ owner, isSuperuser, createsRoles }: Installation): Check {
  if (isSuperuser) return warning('Rights', `${owner} is a superuser: an ordinary owner with CREATEROLE is enough`);
  return ok('Rights', `${owner} owns the database${createsRoles ? ' and creates logins' : ''}`);
}

async function checkLogins(installation: Installation, address: DatabaseAddress): Promise<Check> {
  const { missing, owner, createsRoles, becomesAccess } = installation;
  if (!createsRoles && (missing.length > 0 || !becomesAccess)) return error('Logins', needsAdministrator(installation));
  if (missing.length > 0) return warning('Logins', `the next start creates ${missing.join(', ')}`);
  return verifyLogins(address, connectOnce).then(
    () => ok('Logins', 'present, and accepted where they connect'),
    (cause: Error) =>
      createsRoles && !address.poolerUrl
        ? warning('Logins', `${owner} sets their passwords at the next start`)
        : error('Logins', cause.message),
  );
}

const connectOnce = (url: string) => withClient(url, async (client) => void (await client.query('SELECT 1')));

async function checkClock(client: pg.Client): Promise<Check> {
  const startedAt = Date.now();
  const { rows } = await client.query<{ now: number }>('SELECT extract(epoch FROM clock_timestamp())::float8 AS now');
  const difference = Math.abs((startedAt + Date.now()) / 2000 - (rows[0]?.now ?? 0));
  const message = `${difference.toFixed(1)} s apart from the database`;
  if (difference <= MAX_CLOCK_DIFFERENCE_S) return ok('Clock', message);
  return error('Clock', `${message}: synchronize both with NTP, or roles and sessions end at the wrong time`);
}

async function checkSessions({ ownerUrl, poolerUrl }: DatabaseAddress): Promise<Check[]> {
  if (await isTransactionPooler(ownerUrl))
    return [error('Pooler', noSessions(poolerUrl ? 'DIRECT_URL' : 'DATABASE_URL'))];
  if (!poolerUrl) return [];
  return [ok('Pooler', `requests pass through ${new URL(poolerUrl).host}`)];
}

async function checkMigrations(url: string): Promise<Check> {
  const pending = await pendingMigrations(url);
  if (pending.length === 0) return ok('Migrations', 'up to date');
  return warning('Migrations', `the next start applies ${pending.join(', ')}`);
}

function checkPassword(url: string): Check[] {
  const password = decodeURIComponent(new URL(url).password);
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
