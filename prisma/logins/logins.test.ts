import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { migrate } from '../migrate/migrate.ts';
import { run, startTestServer } from '../migrate/test-server.ts';
import { withClient } from '../with-client.ts';
import { ensureLogins, loginSql } from './ensure.ts';
import { obstacles, readInstallation } from './installation.ts';
import { LOGINS, loginUrl } from './urls.ts';

const PASSWORD = 'of-another-installation';

let server: Awaited<ReturnType<typeof startTestServer>>;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

/** Creates a database whose owner has these attributes, and returns the owner's URL. */
async function databaseOf(owner: string, attributes: string): Promise<string> {
  await server.asSuperuser(`CREATE ROLE ${owner} LOGIN ${attributes} PASSWORD '${PASSWORD}'`);
  return server.createDatabase(`${owner}_db`, owner, PASSWORD);
}

const connectsAs = async (ownerUrl: string, prefix?: string) => {
  for (const login of LOGINS)
    expect(await run(loginUrl(ownerUrl, login, { prefix }), 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
};

describe('names of logins', () => {
  const direct = 'postgres://postgres:pw@db.ref.example:5432/postgres';
  const pooler = 'postgres://postgres.ref:other@pooler.example:6543/postgres';

  it('keep the suffix by which a pooler finds the project', () => {
    expect(new URL(loginUrl(pooler, 'server')).username).toBe('rolecall_server.ref');
    expect(new URL(loginUrl(direct, 'server', { poolerUrl: pooler }))).toMatchObject({
      username: 'rolecall_server.ref',
      host: 'pooler.example:6543',
      password: new URL(loginUrl(direct, 'server')).password,
    });
    expect(new URL(loginUrl(direct, 'queue', { prefix: 'staging' })).username).toBe('staging_queue');
  });
});

describe('an owner without CREATEROLE', () => {
  it('says what an administrator must run, and works with the logins made so', async () => {
    const url = await databaseOf('modest', '');
    const prefix = 'modest';
    await expect(ensureLogins(url, prefix)).rejects.toThrow(
      'modest may not create the logins (it has no CREATEROLE): have an administrator of PostgreSQL run the SQL that `npx -y pnpm@12 db:logins` prints, or ALTER ROLE "modest" CREATEROLE',
    );
    const sql = await loginSql(url, prefix);
    expect(sql).not.toContain(new URL(loginUrl(url, 'server')).password);
    await server.asSuperuser(sql);
    await ensureLogins(url, prefix);
    await migrate(url, { loginPrefix: prefix });
    await connectsAs(url, prefix);
    // Once more, as the next start does, and as an administrator who is asked again.
    await server.asSuperuser(await loginSql(url, prefix));
    await ensureLogins(url, prefix);
  });
});

describe('two installations on one server', () => {
  it('do not share logins: the second is refused until it has names of its own', async () => {
    await migrate(server.ownerUrl);
    const url = await databaseOf('second_owner', 'CREATEROLE');
    await expect(ensureLogins(url)).rejects.toThrow(
      'The logins belong to another installation on this server, in the database rolecall: set DATABASE_LOGIN_PREFIX',
    );
    await ensureLogins(url, 'second');
    await migrate(url, { loginPrefix: 'second' });
    await Promise.all([connectsAs(url, 'second'), connectsAs(server.ownerUrl)]);
    const roles = await run(
      url,
      `SELECT DISTINCT split_part(rolname, '_', 1) AS prefix FROM pg_policy, unnest(polroles) role JOIN pg_roles ON oid = role`,
    );
    expect(roles).toEqual([{ prefix: 'second' }]);
    await expect(ensureLogins(url)).rejects.toThrow('set DATABASE_LOGIN_PREFIX to second');
  });
});

describe('the owner', () => {
  it('becomes the role that owns functions, without reading its rows', async () => {
    const [found] = await run(
      server.ownerUrl,
      `SELECT pg_has_role('rolecall_access', 'MEMBER') AS becomes, pg_has_role('rolecall_access', 'USAGE') AS inherits`,
    );
    expect(found).toEqual({ becomes: true, inherits: false });
  });
});

test('the verifier of a password stays the same, so that poolers may store it', async () => {
  const verifier = async () =>
    (await server.asSuperuser(`SELECT rolpassword FROM pg_authid WHERE rolname = 'rolecall_server'`))[0].rolpassword;
  const before = await verifier();
  await ensureLogins(server.ownerUrl);
  expect(await verifier()).toBe(before);
});

test('a version that is too old is named in one line', async () => {
  const installation = await withClient(server.ownerUrl, (client: pg.Client) => readInstallation(client));
  expect(obstacles(installation)).toEqual([]);
  expect(obstacles({ ...installation, version: '14.19 (Debian)' })).toEqual([
    'PostgreSQL 14.19 (Debian) is too old: 15 or newer is required',
  ]);
});
