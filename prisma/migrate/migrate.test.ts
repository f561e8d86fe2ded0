import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { ensureLogins } from '../logins/ensure.ts';
import { LOGINS, loginUrl } from '../logins/urls.ts';
import { catalogue } from './catalogue.ts';
import { diffSchema } from './diff.ts';
import { migrate, pendingMigrations } from './migrate.ts';
import { run, startTestServer, writeFile } from './test-server.ts';

let server: Awaited<ReturnType<typeof startTestServer>>;
let folder: string;

beforeAll(async () => {
  server = await startTestServer();
  folder = join(server.home, 'migrations');
});
afterAll(() => server?.stop());

const writeMigration = (name: string, sql: string) => writeFile(join(folder, name, 'migration.sql'), sql);

test('applies migrations with functions once in concurrent processes', async () => {
  writeMigration(
    '20260101000000_first',
    `CREATE TABLE thing (id int PRIMARY KEY);
     CREATE FUNCTION count_things() RETURNS bigint LANGUAGE plpgsql AS $$ BEGIN RETURN (SELECT count(*) FROM thing); END; $$;
     GRANT SELECT ON thing TO rolecall_server;`,
  );
  expect(await pendingMigrations(server.ownerUrl, folder)).toEqual(['20260101000000_first']);
  const runs = await Promise.all([1, 2, 3].map(() => migrate(server.ownerUrl, { folder })));
  expect(runs.flat()).toEqual(['20260101000000_first']);
  expect(await pendingMigrations(server.ownerUrl, folder)).toEqual([]);
  expect(await run(server.ownerUrl, 'SELECT count_things()')).toEqual([{ count_things: '0' }]);
});

test('reports the line of a failing migration and lets it be corrected', async () => {
  const name = '20260102000000_second';
  writeMigration(name, 'CREATE TABLE half (id int);\nSELECT * FROM missing;');
  await expect(migrate(server.ownerUrl, { folder })).rejects.toThrow(/20260102000000_second failed: .*missing.*line 2/);
  await expect(run(server.ownerUrl, 'SELECT * FROM half')).rejects.toThrow('does not exist');
  writeMigration(name, 'CREATE TABLE half (id int);');
  expect(await migrate(server.ownerUrl, { folder })).toEqual([name]);
});

describe('the migrations of this version', () => {
  it('declare what the schema declares', async () => {
    expect(await diffSchema(join(import.meta.dirname, '../schema'))).toContain('This is an empty migration.');
  });

  it('change nothing when the folder sql is applied twice', async () => {
    const url = await server.createDatabase('twice');
    await ensureLogins(url);
    expect(await migrate(url)).toContain('sql');
    const first = await catalogue(url);
    expect(first.join('\n')).toContain('actor_access');
    await run(url, 'COMMENT ON SCHEMA public IS NULL');
    expect(await migrate(url)).toEqual(['sql']);
    expect(await catalogue(url)).toEqual(first);
  });
});

test.each(LOGINS)('lets the login %s create neither tables nor temporary tables', async (login) => {
  const url = loginUrl(server.ownerUrl, login);
  await expect(run(url, 'CREATE TABLE public.mine (id int)')).rejects.toThrow('permission denied');
  await expect(run(url, 'CREATE TEMPORARY TABLE mine (id int)')).rejects.toThrow('permission denied');
  await expect(run(url, 'SET ROLE rolecall_owner')).rejects.toThrow('permission denied');
  expect(
    await run(url, "SELECT current_setting('statement_timeout') AS timeout, current_setting('jit') AS jit"),
  ).toEqual([{ timeout: '15s', jit: 'off' }]);
});

test('shares the logins between two databases prepared concurrently', async () => {
  const second = await server.createDatabase('second');
  const urls = [server.ownerUrl, second, server.ownerUrl, second, second];
  await Promise.all(urls.map((url) => ensureLogins(url)));
  for (const url of [server.ownerUrl, second]) {
    expect(await run(loginUrl(url, 'auth'), 'SHOW search_path')).toEqual([{ search_path: 'auth' }]);
  }
});

test('rejects a login that has powers of its own', async () => {
  await run(server.ownerUrl, 'ALTER ROLE rolecall_sync CREATEROLE');
  await expect(ensureLogins(server.ownerUrl)).rejects.toThrow('rolecall_sync');
});
