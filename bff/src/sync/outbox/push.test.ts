import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { aRoleSync, type RoleSync } from '../../testing/fixtures/role-sync.ts';

let sync: RoleSync;
beforeAll(async () => {
  sync = await aRoleSync();
});
afterEach(() => sync.stub.faults.stop());
afterAll(() => sync.close());

const roleChanges = (userId: string) =>
  sync.audit({ subjectId: userId, action: { in: ['member.roles_changed', 'user.updated'] } });

describe('role changed here', () => {
  it('is pushed once, and the webhook that follows changes nothing', async () => {
    const user = await sync.aPerson();
    const echoes = sync.echoesOf(user.id);
    await sync.give(user.id, 'auditor');
    await sync.settled();
    expect(sync.roleAtClerk(user.id)).toBe('auditor');
    expect(echoes()).toBe(1);
    expect(await sync.rolesHere(user.id)).toEqual(['auditor']);
    expect(await roleChanges(user.id)).toMatchObject([
      { action: 'member.roles_changed', actorType: 'user' },
      { action: 'user.updated', after: { identityRole: 'auditor' } },
    ]);
  });

  it('many times in a row is pushed in its final state, rate-limited', async () => {
    const user = await sync.aPerson();
    const echoes = sync.echoesOf(user.id);
    for (const role of ['admin', 'member', 'auditor', 'admin', 'member', 'auditor', 'admin'])
      await sync.give(user.id, role);
    await sync.settled();
    expect(sync.roleAtClerk(user.id)).toBe('admin');
    expect(echoes()).toBeLessThanOrEqual(2);
  });

  it('in an organization is pushed as the role of the membership', async () => {
    const { tenantId, organization, user } = await sync.anOrganizationWithMember();
    await sync.give(user.id, 'admin', tenantId);
    await sync.settled();
    expect(sync.stub.instance.findMembership(organization.id, user.id)?.role).toBe('org:admin');
    expect(await sync.rolesHere(user.id, tenantId)).toEqual(['admin']);
  });
});

describe('role changed at the provider', () => {
  it('becomes the primary role and is not pushed back', async () => {
    const user = await sync.aPerson();
    const echoes = sync.echoesOf(user.id);
    sync.stub.instance.setUserMetadata(user.id, { public: { role: 'admin' } });
    await sync.settled();
    expect(await sync.rolesHere(user.id)).toEqual(['admin']);
    expect(echoes()).toBe(1);
    sync.stub.instance.setUserMetadata(user.id, { public: { role: null } });
    await sync.settled();
    expect(await sync.rolesHere(user.id)).toEqual(['member']);
  });

  it.each(['owner', 'auditor', 'unknown'])(
    'to %s, which the provider may not grant, is audited as refused',
    async (role) => {
      const user = await sync.aPerson();
      sync.stub.instance.setUserMetadata(user.id, { public: { role }, unsafe: { role: 'owner' } });
      await sync.settled();
      expect(await sync.rolesHere(user.id)).toEqual(['member']);
      expect(await sync.audit({ subjectId: user.id, action: 'member.role_refused' })).toMatchObject([
        { context: { identityRole: role } },
      ]);
    },
  );

  it('is overridden by a pending push', async () => {
    const user = await sync.aPerson();
    sync.stub.faults.schedule('server-error', 'server-error');
    await sync.give(user.id, 'auditor');
    sync.stub.instance.setUserMetadata(user.id, { public: { role: 'admin' } });
    await sync.settled();
    expect([sync.roleAtClerk(user.id), await sync.rolesHere(user.id)]).toEqual(['auditor', ['auditor']]);
  });
});

it.each(['reset-after', 'truncated', 'processed-server-error'] as const)(
  'a push that succeeded with the response %s is not repeated',
  async (fault) => {
    const user = await sync.aPerson();
    const echoes = sync.echoesOf(user.id);
    sync.webhooks.pause();
    sync.stub.faults.schedule(fault);
    await sync.give(user.id, 'auditor');
    await sync.until(() => sync.isTold(user.id));
    sync.webhooks.resume();
    await sync.settled();
    expect([sync.roleAtClerk(user.id), echoes()]).toEqual(['auditor', 1]);
  },
);

it('a role that expires is pushed when it does', async () => {
  const user = await sync.aPerson();
  await sync.give(user.id, 'admin', undefined, new Date(Date.now() + 2_500));
  await sync.settled();
  expect(sync.roleAtClerk(user.id)).toBe('admin');
  await sync.until(() => sync.roleAtClerk(user.id) !== 'admin');
});
