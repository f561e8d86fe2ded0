import { createReadStream } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DatabaseCopy } from './fixtures/database-copy.ts';
import { ownDatabase } from './fixtures/own-database.ts';
import { type ServerProcess, startServerProcess } from './fixtures/server-process.ts';

const PASSWORD = 'owner-password-to-be-forgotten';

let folder: string;
let database: DatabaseCopy;
let server: ServerProcess;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rolecall-credentials-'));
  database = await ownDatabase();
  const owner = new pg.Client({ connectionString: database.ownerUrl });
  await owner.connect();
  await owner.query(`ALTER ROLE CURRENT_USER PASSWORD '${PASSWORD}'`);
  await owner.end();
  const url = Object.assign(new URL(database.ownerUrl), { password: PASSWORD }).href;
  server = await startServerProcess({
    DATABASE_URL: url,
    DIRECT_URL: url,
    DATA_DIR: folder,
    SEED: 'demo',
    NODE_OPTIONS: `--heapsnapshot-signal=SIGWINCH --report-on-signal --report-directory=${folder} --diagnostic-dir=${folder}`,
  });
});
afterAll(async () => {
  await server?.kill('SIGTERM');
  await database?.stop();
  await rm(folder, { recursive: true, force: true });
});

describe('a running server', () => {
  it('holds the password of the owner of the database nowhere in its memory', async () => {
    const snapshot = await fileAfter('SIGWINCH', '.heapsnapshot');
    expect(await countIn(snapshot, 'rolecall_server')).toBeGreaterThan(0);
    expect(await countIn(snapshot, PASSWORD)).toBe(0);
  });

  it('has neither DATABASE_URL nor DIRECT_URL in its environment', async () => {
    const { environmentVariables } = JSON.parse(await readFile(await fileAfter('SIGUSR2', '.json'), 'utf8'));
    expect(environmentVariables.DATA_DIR).toBe(folder);
    expect(JSON.stringify(environmentVariables).includes(PASSWORD)).toBe(false);
  });

  it('has warned at its start that only this instance knows its secret key', () => {
    expect(server.output()).toContain('Warning: SECRET_KEY missing');
  });
});

/** Sends the signal, and returns the complete file that Node then writes. */
async function fileAfter(signal: NodeJS.Signals, ending: string): Promise<string> {
  server.signal(signal);
  let size = -1;
  for (;;) {
    await new Promise((resume) => setTimeout(resume, 1_000));
    const name = (await readdir(folder)).find((entry) => entry.endsWith(ending));
    if (!name) continue;
    const { size: now } = await stat(join(folder, name));
    if (now > 0 && now === size) return join(folder, name);
    size = now;
  }
}

async function countIn(file: string, text: string): Promise<number> {
  let rest = '';
  let count = 0;
  for await (const chunk of createReadStream(file, 'utf8')) {
    const piece = rest + chunk;
    count += piece.split(text).length - 1;
    rest = piece.slice(-(text.length - 1));
  }
  return count;
}
