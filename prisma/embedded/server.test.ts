import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, expect, test } from 'vitest';
import { isAlive } from './processes.ts';
import { resetDatabaseServer, startDatabaseServer } from './server.ts';

const dataDir = mkdtempSync(join(tmpdir(), 'rolecall-server-'));
const lockFile = join(dataDir, 'rolecall.lock');
const log = () => {};

afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

async function query(url: string, sql: string) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

async function startInAnotherProcess(): Promise<{ child: ChildProcess; postmaster: number }> {
  const server = JSON.stringify(join(import.meta.dirname, 'server.ts'));
  const script = `const { startDatabaseServer } = await import(${server});
    await startDatabaseServer({ dataDir: process.argv[1], log() {} });
    console.log('ready');
    setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', script, dataDir], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(child.stdout, 'data');
  return {
    child,
    postmaster: Number(readFileSync(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0]),
  };
}

test('creates the database after an interrupted start and finds the data again', async () => {
  mkdirSync(join(dataDir, 'postgres.draft-1', 'data'), { recursive: true });
  writeFileSync(lockFile, JSON.stringify({ pid: process.pid, startedAt: 'an earlier process with this number' }));
  const first = await startDatabaseServer({ dataDir, log });
  await query(first.ownerUrl, "CREATE TABLE kept AS SELECT 'still here' AS word");
  await Promise.all([first.stop(), first.stop()]);
  expect(existsSync(lockFile)).toBe(false);
  expect(existsSync(join(dataDir, 'postgres.draft-1'))).toBe(false);

  const second = await startDatabaseServer({ dataDir, log });
  try {
    expect(await query(second.ownerUrl, 'SELECT word FROM kept')).toEqual([{ word: 'still here' }]);
    expect(
      await query(
        second.ownerUrl,
        "SELECT current_setting('fsync') AS fsync, current_setting('listen_addresses') AS address",
      ),
    ).toEqual([{ fsync: 'on', address: '127.0.0.1' }]);
  } finally {
    await second.stop();
  }
});

test('binds the owner by row security and closes the database to others', async () => {
  const server = await startDatabaseServer({ dataDir, log });
  try {
    const [powers] = await query(
      server.ownerUrl,
      `SELECT rolsuper, rolbypassrls, d.datacl::text NOT LIKE '%{=%' AND d.datacl::text NOT LIKE '%,=%' AS closed
       FROM pg_roles, pg_database d WHERE rolname = current_user AND datname = current_database()`,
    );
    expect(powers).toEqual({ rolsuper: false, rolbypassrls: false, closed: true });
    const withoutPassword = server.ownerUrl.replace(/:[^:@]+@/, ':wrong@');
    await expect(query(withoutPassword, 'SELECT 1')).rejects.toThrow('password authentication failed');
  } finally {
    await server.stop();
  }
});

test('rejects a folder in use and replaces the server of a killed process', async () => {
  const { child, postmaster } = await startInAnotherProcess();
  await expect(startDatabaseServer({ dataDir, log })).rejects.toThrow(
    `in use by another running Rolecall (process ${child.pid})`,
  );
  await expect(resetDatabaseServer(dataDir)).rejects.toThrow('in use');

  child.kill('SIGKILL');
  await once(child, 'exit');
  expect(isAlive(postmaster)).toBe(true);
  const said: string[] = [];
  const next = await startDatabaseServer({ dataDir, log: (line) => said.push(line) });
  try {
    expect(said).toEqual([expect.stringContaining(`process ${postmaster}`)]);
    expect(isAlive(postmaster)).toBe(false);
    expect(await query(next.ownerUrl, 'SELECT word FROM kept')).toEqual([{ word: 'still here' }]);
  } finally {
    await next.stop();
  }
});

test('deletes the database on reset', async () => {
  await resetDatabaseServer(dataDir);
  const server = await startDatabaseServer({ dataDir, log });
  try {
    await expect(query(server.ownerUrl, 'SELECT word FROM kept')).rejects.toThrow('does not exist');
  } finally {
    await server.stop();
  }
});
