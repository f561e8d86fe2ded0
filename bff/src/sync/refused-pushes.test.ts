import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { REFUSALS } from '../clerk-stub/faults/kinds.ts';
import { type RoleSync, startRoleSync } from '../testing/fixtures/role-sync.ts';
import { pushPending } from './outbox/push.ts';
import { followRun, reconcileOnce } from './reconcile/runner.ts';

let sync: RoleSync;
beforeAll(async () => {
  sync = await startRoleSync();
});
afterEach(() => sync.stub.faults.stop());
afterAll(() => sync.close());

const db = () => sync.harness.services.db.sync;
const driftOf = async (how: Parameters<typeof reconcileOnce>[1] = {}) => {
  const run = await reconcileOnce(sync.harness.services, how);
  expect(run).toMatchObject({ status: 'done', error: null });
  await push();
  return (await db().syncDrift.findMany({ where: { runId: run.id } })).map(
    ({ userId, objectId, kind, state, note }) => ({
      userId: userId ?? objectId,
      kind,
      state,
      note,
    }),
  );
};
/** Pushes what a run has queued now, not within a minute. */
async function push() {
  const { config, db, log, identity } = sync.harness.services;
  if (!identity.directory) throw new Error('Clerk has one');
  await pushPending({ config, db, log, directory: identity.directory }, AbortSignal.timeout(10_000));
  await sync.waitUntilIdle();
}
const pushOf = (objectId: string) =>
  db().identityPush.findFirst({ where: { objectId }, orderBy: { requestedAt: 'desc' } });
/** Refuses every write to the provider. */
const refuse = (fault: (typeof REFUSALS)[number]) =>
  sync.stub.faults.start({ probability: 1, among: [fault], where: ({ method }) => method !== 'GET' });

/** An organization whose tenant a user joins by an invitation made here. */
async function joinByInvitation({ role = 'admin', before = () => {} }: { role?: string; before?: () => void } = {}) {
  const { tenantId, organization } = await sync.anOrganizationWithMember();
  const { id: userId } = sync.stub.instance.createUser({ email: `${crypto.randomUUID()}@example.test` });
  await sync.waitUntilIdle();
  await accept(tenantId, userId, role, before);
  return { tenantId, organizationId: organization.id, userId };
}
async function accept(tenantId: string, userId: string, role: string, before = () => {}) {
  const { email } = await db().user.findFirstOrThrow({ where: { id: userId } });
  const { id: roleId } = await db().role.findFirstOrThrow({ where: { tenantId, key: role } });
  const body = { email, roleIds: [roleId] };
  const made = await sync.owner('POST', `/api/admin/tenants/${tenantId}/invitations`, body);
  expect(made.status, JSON.stringify(made.body)).toBe(201);
  before();
  expect((await sync.as(userId)('POST', `/api/invitations/${made.body.token}/accept`, {})).status).toBe(200);
  await sync.waitUntilIdle();
}
const roleThere = (organizationId: string, userId: string) =>
  sync.stub.instance.findMembership(organizationId, userId)?.role ?? null;

describe('a member of an organization who joined here', () => {
  it.each([
    ['admin', 'org:admin'],
    ['auditor', 'org:member'],
  ])('as %s is made a member there as %s', async (role, there) => {
    const { tenantId, organizationId, userId } = await joinByInvitation({ role });
    expect(roleThere(organizationId, userId)).toBe(there);
    expect(await pushOf(userId)).toMatchObject({ status: 'done', lastError: null });
    expect(await sync.localRoles(userId, tenantId)).toEqual([role]);
    expect((await driftOf()).filter((one) => one.userId === userId)).toEqual([]);
    expect(await sync.localRoles(userId, tenantId)).toEqual([role]);
  });

  it.each(REFUSALS)('is drift while the provider answers %s, and made there by a run that pushes', async (fault) => {
    const { tenantId, organizationId, userId } = await joinByInvitation({ before: () => refuse(fault) });
    expect(await pushOf(userId)).toMatchObject({ status: 'dead', lastError: expect.stringMatching(/\w/) });
    const drift = { userId, kind: 'extra', state: 'open', note: 'push_refused' };
    expect((await driftOf({ mode: 'report' })).filter((one) => one.userId === userId)).toEqual([drift]);
    expect((await driftOf()).filter((one) => one.userId === userId)).toEqual([drift]);
    expect(await sync.localRoles(userId, tenantId)).toEqual(['admin']);

    sync.stub.faults.stop();
    const pushed = (await driftOf({ direction: 'push' })).filter((one) => one.userId === userId);
    expect(pushed).toEqual([{ userId, kind: 'extra', state: 'queued', note: null }]);
    expect(roleThere(organizationId, userId)).toBe('org:admin');
    expect((await driftOf()).filter((one) => one.userId === userId)).toEqual([]);
  });

  it('again, after leaving there, is not ended by the next run', async () => {
    const { tenantId, organization, user } = await sync.anOrganizationWithMember();
    sync.stub.instance.changeEmail(user.id, `${crypto.randomUUID()}@example.test`);
    sync.stub.instance.removeMembership(organization.id, user.id);
    await sync.waitUntilIdle();
    await accept(tenantId, user.id, 'admin', () => refuse('not-found'));
    const found = (await driftOf()).filter((one) => one.userId === user.id);
    expect(found).toEqual([{ userId: user.id, kind: 'extra', state: 'open', note: 'push_refused' }]);
    expect(await sync.localRoles(user.id, tenantId)).toEqual(['admin']);
  });

  it('is repaired by the push of the selected difference', async () => {
    const { organizationId, userId } = await joinByInvitation({ before: () => refuse('not-found') });
    sync.stub.faults.stop();
    const run = await reconcileOnce(sync.harness.services, { mode: 'report' });
    const { id } = await db().syncDrift.findFirstOrThrow({ where: { runId: run.id, userId } });
    const repair = (direction: string) =>
      sync.owner('POST', `/api/admin/sync-runs/${run.id}/drift/repair`, { ids: [id], direction });
    const repaired = async (direction: string) => {
      expect((await repair(direction)).status).toBe(200);
      await followRun(sync.harness.services, run.id);
      await push();
      return db().syncDrift.findFirstOrThrow({ where: { id } });
    };
    expect(await repaired('pull')).toMatchObject({ state: 'open', note: 'unknown_at_provider' });
    expect(roleThere(organizationId, userId)).toBeNull();
    expect(await repaired('push')).toMatchObject({ state: 'queued', note: null });
    expect(roleThere(organizationId, userId)).toBe('org:admin');
  });
});

describe('a role that the provider refuses', () => {
  it.each(REFUSALS)('with %s stays here, as drift', async (fault) => {
    const user = await sync.createUser();
    refuse(fault);
    await sync.assignRole(user.id, 'admin');
    await sync.waitUntilIdle();
    expect(await pushOf(user.id)).toMatchObject({ status: 'dead', pushedAt: null });
    const drift = { userId: user.id, kind: 'role', state: 'open', note: 'push_refused' };
    expect((await driftOf()).filter((one) => one.userId === user.id)).toEqual([drift]);
    expect(await sync.localRoles(user.id)).toEqual(['admin']);
    sync.stub.faults.stop();
    await driftOf({ direction: 'push' });
    expect(sync.roleAtClerk(user.id)).toBe('admin');
    expect((await driftOf()).filter((one) => one.userId === user.id)).toEqual([]);
  });

  it.each(REFUSALS)('in an organization with %s stays here, as drift', async (fault) => {
    const { tenantId, user } = await sync.anOrganizationWithMember();
    refuse(fault);
    await sync.assignRole(user.id, 'admin', tenantId);
    await sync.waitUntilIdle();
    expect((await pushOf(user.id))?.status).toBe('dead');
    const drift = { userId: user.id, kind: 'role', state: 'open', note: 'push_refused' };
    expect((await driftOf()).filter((one) => one.userId === user.id)).toEqual([drift]);
    expect(await sync.localRoles(user.id, tenantId)).toEqual(['admin']);
  });

  it('is not believed to be there on our word: done means that the provider said so', async () => {
    const user = await sync.createUser();
    await sync.assignRole(user.id, 'admin');
    await sync.waitUntilIdle();
    sync.webhooks.pause();
    sync.stub.instance.setUserMetadata(user.id, { public: { role: null } });
    await sync.assignRole(user.id, 'auditor');
    await sync.assignRole(user.id, 'admin');
    await sync.waitUntil(async () => (await pushOf(user.id))?.status === 'done');
    expect(sync.roleAtClerk(user.id)).toBe('admin');
    sync.webhooks.resume();
    await sync.waitUntilIdle();
  });

  it('leaves no push of a member whom the provider removed', async () => {
    const { tenantId, organization, user } = await sync.anOrganizationWithMember();
    sync.webhooks.pause();
    sync.stub.instance.removeMembership(organization.id, user.id);
    await sync.assignRole(user.id, 'admin', tenantId);
    await sync.waitUntil(async () => (await pushOf(user.id))?.status === 'dead');
    expect(roleThere(organization.id, user.id)).toBeNull();
    sync.webhooks.resume();
    await sync.waitUntilIdle();
    expect(await pushOf(user.id)).toBeNull();
  });
});
