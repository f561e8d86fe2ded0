import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { type DatabaseServer, startDatabaseServer } from '../embedded/server.ts';
import { ensureLogins, LOGINS, loginUrl } from '../logins.ts';
import { catalogue } from './catalogue.ts';
import { diffSchema } from './diff.ts';
import { migrate, pendingMigrations } from './migrate.ts';

const home = mkdtempSync(join(tmpdir(), 'rolecall-migrate-'));
const folder = join(home, 'migrations');
let server: DatabaseServer;

beforeAll(async () => {
  server = await startDatabaseServer({ dataDir: join(home, 'data'), log: () => {} });
  await Promise.all([ensureLogins(server.ownerUrl), ensureLogins(server.ownerUrl)]);
}, 20_000);

afterAll(async () => {
  await server?.stop();
  rmSync(home, { recursive: true, force: true });
});

function writeMigration(name: string, sql: string) {
  mkdirSync(join(folder, name), { recursive: true });
  writeFileSync(join(folder, name, 'migration.sql'), sql);
}

async function run(url: string, sql: string) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

/** Returns the owner's URL of another database of the same cluster. */
async function createDatabase(name: string): Promise<string> {
  const superuser = new URL(server.ownerUrl);
  const { superuser: password } = JSON.parse(readFileSync(join(home, 'data', 'postgres-passwords.json'), 'utf8'));
  Object.assign(superuser, { username: 'postgres', password, pathname: '/postgres' });
  await run(superuser.href, `CREATE DATABASE ${name} OWNER rolecall_owner`);
  return Object.assign(new URL(server.ownerUrl), { pathname: `/${name}` }).href;
}

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

describe('the folder sql', () => {
  const own = join(home, 'own');
  const options = { folder: join(own, 'migrations') };

  function writeFile(path: string, content: string) {
    mkdirSync(dirname(join(own, path)), { recursive: true });
    writeFileSync(join(own, path), content);
  }

  it('is applied after the migrations, once in concurrent processes', async () => {
    writeFile('migrations/20260103000000_third/migration.sql', 'CREATE TABLE counted (id int);');
    writeFile('sql/functions/count.sql', "CREATE OR REPLACE FUNCTION one() RETURNS int LANGUAGE sql AS 'SELECT 1';");
    expect(await pendingMigrations(server.ownerUrl, options.folder)).toEqual(['20260103000000_third', 'sql']);
    const runs = await Promise.all([1, 2, 3].map(() => migrate(server.ownerUrl, options)));
    expect(runs.flat()).toEqual(['20260103000000_third', 'sql']);
    expect(await pendingMigrations(server.ownerUrl, options.folder)).toEqual([]);
    expect(await run(server.ownerUrl, 'SELECT one()')).toEqual([{ one: 1 }]);
  });

  it('applies views and triggers only when one of them or a migration is new', async () => {
    writeFile('sql/views/marks.sql', 'CREATE TABLE IF NOT EXISTS mark (id int); INSERT INTO mark VALUES (1);');
    await migrate(server.ownerUrl, options);
    writeFile('sql/functions/other.sql', "CREATE OR REPLACE FUNCTION two() RETURNS int LANGUAGE sql AS 'SELECT 2';");
    await migrate(server.ownerUrl, options);
    expect(await run(server.ownerUrl, 'SELECT two(), count(*)::int FROM mark')).toEqual([{ two: 2, count: 1 }]);
    writeFile('sql/triggers/none.sql', 'SELECT 1;');
    await migrate(server.ownerUrl, options);
    expect(await run(server.ownerUrl, 'SELECT count(*)::int FROM mark')).toEqual([{ count: 2 }]);
  });

  it('is applied again when a file changes or a migration is added', async () => {
    writeFile('sql/functions/count.sql', "CREATE OR REPLACE FUNCTION one() RETURNS int LANGUAGE sql AS 'SELECT 11';");
    expect(await migrate(server.ownerUrl, options)).toEqual(['sql']);
    expect(await run(server.ownerUrl, 'SELECT one()')).toEqual([{ one: 11 }]);
    writeFile('migrations/20260104000000_fourth/migration.sql', 'DROP FUNCTION one();');
    expect(await migrate(server.ownerUrl, options)).toEqual(['20260104000000_fourth', 'sql']);
    expect(await run(server.ownerUrl, 'SELECT one()')).toEqual([{ one: 11 }]);
  });

  it('names the file and the line of an error and leaves nothing behind', async () => {
    writeFile('sql/functions/alpha.sql', "CREATE FUNCTION alpha() RETURNS int LANGUAGE sql AS 'SELECT 1';");
    writeFile('sql/views/broken.sql', 'SELECT 1;\nSELECT * FROM missing;');
    await expect(migrate(server.ownerUrl, options)).rejects.toThrow(/sql\/views\/broken.sql failed: .*missing.*line 2/);
    await expect(run(server.ownerUrl, 'SELECT alpha()')).rejects.toThrow('does not exist');
    expect(await pendingMigrations(server.ownerUrl, options.folder)).toEqual(['sql']);
  });

  it('rejects a file that has no place in the order', async () => {
    writeFile('sql/tables/table.sql', 'SELECT 1');
    await expect(migrate(server.ownerUrl, options)).rejects.toThrow('tables/table.sql');
  });
});

describe('the migrations of this version', () => {
  it('declare what the schema declares', async () => {
    expect(await diffSchema(join(import.meta.dirname, '../schema'))).toContain('This is an empty migration.');
  });

  it('change nothing when the folder sql is applied twice', async () => {
    const url = await createDatabase('twice');
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
  expect(await run(url, "SELECT current_setting('statement_timeout') AS timeout")).toEqual([{ timeout: '15s' }]);
});

test('shares the logins between two databases prepared concurrently', async () => {
  const second = await createDatabase('second');
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
