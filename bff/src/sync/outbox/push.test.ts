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

describe('a role changed here', () => {
  it('is told to the provider once, whose word of it is no news and no reason to tell it again', async () => {
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

  it('many times at once is told as it is in the end, and no oftener than the provider takes', async () => {
    const user = await sync.aPerson();
    const echoes = sync.echoesOf(user.id);
    for (const role of ['admin', 'member', 'auditor', 'admin', 'member', 'auditor', 'admin'])
      await sync.give(user.id, role);
    await sync.settled();
    expect(sync.roleAtClerk(user.id)).toBe('admin');
    expect(echoes()).toBeLessThanOrEqual(2);
  });

  it('in an organization is told as the role of its membership', async () => {
    const { tenantId, organization, user } = await sync.anOrganizationWithMember();
    await sync.give(user.id, 'admin', tenantId);
    await sync.settled();
    expect(sync.stub.instance.findMembership(organization.id, user.id)?.role).toBe('org:admin');
    expect(await sync.rolesHere(user.id, tenantId)).toEqual(['admin']);
  });
});

describe('a role changed at the provider', () => {
  it('is the primary role here, and is not told back', async () => {
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

  it.each(['owner', 'auditor', 'nobody-knows'])(
    'to %s, which the provider may not give, changes nothing but the log',
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

  it('while ours is on its way gives way to it', async () => {
    const user = await sync.aPerson();
    sync.stub.faults.schedule('server-error', 'server-error');
    await sync.give(user.id, 'auditor');
    sync.stub.instance.setUserMetadata(user.id, { public: { role: 'admin' } });
    await sync.settled();
    expect([sync.roleAtClerk(user.id), await sync.rolesHere(user.id)]).toEqual(['auditor', ['auditor']]);
  });
});

it.each(['reset-after', 'truncated', 'processed-server-error'] as const)(
  'what was done, though the answer was %s, is not done again',
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

it('a role that ends by itself is told when it does', async () => {
  const user = await sync.aPerson();
  await sync.give(user.id, 'admin', undefined, new Date(Date.now() + 2_500));
  await sync.settled();
  expect(sync.roleAtClerk(user.id)).toBe('admin');
  await sync.until(() => sync.roleAtClerk(user.id) !== 'admin');
});
