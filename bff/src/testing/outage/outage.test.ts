import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { printLine } from '../../core/print-line.ts';
import { type DemoSession, expectRenamesAudited, signInToDemo, unauditedVersions } from '../fixtures/demo-session.ts';
import { type ServerProcess, startServerProcess } from '../fixtures/server-process.ts';
import { isKnobSet, knob } from '../knobs.ts';
import { median } from '../percentile.ts';
import { type FragileDatabase, startFragileDatabase } from './database.ts';
import { type Client, type Seen, underLoad } from './load.ts';

const ROUNDS = knob('TEST_OUTAGE_ROUNDS');
const SECONDS = knob('TEST_OUTAGE_SECONDS');
const LOGINS = ['server', 'platform', 'sync', 'auth', 'queue'];
/** By hand, on a machine without other work, the promise; otherwise what is no accident. */
const BOUNDS = isKnobSet('TEST_OUTAGE_ROUNDS')
  ? { refusal: 2_000, recovery: 5_000 }
  : { refusal: 6_000, recovery: 15_000 };
const TIMEOUT = 120_000 + ROUNDS * (SECONDS + 40) * 1_000;
const MANY = '1000000';
const LIMITS = { RATE_LIMIT_ADDRESS: MANY, RATE_LIMIT_ACTOR: MANY, RATE_LIMIT_TENANT: MANY };
const SETTINGS = { LOG_LEVEL: 'silent', SEED: 'demo', ...LIMITS };

interface Product {
  server: ServerProcess;
  session: DemoSession;
  /** Versions without an audit row at the start. */
  unaudited: number;
  acknowledged: string[];
}

async function startProduct(settings: Record<string, string>): Promise<Product> {
  const server = await startServerProcess({ ...SETTINGS, ...settings });
  const session = await signInToDemo(server.url);
  return { server, session, unaudited: await unauditedVersions(session), acknowledged: [] };
}

/** Twelve clients: a third of them write. */
function clientsOf({ session }: Product): Client[] {
  const run = Math.random().toString(36).slice(2);
  return Array.from({ length: 4 }, (_, index) => [
    { isWrite: false, send: session.me },
    { isWrite: false, send: session.members },
    { isWrite: true, send: (turn: number) => session.rename(`Acme ${run} ${index}-${turn}`) },
  ]).flat();
}

/** Lets the fault happen as often as the knob says, and checks every answer of its clients. */
async function endure(product: Product, name: string, fault: () => Promise<unknown>): Promise<void> {
  const rounds: { seen: Seen[]; recoveryMs: number }[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const { seen, recoveryMs } = await underLoad(clientsOf(product), fault);
    rounds.push({ seen, recoveryMs });
    const written = seen.filter(({ isWrite, status }) => isWrite && status === 200);
    product.acknowledged.push(...written.map(({ requestId }) => requestId));
    await expectRenamesAudited(product.session, product);
  }
  const seen = rounds.flatMap((round) => round.seen);
  const refused = seen.filter(({ status }) => status === 503);
  const recoveries = rounds.map(({ recoveryMs }) => recoveryMs);
  printLine(
    `${name}: ${ROUNDS} rounds, ${seen.length} requests, ${refused.length} refused, slowest refusal ` +
      `${Math.round(Math.max(0, ...refused.map(({ ms }) => ms)))} ms, normal after ${Math.round(median(recoveries))} ms ` +
      `(at most ${Math.round(Math.max(...recoveries))}), load ${loadavg()[0]?.toFixed(1)}`,
  );
  expect([...new Set(seen.map(({ status }) => status))].filter((status) => status !== 200 && status !== 503)).toEqual(
    [],
  );
  expect(refused.filter(({ retryAfter }) => !/^\d+$/.test(retryAfter ?? ''))).toEqual([]);
  expect(Math.max(0, ...refused.map(({ ms }) => ms))).toBeLessThan(BOUNDS.refusal);
  expect(Math.max(...recoveries)).toBeLessThan(BOUNDS.recovery);
}

describe('a server whose database', { timeout: TIMEOUT }, () => {
  let database: FragileDatabase;
  let product: Product | undefined;
  let dataDir: string;
  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'rolecall-outage-'));
    database = await startFragileDatabase();
    product = await startProduct({ DATA_DIR: dataDir, DATABASE_URL: database.ownerUrl });
  });
  afterAll(async () => {
    // One that did not start has nothing to stop, unlike its database.
    const exitCode = product ? await product.server.kill('SIGTERM') : 0;
    await database.stop();
    expect(exitCode, 'exit code of an orderly stop').toBe(0);
    await rm(dataDir, { recursive: true, force: true });
  });

  it.each(LOGINS)('ends connections of the login %s answers 200 or 503', async (login) => {
    await endure(product as Product, `connections of ${login} ended`, () =>
      database.endConnections(`rolecall_${login}`, 5),
    );
  });

  it('is stopped answers 503 until it is back', async () => {
    await endure(product as Product, `stopped for ${SECONDS} s`, () => database.stopFor(SECONDS));
  });

  it('has no connection left answers 503 until there are some', async () => {
    await endure(product as Product, `no connections for ${SECONDS} s`, () => database.takeConnectionsFor(SECONDS));
  });

  it('has a full disk answers 503 until there is space', async ({ skip }) => {
    if (database.whyNoDisk !== null) printLine(`skipped: ${database.whyNoDisk}`);
    skip(database.whyNoDisk !== null, database.whyNoDisk ?? '');
    await endure(product as Product, `full disk for ${SECONDS} s`, () => database.fillDiskFor(SECONDS));
  });
});

describe('a server whose embedded PostgreSQL', { timeout: TIMEOUT }, () => {
  let product: Product;
  let dataDir: string;
  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'rolecall-outage-'));
    product = await startProduct({ DATA_DIR: dataDir });
  });
  afterAll(async () => {
    expect(await product.server.kill('SIGTERM'), 'exit code of an orderly stop').toBe(0);
    await rm(dataDir, { recursive: true, force: true });
  });

  it('is killed starts it again and answers 503 until then', async () => {
    const restarts = () => product.server.output().split('PostgreSQL is running again').length - 1;
    await endure(product, 'embedded PostgreSQL killed', async () => {
      const before = restarts();
      process.kill(Number(readFileSync(join(dataDir, 'postgres/postmaster.pid'), 'utf8').split('\n')[0]), 'SIGKILL');
      await vi.waitFor(() => expect(restarts()).toBe(before + 1), { timeout: 30_000 });
    });
  });
});
