import { execFile } from 'node:child_process';
import { statSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { writeBackup } from '@rolecall/prisma/backup';
import { catalogue } from '@rolecall/prisma/catalogue';
import { pendingMigrations } from '@rolecall/prisma/migrate';
import { type Manifest, openBackup, restoreBackup } from '@rolecall/prisma/restore';
import { type DatabaseServer, startDatabaseServer } from '@rolecall/prisma/server';
import { withSuperuserUrl } from '@rolecall/prisma/superuser';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { prepareDatabase } from '../prepare-database.ts';
import { aTenant, aUser, type TestTenant, type TestUser } from '../testing/fixtures/builders.ts';
import type { DatabaseCopy } from '../testing/fixtures/database-copy.ts';
import { type Harness, startHarness } from '../testing/fixtures/harness.ts';
import { PASSWORD } from '../testing/fixtures/known-password.ts';
import { ownDatabase } from '../testing/fixtures/own-database.ts';

const TRICKY = 'tab\t, line\nbreak, back\\slash, \\., \\N, end of rows:\n\\.\n, é, 😀';

let home: string;
let source: DatabaseCopy;
let target: DatabaseServer | undefined;
let harness: Harness;
let owner: TestUser;
let tenant: TestTenant;
const inHome = (name: string) => join(home, name);

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'rolecall-backup-'));
  source = await ownDatabase();
  harness = await startHarness({ DATABASE_URL: source.ownerUrl });
  owner = await aUser(harness);
  tenant = await aTenant(harness, { owner });
  await inSource((client) =>
    client.query(
      `INSERT INTO webhook_event (id, source, type, payload)
       SELECT 'evt_' || number, 'clerk', 'user.updated',
         jsonb_build_object('text', $1::text, 'filler', repeat(md5(number::text), CASE number WHEN 1 THEN 60000 ELSE 60 END))
       FROM generate_series(1, 5000) number`,
      [TRICKY],
    ),
  );
  await harness.services.queue.send('member-roles', { tenantId: tenant.id, id: owner.id }, { after: 3600 });
});

afterAll(async () => {
  await harness?.close();
  await target?.stop();
  await source?.stop();
  await rm(home, { recursive: true, force: true });
});

const inSource = (work: (client: pg.Client) => Promise<unknown>) =>
  withSuperuserUrl(source.dataDir, (url) => query(url, work));

async function query<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  return work(client).finally(() => client.end());
}

function runCommand(command: 'backup' | 'restore', file: string, dataDir: string) {
  const env = { ...process.env, DATA_DIR: dataDir, DATABASE_URL: '' };
  const script = join(import.meta.dirname, `${command}.ts`);
  return promisify(execFile)(process.execPath, [script, file], { cwd: tmpdir(), env });
}

/** Creates roles one after the other, before and while `work` is under way, and returns how many. */
async function whileWriting(work: () => Promise<unknown>): Promise<number> {
  let isOver = false;
  let written = 0;
  const write = async () => {
    const answer = await owner.call('POST', `${tenant.path}/roles`, { name: `Written ${++written}` });
    expect(answer.status).toBe(201);
  };
  await write();
  const writing = (async () => {
    while (!isOver) await write();
  })();
  await work().finally(() => {
    isOver = true;
  });
  await writing;
  return written;
}

describe('backup of a running server', () => {
  let written = 0;
  beforeAll(async () => {
    written = await whileWriting(() => runCommand('backup', inHome('running.gz'), source.dataDir));
    await runCommand('restore', inHome('running.gz'), inHome('target'));
    target = await startDatabaseServer({ dataDir: inHome('target'), log: () => {} });
  });

  it('writes a file that only its owner can read', () => {
    expect(statSync(inHome('running.gz')).mode & 0o777).toBe(0o600);
  });

  it('contains every change before one moment and none after it, in all tables', async () => {
    const counts = await withSuperuserUrl(inHome('target'), (url) =>
      query(url, async (client) => {
        const { rows } = await client.query(
          `SELECT count(*)::int AS roles, max(substr(name, 9)::int) AS last,
             (SELECT count(*)::int FROM audit_log WHERE action = 'role.created' AND target_label LIKE 'Written %') AS audited,
             (SELECT count(*)::int FROM role_version JOIN role USING (tenant_id) WHERE role.id = role_id AND name LIKE 'Written %') AS versions
           FROM role WHERE name LIKE 'Written %'`,
        );
        return rows[0];
      }),
    );
    const { last } = counts;
    expect(counts).toEqual({ roles: last, last, audited: last, versions: last });
    expect(last).toBeGreaterThan(0);
    expect(last).toBeLessThan(written);
  });

  it('sends the jobs that had not ended again, at their time', async () => {
    const jobs = await withSuperuserUrl(inHome('target'), (url) =>
      query(url, async (client) => {
        const { rows } = await client.query(
          `SELECT data, start_after > now() + interval '30 minutes' AS later FROM queue.job WHERE name = 'member-roles'`,
        );
        return rows;
      }),
    );
    expect(jobs).toEqual([{ data: { tenantId: tenant.id, id: owner.id }, later: true }]);
  });
});

describe('restored database', () => {
  let restored: string;
  let manifest: Manifest;
  beforeAll(async () => {
    const file = inHome('idle.gz');
    await withSuperuserUrl(source.dataDir, (url) => writeBackup(url, file));
    restored = await createDatabase('restored');
    manifest = await openBackup(file);
    await restoreBackup(restored, file, manifest);
  });

  it('has the catalogue of the source', async () => {
    expect(await catalogue(restored)).toEqual(await catalogue(source.ownerUrl));
    expect(await pendingMigrations(restored)).toEqual([]);
  });

  it('has the rows of every table, audit log included', async () => {
    const expected = await withSuperuserUrl(source.dataDir, (url) => query(url, contents));
    const found = await withSuperuserUrl(inHome('target'), (url) => query(inDatabase(url, 'restored'), contents));
    expect(found).toEqual(expected);
    expect(manifest.tables).toHaveLength(Object.keys(expected).length);
    expect(Object.keys(expected)).toEqual(expect.arrayContaining(['public.audit_log', 'auth.account']));
  });

  it('lets a user sign in and change what they could, with an audit entry', async () => {
    await prepareDatabase({ databaseUrl: restored, dataDir: home }, () => {});
    const other = await startHarness({ DATABASE_URL: restored });
    try {
      const credentials = { email: owner.email, password: PASSWORD };
      const signedIn = await other.anonymous('POST', '/api/auth/sign-in/email', credentials);
      const cookie = signedIn.headers.getSetCookie().map((line) => line.split(';')[0]);
      const call = other.as(cookie.join('; '));
      expect((await call('POST', `${tenant.path}/roles`, { name: 'After' })).status).toBe(201);
      const log = await call('GET', `${tenant.path}/audit-logs?limit=1`);
      expect(log.body.data[0]).toMatchObject({ action: 'role.created', target: { label: 'After' } });
    } finally {
      await other.close();
    }
  });

  it('still refuses a change without an audit entry', async () => {
    const change = query(restored, async (client) => {
      await client.query(`SELECT set_config('app.current_tenant_id', $1, false)`, [tenant.id]);
      await client.query(`UPDATE tenant SET name = 'Secret'`);
    });
    await expect(change).rejects.toThrow('without an audit row');
  });

  it('is left alone by a second restore', async () => {
    await expect(restoreBackup(restored, inHome('idle.gz'), manifest)).rejects.toThrow('is not empty');
  });
});

it('is written by any login that reads all rows', async () => {
  const login = "CREATE ROLE backup_login LOGIN BYPASSRLS PASSWORD 'secret'; GRANT pg_read_all_data TO backup_login";
  const access = 'GRANT CONNECT ON DATABASE rolecall TO backup_login';
  await inSource((client) => client.query(`${login}; ${access}`));
  const url = Object.assign(new URL(source.ownerUrl), { username: 'backup_login', password: 'secret' }).href;
  expect(await writeBackup(url, inHome('login.gz'))).toBeGreaterThan(5_000);
  expect((await openBackup(inHome('login.gz'))).tables.length).toBeGreaterThan(20);
});

it('is refused to a login that row-level security binds', async () => {
  await expect(writeBackup(source.ownerUrl, inHome('none.gz'))).rejects.toThrow(/CREATE ROLE .* BYPASSRLS/);
});

async function createDatabase(name: string): Promise<string> {
  await withSuperuserUrl(inHome('target'), (url) =>
    query(url, (client) => client.query(`CREATE DATABASE ${name} OWNER rolecall_owner`)),
  );
  return inDatabase(target?.ownerUrl ?? '', name);
}

const inDatabase = (url: string, name: string) => Object.assign(new URL(url), { pathname: `/${name}` }).href;

/** A digest of every table's rows. Transactions are numbered from the latest one back, because a backup renumbers them. */
async function contents(client: pg.Client): Promise<Record<string, unknown>> {
  const { rows: tables } = await client.query<{ name: string; numbered: boolean }>(
    `SELECT nspname || '.' || quote_ident(relname) AS name,
       EXISTS (SELECT 1 FROM pg_attribute WHERE attrelid = pg_class.oid AND attname = 'xid' AND attnum > 0) AS numbered
     FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
     WHERE nspname IN ('public', 'auth') AND relkind IN ('r', 'p') AND NOT relispartition AND relpersistence = 'p'`,
  );
  const found: Record<string, unknown> = {};
  for (const { name, numbered } of tables) {
    const row = numbered ? "to_jsonb(t) || jsonb_build_object('xid', xid - max(xid) OVER ())" : 'to_jsonb(t)';
    const { rows } = await client.query(
      `SELECT count(*)::int AS count, md5(string_agg(line, ',' ORDER BY line COLLATE "C")) AS md5
       FROM (SELECT (${row})::text AS line FROM ${name} t) lines`,
    );
    found[name] = rows[0];
  }
  return found;
}
