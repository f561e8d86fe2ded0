import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PLATFORM_TENANT_ID } from '../../access/permissions.ts';
import { pushPending } from '../../sync/outbox/push.ts';
import { startRunner } from '../../sync/reconcile/runner.ts';
import { aStaffMember, aUser } from '../../testing/fixtures/builders.ts';
import { type ClerkProduct, startClerkProduct } from '../../testing/fixtures/clerk-product.ts';
import { type Caller, startHarness } from '../../testing/fixtures/harness.ts';
import { disagreements } from '../../testing/oracles/provider-state.ts';

const RUNS = '/api/admin/sync-runs';

let product: ClerkProduct;
let owner: { id: string; call: Caller };
let organizationId: string;
const users: string[] = [];
beforeAll(async () => {
  product = await startClerkProduct({ BOOTSTRAP_OWNER: 'owner@example.test', USER_PROVISIONING: 'first-request' });
  const { instance } = product.stub;
  const { id } = instance.createUser({ email: 'owner@example.test', firstName: 'Olga' });
  owner = { id, call: product.as(id) };
  for (let index = 0; index < 12; index++) users.push(instance.createUser({ firstName: `Person ${index}` }).id);
  organizationId = instance.createOrganization({ name: 'School', createdBy: id }).id;
  for (const user of users) instance.addMembership(organizationId, user);
});
afterAll(() => product.close());

/** Runs the background runner, as a server does, until the run has ended. */
async function untilEnded(runId: string, maxElapsedMs = 60_000) {
  const retryPolicy = { maxElapsedMs, initialDelayMs: 20, maxDelayMs: 200 };
  const stop = startRunner(product.harness.services, { retryPolicy });
  for (;;) {
    const { body } = await owner.call('GET', `${RUNS}/${runId}`);
    if (body.status !== 'running') {
      await stop();
      return body;
    }
    await pause(50);
  }
}

const start = (order: object = {}) => owner.call('POST', RUNS, order);
const driftOf = async (runId: string, filter = '') => {
  const answer = await owner.call('GET', `${RUNS}/${runId}/drift?${filter}`);
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
  return answer.body.data;
};
const actionsAbout = async (runId: string) => {
  const rows = await product.harness.services.db.sync.auditLog.findMany({
    where: { tenantId: PLATFORM_TENANT_ID, targetId: runId },
    orderBy: { createdAt: 'asc' },
  });
  return rows.map(({ action, actorType }) => `${action} by ${actorType}`);
};

describe('sync runs', () => {
  it('start one at a time, and are cancelled and resumed', async () => {
    const { status, body: run } = await start({ kind: 'backfill' });
    expect(status).toBe(201);
    expect(run).toMatchObject({ kind: 'backfill', status: 'running', startedBy: { id: owner.id }, finishedAt: null });
    expect((await start()).body).toMatchObject({ status: 409, code: 'sync_running' });

    expect((await owner.call('POST', `${RUNS}/${run.id}/cancel`, {})).body.status).toBe('cancelled');
    expect((await owner.call('POST', `${RUNS}/${run.id}/cancel`, {})).body.code).toBe('sync_not_running');
    expect((await owner.call('POST', `${RUNS}/${run.id}/resume`, {})).body.status).toBe('running');
    expect((await owner.call('POST', `${RUNS}/${run.id}/resume`, {})).body.code).toBe('sync_running');

    const done = await untilEnded(run.id);
    expect(done).toMatchObject({
      status: 'done',
      openDrift: 0,
      counts: { user: { checked: 13 }, membership: { repaired: 13 } },
    });
    expect(await disagreements(product.harness.services, product.stub.instance)).toEqual([]);
    expect((await owner.call('POST', `${RUNS}/${run.id}/resume`, {})).body.code).toBe('conflict');
    expect(await actionsAbout(run.id)).toEqual([
      'sync.started by user',
      'sync.cancelled by user',
      'sync.resumed by user',
      'sync.finished by system',
    ]);
  });

  it('list their drift and repair the selected items', async () => {
    const { instance } = product.stub;
    const [renamed = '', banned = '', removed = '', promoted = ''] = users;
    instance.updateUser(renamed, { lastName: 'Canary' });
    instance.banUser(banned);
    instance.removeMembership(organizationId, removed);
    instance.setMembershipRole(organizationId, promoted, 'org:admin');
    const { body: run } = await start({ mode: 'report' });
    const report = await untilEnded(run.id);
    expect(report).toMatchObject({
      status: 'done',
      openDrift: 4,
      counts: { user: { different: 2 }, membership: { extra: 1, role: 1 } },
    });

    const found = await driftOf(run.id);
    expect(found).toMatchObject([
      { objectType: 'user', user: { id: expect.any(String) }, kind: 'different' },
      { objectType: 'user', kind: 'different' },
      {
        kind: 'role',
        user: { id: promoted },
        tenant: { name: 'School' },
        fields: [{ ours: ['member'], theirs: 'org:admin' }],
      },
      { kind: 'extra', user: { id: removed }, tenant: { name: 'School' } },
    ]);
    expect(JSON.stringify(found)).not.toContain('Canary');
    expect(await driftOf(run.id, `objectId=${banned}`)).toMatchObject([
      { fields: [{ field: 'banned', ours: false, theirs: true }] },
    ]);
    const [oldest] = await driftOf(run.id, 'limit=1');
    expect(oldest).toEqual(found[0]);

    const idOf = (kind: string) => found.find((drift: { kind: string }) => drift.kind === kind)?.id;
    await owner.call('POST', `${RUNS}/${run.id}/drift/ignore`, { ids: [idOf('extra')] });
    expect(
      (await owner.call('POST', `${RUNS}/${run.id}/drift/repair`, { ids: [idOf('role')], direction: 'push' })).body
        .status,
    ).toBe('running');
    expect(await untilEnded(run.id)).toMatchObject({
      openDrift: 2,
      counts: { membership: { queued: 1, repaired: 0 } },
    });
    const { config, db, log, identity } = product.harness.services;
    if (!identity.directory) throw new Error('Clerk has one');
    await pushPending({ config, db, log, directory: identity.directory }, AbortSignal.timeout(5_000));
    expect(instance.findMembership(organizationId, promoted)?.role).toBe('org:member');

    await owner.call('POST', `${RUNS}/${run.id}/drift/repair`, { all: true });
    expect(await untilEnded(run.id)).toMatchObject({ openDrift: 0, counts: { user: { repaired: 2 } } });
    expect((await driftOf(run.id)).map(({ state }: { state: string }) => state).sort()).toEqual([
      'ignored',
      'queued',
      'repaired',
      'repaired',
    ]);
    const [still] = await disagreements(product.harness.services, instance);
    expect(still).toContain(`"${removed}","member"] here, "nothing" there`);
  });

  it('accept either ids or all for a repair', async () => {
    const { body } = await owner.call('GET', `${RUNS}?limit=1`);
    const repair = (order: object) => owner.call('POST', `${RUNS}/${body.data[0].id}/drift/repair`, order);
    expect((await repair({})).status).toBe(422);
    expect((await repair({ all: true, ids: [body.data[0].id] })).status).toBe(422);
  });

  it('wait for the provider, fail in the end and can be resumed', async () => {
    const { faults } = product.stub;
    faults.schedule('retry-after-seconds', 'server-error', 'html-bad-gateway', 'truncated', 'reset-before');
    const { body: patient } = await start();
    expect(await untilEnded(patient.id)).toMatchObject({ status: 'done', error: null });
    expect(faults.requestsBeforeRetryAfter()).toEqual([]);

    faults.start({
      probability: 1,
      among: ['server-error'],
      where: ({ path }) => path.includes('organization_memberships'),
    });
    const { body: run } = await start();
    const failed = await untilEnded(run.id, 500);
    expect(failed).toMatchObject({
      status: 'failed',
      progress: { phase: 'memberships' },
      counts: { user: { checked: 13 } },
    });
    expect(failed.error).toContain('unavailable for too long');
    faults.stop();
    expect((await owner.call('POST', `${RUNS}/${run.id}/resume`, {})).body.error).toBeNull();
    expect(await untilEnded(run.id)).toMatchObject({
      status: 'done',
      counts: { user: { checked: 13 }, membership: { checked: 12 } },
    });
  });

  it('are rejected where the provider has no directory', async () => {
    const harness = await startHarness();
    const admin = await aUser(harness);
    await aStaffMember(harness, admin, 'admin');
    expect((await admin.call('POST', RUNS, {})).body).toMatchObject({ status: 409, code: 'no_directory' });
    expect((await harness.anonymous('GET', '/api/session-info')).body.hasDirectory).toBe(false);
    await harness.close();
  });
});
