import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import pg from 'pg';
import { startDatabaseServer } from '../embedded/server.ts';
import { ensureLogins } from '../logins/ensure.ts';

/** A server for tests, with the logins and a folder `home` that ends with it. */
export async function startTestServer() {
  const home = mkdtempSync(join(tmpdir(), 'rolecall-migrate-'));
  const dataDir = join(home, 'data');
  const server = await startDatabaseServer({ dataDir, log: () => {} });
  const { ownerUrl } = server;
  await Promise.all([ensureLogins(ownerUrl), ensureLogins(ownerUrl)]);
  const asSuperuser = (sql: string, database = 'postgres') => {
    const { superuser } = JSON.parse(readFileSync(join(dataDir, 'postgres-passwords.json'), 'utf8'));
    const login = { username: 'postgres', password: superuser, pathname: `/${database}` };
    return run(Object.assign(new URL(ownerUrl), login).href, sql);
  };
  return {
    home,
    ownerUrl,
    /** Returns the owner's URL of another database of the same cluster. */
    async createDatabase(
      name: string,
      owner = 'rolecall_owner',
      password = new URL(ownerUrl).password,
    ): Promise<string> {
      await asSuperuser(`CREATE DATABASE ${name} OWNER ${owner}`);
      return Object.assign(new URL(ownerUrl), { username: owner, password, pathname: `/${name}` }).href;
    },
    asSuperuser,
    async stop() {
      await server.stop();
      rmSync(home, { recursive: true, force: true });
    },
  };
}

export async function run(url: string, sql: string) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

export function writeFile(path: string, content: string) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
}
