import type pg from 'pg';
import { withClient } from '../with-client.ts';
import type { Passwords } from './cluster.ts';

const DATABASE = 'rolecall';
const OWNER = 'rolecall_owner';

/** The account that owns the schema and runs migrations; it is no superuser, so that row security binds it too. */
export async function ensureOwner(port: number, passwords: Passwords): Promise<string> {
  await asSuperuser(port, 'postgres', passwords, async (client) => {
    const { rows } = await client.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [OWNER]);
    const verb = rows.length > 0 ? 'ALTER' : 'CREATE';
    const password = client.escapeLiteral(passwords.owner);
    await client.query(`${verb} ROLE ${OWNER} LOGIN CREATEROLE NOSUPERUSER NOBYPASSRLS PASSWORD ${password}`);
    const database = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [DATABASE]);
    if (database.rows.length === 0) await client.query(`CREATE DATABASE ${DATABASE} OWNER ${OWNER}`);
    await client.query(`REVOKE CONNECT, TEMPORARY ON DATABASE ${DATABASE} FROM PUBLIC`);
  });
  await asSuperuser(port, DATABASE, passwords, (client) => client.query('REVOKE CREATE ON SCHEMA public FROM PUBLIC'));
  return ownerUrl(port, passwords);
}

export const ownerUrl = (port: number, passwords: Passwords): string =>
  databaseUrl(OWNER, passwords.owner, port, DATABASE);

export const superuserUrl = (port: number, passwords: Passwords, database = DATABASE): string =>
  databaseUrl('postgres', passwords.superuser, port, database);

async function asSuperuser(
  port: number,
  database: string,
  passwords: Passwords,
  work: (client: pg.Client) => Promise<unknown>,
) {
  await withClient(superuserUrl(port, passwords, database), work);
}

function databaseUrl(user: string, password: string, port: number, database: string): string {
  return `postgresql://${user}:${encodeURIComponent(password)}@127.0.0.1:${port}/${database}`;
}
