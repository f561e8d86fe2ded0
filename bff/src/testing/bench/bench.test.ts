import { cpSync } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { type BenchServer, measure, type Rounds, startBenchServer } from './reads.ts';

/** The events of the biggest tenant are more than a search reads before it turns to its index. */
const USERS = 1_200;
/** Of the bare server's speed. The lists were at a tenth and less of these before they were mended. */
const LEAST: Record<string, number> = {
  'members of 120': 0.05,
  'members, searched': 0.04,
  users: 0.05,
  'users, searched': 0.05,
  'audit log, big': 0.05,
  'audit log, by action': 0.05,
  'audit log, searched': 0.05,
  'audit log of all': 0.05,
  'who am I': 0.03,
};

let dataDir: string;
let server: BenchServer;
let rounds: Rounds;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'rolecall-bench-'));
  cpSync(inject('templateDir'), dataDir, { recursive: true });
  await chmod(join(dataDir, 'postgres'), 0o700);
  server = await startBenchServer(dataDir, USERS);
  const cases = server.cases.filter(({ name }) => name in LEAST);
  rounds = await measure(server, { cases, rounds: 3, seconds: 0.04, connections: 4, targets: ['local', 'bare'] });
});
afterAll(async () => {
  await server?.stop();
  await rm(dataDir, { recursive: true, force: true });
});

it.each(Object.entries(LEAST))('"%s" is not far from the bare server', (name, least) => {
  const ratios = (rounds.get(name) ?? []).map(({ local, bare }) => (local?.perSecond ?? 0) / (bare?.perSecond ?? 0));
  expect(ratios).toHaveLength(3);
  expect(Math.max(...ratios)).toBeGreaterThan(least);
});
