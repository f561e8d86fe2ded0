import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type ClerkProduct, startClerkProduct } from '../../testing/fixtures/clerk-product.ts';
import { knob } from '../../testing/knobs.ts';
import { disagreements } from '../../testing/oracles/provider-state.ts';
import type { Counts } from './drift/drift.ts';
import type { Progress } from './run.ts';

/** 50000 for the whole proof. */
const USERS = knob('TEST_BACKFILL_USERS');
const MEMBERS = Math.ceil(USERS / 10);
const KILLED_AT = 0.37;
const SYNC = resolve(import.meta.dirname, '../../cli/sync.ts');

let product: ClerkProduct;
beforeAll(async () => {
  product = await startClerkProduct();
});
afterAll(() => product.close());

/** Starts `pnpm sync --backfill` in its own process. */
function startBackfill() {
  const child = spawn(process.execPath, [SYNC, '--backfill'], {
    cwd: tmpdir(),
    env: { ...process.env, ...product.settings, LOG_LEVEL: 'error' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
  return { child, ended: once(child, 'exit').then(([code]) => code as number | null), output: () => output };
}

/** Returns the peak memory in megabytes; 0 where it is unknown. */
function peakMemory({ pid }: ChildProcess): number {
  try {
    return Math.round(Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024);
  } catch {
    return 0;
  }
}

it(`a backfill of ${USERS} users killed at ${KILLED_AT * 100} % and resumed imports each once`, async () => {
  const { instance } = product.stub;
  const db = product.harness.services.db.sync;
  const ids = Array.from(
    { length: USERS },
    (_, index) => instance.createUser({ email: `p${index}@example.test`, firstName: `Ann ${index}` }).id,
  );
  const { id: organizationId } = instance.createOrganization({ name: 'School', createdBy: ids[0] ?? '' });
  for (const id of ids.slice(1, MEMBERS)) instance.addMembership(organizationId, id);

  const readRun = async () => {
    const run = await db.syncRun.findFirst();
    return (
      run && { ...run, progress: run.progress as unknown as Progress, counts: run.result as unknown as Counts | null }
    );
  };
  const first = startBackfill();
  for (let done = 0; done < USERS * KILLED_AT; done = (await readRun())?.counts?.user.checked ?? 0) {
    if (first.child.exitCode !== null) throw new Error(first.output());
    await pause(2);
  }
  first.child.kill('SIGKILL');
  await first.ended;
  const killed = await readRun();
  expect(killed).toMatchObject({ status: 'running', progress: { phase: 'users' } });
  const atKill = killed?.counts?.user.checked ?? 0;
  expect(atKill).toBeLessThan(USERS);
  expect(await db.user.count()).toBe(atKill);

  const second = startBackfill();
  let memory = 0;
  const watching = setInterval(() => {
    memory = Math.max(memory, peakMemory(second.child));
  }, 200);
  expect(await second.ended, second.output()).toBe(0);
  clearInterval(watching);
  expect(second.output()).toContain('Resuming run');

  const done = await readRun();
  expect(done).toMatchObject({
    id: killed?.id,
    status: 'done',
    counts: { user: { checked: USERS, missing: USERS, repaired: USERS } },
  });
  const created = await db.auditLog.groupBy({ by: ['subjectId'], where: { action: 'user.created' }, _count: true });
  expect(created).toHaveLength(USERS);
  expect(created.filter(({ _count }) => _count !== 1)).toEqual([]);
  expect(await db.auditLog.count({ where: { action: 'member.joined', category: 'membership' } })).toBe(MEMBERS);
  expect(await disagreements(product.harness.services, instance)).toEqual([]);
  process.stdout.write(`${second.output()}killed after ${atKill} of ${USERS}; at most ${memory} MB\n`);
}, 600_000);
