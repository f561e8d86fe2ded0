import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { insertAudit } from '../../audit/record.ts';
import {
  at,
  clerkMembership,
  clerkOrganization,
  clerkUser,
  startClerkHarness,
} from '../../testing/fixtures/clerk-webhooks.ts';

let clerk: Awaited<ReturnType<typeof startClerkHarness>>;
beforeAll(async () => {
  clerk = await startClerkHarness();
});
afterAll(() => clerk.harness.close());

describe('memberships', () => {
  it('create user and organization if they come first', async () => {
    const [organization, user] = [clerkOrganization(), clerkUser()];
    await clerk.send('organizationMembership.created', clerkMembership(organization, user.id));
    expect(await clerk.user(user.id)).toMatchObject({ name: user.id, identityUpdatedAt: 0n });
    await clerk.send('user.created', user);
    await clerk.send('organization.created', { ...organization, name: 'Named later' });
    expect(await clerk.member(organization.id, user.id)).toMatchObject({
      status: 'active',
      roleKeys: ['member'],
      sortName: 'ada park',
    });
    expect((await clerk.tenantOf(organization.id)).name).toBe('Named later');
  });

  it('make the creator the first owner, and map provider roles', async () => {
    const [creator, other] = [clerkUser(), clerkUser()];
    const organization = clerkOrganization({ created_by: creator.id });
    const second = clerkMembership(organization, other.id, { role: 'org:admin' });
    await clerk.send('organizationMembership.created', second);
    await clerk.send(
      'organizationMembership.created',
      clerkMembership(organization, creator.id, { role: 'org:admin' }),
    );
    expect((await clerk.member(organization.id, creator.id)).roleKeys).toEqual(['admin', 'owner']);
    expect((await clerk.member(organization.id, other.id)).roleKeys).toEqual(['admin']);

    const { tenantId, id: membershipId, userId } = await clerk.member(organization.id, other.id);
    const auditor = await clerk.db.role.findFirstOrThrow({ where: { tenantId, key: 'auditor' } });
    await grantInConsole({ tenantId, membershipId, userId, roleId: auditor.id });
    await clerk.send('organizationMembership.updated', { ...second, role: 'org:unheard_of', updated_at: at(5) });
    expect((await clerk.member(organization.id, other.id)).roleKeys).toEqual(['auditor', 'member']);
    const [change] = await clerk.events({ tenantId, action: 'member.roles_changed' });
    const names = (side: unknown) => (side as { roles: { name: string }[] }).roles.map(({ name }) => name);
    expect([names(change?.before), names(change?.after)]).toEqual([
      ['Admin', 'Auditor'],
      ['Auditor', 'Member'],
    ]);
  });

  it('end by id: an old deletion does not end a newer membership', async () => {
    const [organization, user] = [clerkOrganization(), clerkUser()];
    const first = clerkMembership(organization, user.id);
    const again = clerkMembership(organization, user.id, { created_at: at(30), updated_at: at(30) });
    await clerk.send('organizationMembership.created', first);
    await clerk.send('organizationMembership.created', again);
    expect(await clerk.send('organizationMembership.deleted', { ...first, updated_at: at(20) })).toBe('ignored');
    expect(
      await clerk.send('organizationMembership.updated', { ...first, role: 'org:admin', updated_at: at(10) }),
    ).toBe('ignored');
    expect(await clerk.member(organization.id, user.id)).toMatchObject({
      status: 'active',
      identityMembershipId: again.id,
      roleKeys: ['member'],
    });

    await clerk.send('organizationMembership.deleted', again);
    expect(await clerk.send('organizationMembership.updated', { ...again, updated_at: at(40) })).toBe('ignored');
    expect(await clerk.member(organization.id, user.id)).toMatchObject({ status: 'left', roleKeys: [] });
  });

  it('deleted before their creation never become active', async () => {
    const [organization, user] = [clerkOrganization(), clerkUser()];
    const membership = clerkMembership(organization, user.id);
    await clerk.send('organizationMembership.deleted', membership);
    expect(await clerk.send('organizationMembership.created', membership)).toBe('ignored');
    expect((await clerk.member(organization.id, user.id)).status).toBe('left');
  });

  it('end with their user; a tenant without owner raises an alarm', async () => {
    const creator = clerkUser();
    const organization = clerkOrganization({ created_by: creator.id });
    await clerk.send('user.created', creator);
    await clerk.send(
      'organizationMembership.created',
      clerkMembership(organization, creator.id, { role: 'org:admin' }),
    );
    await clerk.send('user.deleted', { id: creator.id, deleted: true });
    expect(await clerk.member(organization.id, creator.id)).toMatchObject({
      status: 'left',
      roleKeys: [],
      searchText: 'deleted person',
    });
    const tenant = await clerk.tenantOf(organization.id);
    expect(tenant).toMatchObject({ status: 'active', ownerlessSince: expect.any(Date) });
    expect(await clerk.events({ tenantId: tenant.id, severity: 'critical' })).toMatchObject([
      { action: 'tenant.updated' },
    ]);
  });

  it('of one user applied concurrently end in one state', async () => {
    const [user, organizations] = [clerkUser(), [clerkOrganization(), clerkOrganization(), clerkOrganization()]];
    const memberships = organizations.map((organization) =>
      clerkMembership(organization, user.id, { role: 'org:admin' }),
    );
    const results = await Promise.all([
      ...memberships.map((membership) => clerk.send('organizationMembership.created', membership)),
      clerk.send('user.created', user),
      ...organizations.map((organization) => clerk.send('organization.created', organization)),
      ...memberships.map((given) => clerk.send('organizationMembership.updated', { ...given, updated_at: at(7) })),
    ]);
    expect(results).not.toContain('stored');
    for (const { id } of organizations) {
      expect(await clerk.member(id, user.id)).toMatchObject({
        status: 'active',
        sortName: 'ada park',
        roleKeys: ['admin', 'owner'],
      });
    }
  });
});

it('events end in the same state in any order and multiplicity', async () => {
  for (let round = 0; round < 15; round++) {
    const [organization, user] = [clerkOrganization(), clerkUser()];
    const first = clerkMembership(organization, user.id);
    const again = clerkMembership(organization, user.id, { role: 'org:admin', created_at: at(30), updated_at: at(30) });
    const history: [string, Record<string, unknown>][] = [
      ['user.created', user],
      ['user.updated', { ...user, last_name: 'Byron', updated_at: at(5) }],
      ['organization.created', organization],
      ['organization.updated', { ...organization, name: 'Renamed', updated_at: at(6) }],
      ['organizationMembership.created', first],
      ['organizationMembership.deleted', { ...first, updated_at: at(20) }],
      ['organizationMembership.created', again],
    ];
    const order = shuffled([...history, ...history], round);
    for (const [type, data] of order) await clerk.send(type, data);
    const sequence = order.map(([type]) => type).join(', ');
    expect(await clerk.tenantOf(organization.id), sequence).toMatchObject({ name: 'Renamed' });
    expect(await clerk.member(organization.id, user.id), sequence).toMatchObject({
      status: 'active',
      identityMembershipId: again.id,
      roleKeys: ['admin', 'owner'],
      sortName: 'ada byron',
    });
  }
});

/** The same order for the same seed. */
function shuffled<T>(items: T[], seed: number): T[] {
  let state = seed + 1;
  const random = () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
  return items
    .map((item) => ({ item, key: random() }))
    .sort((a, b) => a.key - b.key)
    .map(({ item }) => item);
}

async function grantInConsole(assignment: { tenantId: string; membershipId: string; userId: string; roleId: string }) {
  await clerk.db.$transaction(async (tx) => {
    await tx.membershipRole.create({ data: { ...assignment, id: crypto.randomUUID(), grantedBy: 'user_grantor' } });
    await insertAudit(tx, {
      tenantId: assignment.tenantId,
      actor: { type: 'system', id: 'test', sessionId: null },
      origin: { requestId: 'test', ip: null, userAgent: null },
      action: 'member.joined',
      category: 'membership',
    });
  });
}
