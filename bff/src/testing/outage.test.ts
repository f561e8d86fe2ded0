import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type ServerProcess, startServerProcess } from './fixtures/server-process.ts';

const CLIENTS = 12;
const KILLS = 5;
const HEADERS = { 'content-type': 'application/json' };

interface Seen {
  status: number;
  ms: number;
  retryAfter: string | null;
}

let dataDir: string;
let server: ServerProcess;
let cookie: string;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'rolecall-outage-'));
  server = await startServerProcess({ DATA_DIR: dataDir, LOG_LEVEL: 'silent' });
  const answer = await fetch(`${server.url}/api/auth/sign-in/email`, {
    method: 'POST',
    headers: { ...HEADERS, origin: server.url },
    body: JSON.stringify({ email: 'owner@acme.test', password: 'rolecall-demo' }),
  });
  cookie = answer.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ');
});
afterAll(async () => {
  expect(await server.kill('SIGTERM'), 'exit code of an orderly stop').toBe(0);
  await rm(dataDir, { recursive: true, force: true });
});

const postmasterLines = () => readFileSync(join(dataDir, 'postgres/postmaster.pid'), 'utf8').split('\n');

async function me(): Promise<Seen> {
  const startedAt = performance.now();
  const { status, headers } = await fetch(`${server.url}/api/me`, { headers: { cookie } });
  return { status, ms: performance.now() - startedAt, retryAfter: headers.get('retry-after') };
}

/** Sends requests from several clients until `work` is done, and returns all answers. */
async function underLoad(work: () => Promise<void>): Promise<Seen[]> {
  const seen: Seen[] = [];
  let isOver = false;
  const client = async () => {
    while (!isOver) seen.push(await me());
  };
  const clients = Array.from({ length: CLIENTS }, client);
  await work();
  isOver = true;
  await Promise.all(clients);
  return seen;
}

const recovered = () =>
  vi.waitFor(async () => expect((await me()).status).toBe(200), { timeout: 20_000, interval: 100 });

function expectOutageAnswers(seen: readonly Seen[]) {
  expect([...new Set(seen.map(({ status }) => status))].filter((status) => status !== 200 && status !== 503)).toEqual(
    [],
  );
  for (const { status, retryAfter } of seen) if (status === 503) expect(retryAfter).toMatch(/^\d+$/);
}

describe('a lost database connection', () => {
  it.each(['auth', 'server'])('of the login %s neither ends the process nor gives a 500', async (login) => {
    const passwords = JSON.parse(readFileSync(join(dataDir, 'postgres-passwords.json'), 'utf8'));
    const superuser = new pg.Client({
      host: '127.0.0.1',
      port: Number(postmasterLines()[3]),
      user: 'postgres',
      password: passwords.superuser,
      database: 'postgres',
    });
    await superuser.connect();
    const seen = await underLoad(async () => {
      for (let kill = 0; kill < KILLS; kill++) {
        await new Promise((resume) => setTimeout(resume, 100));
        await superuser.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = $1', [
          `rolecall_${login}`,
        ]);
      }
    });
    await superuser.end();
    expectOutageAnswers(seen);
    await recovered();
  });
});

describe('an embedded PostgreSQL that was killed', () => {
  it('restarts, and requests get 503 with Retry-After until then', async () => {
    const seen = await underLoad(async () => {
      process.kill(Number(postmasterLines()[0]), 'SIGKILL');
      await vi.waitFor(() => expect(server.output()).toMatch(/PostgreSQL is running again/), { timeout: 30_000 });
    });
    expectOutageAnswers(seen);
    expect(seen.some(({ status }) => status === 503)).toBe(true);
    await recovered();
  });
});
