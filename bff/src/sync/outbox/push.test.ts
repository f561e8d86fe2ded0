import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type RoleSync, startRoleSync } from '../../testing/fixtures/role-sync.ts';

let sync: RoleSync;
beforeAll(async () => {
  sync = await startRoleSync();
});
afterEach(() => sync.stub.faults.stop());
afterAll(() => sync.close());

const roleChanges = (userId: string) =>
  sync.audit({ subjectId: userId, action: { in: ['member.roles_changed', 'user.updated'] } });

describe('role changed here', () => {
  it('is pushed once, and the webhook that follows changes nothing', async () => {
    const user = await sync.createUser();
    const echoes = sync.countUserUpdates(user.id);
    await sync.assignRole(user.id, 'auditor');
    await sync.waitUntilIdle();
    expect(sync.roleAtClerk(user.id)).toBe('auditor');
    expect(echoes()).toBe(1);
    expect(await sync.localRoles(user.id)).toEqual(['auditor']);
    expect(await roleChanges(user.id)).toMatchObject([
      { action: 'member.roles_changed', actorType: 'user' },
      { action: 'user.updated', after: { identityRole: 'auditor' } },
    ]);
  });

  it('many times in a row is pushed in its final state, rate-limited', async () => {
    const user = await sync.createUser();
    const echoes = sync.countUserUpdates(user.id);
    for (const role of ['admin', 'member', 'auditor', 'admin', 'member', 'auditor', 'admin'])
      await sync.assignRole(user.id, role);
    await sync.waitUntilIdle();
    expect(sync.roleAtClerk(user.id)).toBe('admin');
    expect(echoes()).toBeLessThanOrEqual(2);
  });

  it('in an organization is pushed as the role of the membership', async () => {
    const { tenantId, organization, user } = await sync.anOrganizationWithMember();
    await sync.assignRole(user.id, 'admin', tenantId);
    await sync.waitUntilIdle();
    expect(sync.stub.instance.findMembership(organization.id, user.id)?.role).toBe('org:admin');
    expect(await sync.localRoles(user.id, tenantId)).toEqual(['admin']);
  });
});

describe('role changed at the provider', () => {
  it('becomes the primary role and is not pushed back', async () => {
    const user = await sync.createUser();
    const echoes = sync.countUserUpdates(user.id);
    sync.stub.instance.setUserMetadata(user.id, { public: { role: 'admin' } });
    await sync.waitUntilIdle();
    expect(await sync.localRoles(user.id)).toEqual(['admin']);
    expect(echoes()).toBe(1);
    sync.stub.instance.setUserMetadata(user.id, { public: { role: null } });
    await sync.waitUntilIdle();
    expect(await sync.localRoles(user.id)).toEqual(['member']);
  });

  it.each(['owner', 'auditor', 'unknown'])(
    'to %s, which the provider may not grant, is audited as refused',
    async (role) => {
      const user = await sync.createUser();
      sync.stub.instance.setUserMetadata(user.id, { public: { role }, unsafe: { role: 'owner' } });
      await sync.waitUntilIdle();
      expect(await sync.localRoles(user.id)).toEqual(['member']);
      expect(await sync.audit({ subjectId: user.id, action: 'member.role_refused' })).toMatchObject([
        { context: { identityRole: role } },
      ]);
    },
  );

  it('is overridden by a pending push', async () => {
    const user = await sync.createUser();
    sync.stub.faults.schedule('server-error', 'server-error');
    await sync.assignRole(user.id, 'auditor');
    sync.stub.instance.setUserMetadata(user.id, { public: { role: 'admin' } });
    await sync.waitUntilIdle();
    expect([sync.roleAtClerk(user.id), await sync.localRoles(user.id)]).toEqual(['auditor', ['auditor']]);
  });
});

it.each(['reset-after', 'truncated', 'processed-server-error'] as const)(
  'a push that succeeded with the response %s is not repeated',
  async (fault) => {
    const user = await sync.createUser();
    const echoes = sync.countUserUpdates(user.id);
    sync.webhooks.pause();
    sync.stub.faults.schedule(fault);
    await sync.assignRole(user.id, 'auditor');
    await sync.waitUntil(() => sync.isPushed(user.id));
    sync.webhooks.resume();
    await sync.waitUntilIdle();
    expect([sync.roleAtClerk(user.id), echoes()]).toEqual(['auditor', 1]);
  },
);

it('a role that expires is pushed when it does', async () => {
  const user = await sync.createUser();
  await sync.assignRole(user.id, 'admin', undefined, new Date(Date.now() + 2_500));
  await sync.waitUntilIdle();
  expect(sync.roleAtClerk(user.id)).toBe('admin');
  await sync.waitUntil(() => sync.roleAtClerk(user.id) !== 'admin');
});
