import { afterAll, beforeAll, expect, it } from 'vitest';
import { ALL_FAULTS } from '../../clerk-stub/faults/kinds.ts';
import { startHarness } from '../../testing/fixtures/harness.ts';
import { type RoleSync, startRoleSync } from '../../testing/fixtures/role-sync.ts';
import { isKnobSet, knob } from '../../testing/knobs.ts';
import { startOutbox } from './job.ts';

const USERS = knob('TEST_FAULTS_USERS');
const TROUBLE_MS = knob('TEST_FAULTS_SECONDS') * 1000;
/** By hand the promise; otherwise what no wait for the provider would leave. */
const P95_MS = isKnobSet('TEST_FAULTS_SECONDS') ? 500 : 10_000;
const ROLES = ['admin', 'auditor', 'member'];

let sync: RoleSync;
beforeAll(async () => {
  sync = await startRoleSync();
});
afterAll(() => sync.close());

it('pushes to a failing provider respect its delays and arrive once', {
  timeout: TROUBLE_MS + 120_000,
}, async () => {
  const other = await startHarness(sync.settings);
  const stopOther = await startOutbox(other.services);
  const users = await Promise.all(Array.from({ length: USERS }, () => sync.createUser()));
  const echoes = new Map(users.map(({ id }) => [id, sync.countUserUpdates(id)]));
  const changes = new Map<string, number>();
  const waits: number[] = [];

  sync.stub.faults.start({ probability: 0.7, among: ALL_FAULTS }, { retryAfterSeconds: 2 });
  for (let turn = 0, end = Date.now() + TROUBLE_MS; Date.now() < end; turn++) {
    const user = users[turn % USERS] as (typeof users)[number];
    const startedAt = performance.now();
    await sync.assignRole(user.id, ROLES[(turn + Math.floor(turn / USERS)) % 3] as string);
    waits.push(performance.now() - startedAt);
    changes.set(user.id, (changes.get(user.id) ?? 0) + 1);
    await new Promise((resume) => setTimeout(resume, 60));
  }
  sync.stub.faults.stop();
  const kinds = new Set(sync.stub.requests.map(({ fault }) => fault).filter(Boolean));
  const failed = sync.stub.requests.filter(({ fault }) => fault !== null).length;
  const stoppedAt = performance.now();
  await sync.waitUntilIdle();
  const converged = performance.now() - stoppedAt;

  waits.sort((a, b) => a - b);
  const p95 = waits[Math.floor(waits.length * 0.95)] ?? 0;
  process.stdout.write(
    `${waits.length} changes, ${failed} of ${sync.stub.requests.length} calls failed (${kinds.size} kinds): p95 ${p95.toFixed(0)} ms here, agreed ${(converged / 1000).toFixed(1)} s after the trouble\n`,
  );
  expect(failed).toBeGreaterThan(2);
  expect(p95).toBeLessThan(P95_MS);
  expect(converged).toBeLessThan(60_000);
  // Ignores requests that were already under way, and allows for a busy machine.
  expect(sync.stub.faults.requestsBeforeRetryAfter({ graceMs: 300 })).toEqual([]);
  for (const { id } of users) {
    const [here = ''] = await sync.localRoles(id);
    expect(sync.roleAtClerk(id) ?? 'member').toBe(here);
    const updates = await sync.audit({ subjectId: id, action: 'user.updated' });
    expect(echoes.get(id)?.()).toBeLessThanOrEqual(changes.get(id) ?? 0);
    expect(updates.length).toBeLessThanOrEqual(echoes.get(id)?.() ?? 0);
    expect(await sync.audit({ subjectId: id, action: 'member.roles_changed', actorType: { not: 'user' } })).toEqual([]);
  }
  stopOther();
  await other.close();
});
