import { v7 as uuid } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inScope } from '../../db/scope.ts';
import {
  aMember,
  aStaffMember,
  aTenant,
  aUser,
  type TestTenant,
  type TestUser,
} from '../../testing/fixtures/builders.ts';
import { type Harness, startHarness } from '../../testing/fixtures/harness.ts';

let harness: Harness;
let owner: TestUser;
let member: TestUser;
let memberId: string;
let support: TestUser;
let tenant: TestTenant;

beforeAll(async () => {
  harness = await startHarness();
  owner = await aUser(harness, { name: 'Olga Owner' });
  tenant = await aTenant(harness, { owner });
  member = await aUser(harness, { name: 'Mia Member' });
  memberId = await aMember(harness, tenant, member, 'member');
  support = await aUser(harness, { name: 'Sam Support' });
  await aStaffMember(harness, support, 'support');
});
afterAll(() => harness.close());

const explain = (asker: TestUser, about: { id: string }, permission: string, path = tenant.path) =>
  asker.call('GET', `${path}/access/explain?userId=${encodeURIComponent(about.id)}&permission=${permission}`);
const holders = (asker: TestUser, query: string) => asker.call('GET', `${tenant.path}/access/holders?${query}`);
const assignRole = async (roleId: string, validUntil: Date | null = null) => {
  const roles = [{ roleId: tenant.roleId('member') }, { roleId, validUntil: validUntil?.toISOString() }];
  const answer = await owner.call('PATCH', `${tenant.path}/members/${memberId}`, { roles });
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
};
const now = () => new Date().toISOString();
const newRole = async (name: string, permissions: string[], parentRoleId?: string) =>
  (await owner.call('POST', `${tenant.path}/roles`, { name, permissions, parentRoleId })).body;

describe('an allowed access', () => {
  it('names the role, its grantor and the path to the role that grants it', async () => {
    const top = await newRole('Top', ['audit:read']);
    const middle = await newRole('Middle', [], top.id);
    const bottom = await newRole('Bottom', ['members:invite'], middle.id);
    await assignRole(bottom.id);
    const { body } = await explain(owner, member, 'audit:read');
    expect(body).toMatchObject({
      allowed: true,
      missing: null,
      grants: [],
      eligibleGrantors: [],
      tenant: { slug: tenant.slug },
    });
    expect(body.user).toMatchObject({ id: member.id, name: 'Mia Member', email: member.email });
    expect(body.paths).toHaveLength(1);
    expect(body.paths[0]).toMatchObject({
      ...{ via: 'tenant', membershipId: memberId, isDirect: false, validUntil: null },
      role: { id: bottom.id, name: 'Bottom', isOwner: false, version: 1 },
      grantedBy: { id: owner.id, name: 'Olga Owner' },
    });
    expect(body.paths[0].inheritedThrough.map(({ name }: { name: string }) => name)).toEqual([
      'Bottom',
      'Middle',
      'Top',
    ]);
    const direct = (await explain(owner, member, 'members:invite')).body.paths[0];
    expect(direct).toMatchObject({ role: { name: 'Bottom' }, isDirect: true, inheritedThrough: [] });
  });

  it('reveals only the platform role of staff', async () => {
    const { body } = await explain(owner, support, 'audit:read');
    expect(body.user).toEqual({ id: support.id, name: null, email: null, imageUrl: null });
    expect(body.paths).toEqual([
      {
        ...{ via: 'platform', membershipId: null, isDirect: true, inheritedThrough: [], conditions: null },
        ...{ validFrom: null, validUntil: null, grantedBy: null, grantedAt: null },
        role: { id: expect.any(String), key: 'support', name: 'Support', isOwner: false, version: 1 },
      },
    ]);
  });
});

describe('a denied access', () => {
  it('is explained alike for staff, users of other tenants and unknown users', async () => {
    const stranger = await aUser(harness);
    for (const person of [support, stranger, { id: 'unknown' }]) {
      const { body } = await explain(owner, person, 'members:remove');
      expect(body).toMatchObject({
        allowed: false,
        missing: { reason: 'unknown_user' },
        paths: [],
        grants: [],
        eligibleGrantors: [],
      });
      expect(body.user).toEqual({ id: person.id, name: null, email: null, imageUrl: null });
    }
  });

  it('begins when the role ends, with a renewal as the suggested grant', async () => {
    const role = await newRole('For a moment', ['roles:create']);
    const end = new Date(Date.now() + 1_500);
    await assignRole(role.id, end);
    expect((await explain(owner, member, 'roles:create')).body.allowed).toBe(true);
    await new Promise((resume) => setTimeout(resume, end.getTime() - Date.now() + 20));
    const { body } = await explain(owner, member, 'roles:create');
    expect(body.missing).toMatchObject({ reason: 'role_ended', role: { id: role.id } });
    expect(new Date(body.missing.at)).toEqual(end);
    expect(body.grants[0]).toMatchObject({
      kind: 'renew_role',
      role: { id: role.id },
      additionalPermissionCount: 0,
      isSufficient: true,
    });
    expect(body.eligibleGrantors.map(({ id }: TestUser) => id)).toEqual([owner.id]);
  });

  it('of an unknown permission is rejected, about others and about oneself', async () => {
    const unknown = { status: 422, errors: { permission: ['unknown_permission'] } };
    const answers = [
      await explain(owner, member, 'castles:build'),
      await explain(member, member, 'castles:build'),
      await holders(owner, 'permission=castles:build'),
      await owner.call(
        'GET',
        `${tenant.path}/access/explain?userId=${member.id}&permission=castles:build&asOf=${now()}`,
      ),
      await owner.call('GET', `${tenant.path}/access/holders?permission=castles:build&asOf=${now()}`),
      await owner.call('GET', `${tenant.path}/access/compare?from=${now()}&to=${now()}&permission=castles:build`),
    ];
    for (const { body } of answers) expect(body).toMatchObject(unknown);
  });
});

describe('asking', () => {
  it('is open to users about themselves, and about others needs the permission', async () => {
    const curious = await aUser(harness);
    const id = await aMember(harness, tenant, curious, 'member');
    expect((await explain(curious, curious, 'members:read')).body.allowed).toBe(true);
    await owner.call('PATCH', `${tenant.path}/members/${id}`, { status: 'suspended' });
    const { status, body } = await explain(curious, curious, 'members:read');
    expect([status, body.missing?.reason]).toEqual([200, 'membership_suspended']);
    await owner.call('PATCH', `${tenant.path}/members/${id}`, { status: 'active' });
    const denied = await explain(curious, owner, 'members:read');
    expect(denied.body).toMatchObject({ code: 'permission_denied', permission: 'access:explain' });
    const log = await owner.call('GET', `${tenant.path}/audit-logs?actorId=${curious.id}&outcome=denied`);
    expect(log.body.data[0]).toMatchObject({ action: 'access.explain', permission: 'access:explain' });
  });

  it('does not reach into other tenants', async () => {
    const other = await aTenant(harness, { owner: await aUser(harness) });
    expect((await explain(owner, owner, 'members:read', other.path)).status).toBe(404);
    const ask = (tenantId: string | null) =>
      inScope({ tenantId, userId: null }, () =>
        Promise.all([
          harness.services.db.server.$queryRaw<object[]>`SELECT * FROM platform_grants('audit:read', NULL, '{}', true)`,
          harness.services.db.server.$queryRaw<object[]>`SELECT * FROM members_with_permissions(ARRAY['audit:read'])`,
        ]),
      );
    expect(await ask(null)).toEqual([[], []]);
    expect(await ask(uuid())).toEqual([[], []]);
    const [platform] = await ask(tenant.id);
    expect(platform.filter((row) => (row as { user_id: string | null }).user_id !== null)).toEqual([]);
  });
});

describe('the holders of a permission', () => {
  it('lists members by name, then unnamed platform roles, page by page', async () => {
    const seen: { user: { name: string } | null; via: string; roles: { name: string }[] }[] = [];
    let cursor = '';
    do {
      const { body } = await holders(owner, `permission=tenant:read&limit=2${cursor}`);
      seen.push(...body.data);
      cursor = body.page.nextCursor ? `&cursor=${body.page.nextCursor}` : '';
    } while (cursor);
    const names = seen.map(({ user }) => user?.name ?? null);
    const members = names.filter((name) => name !== null);
    expect(members).toEqual(['Mia Member', 'Olga Owner', 'Test User']);
    expect(names.slice(members.length).every((name) => name === null)).toBe(true);
    const platform = seen.slice(members.length);
    expect(platform.map(({ roles }) => roles[0]?.name)).toContain('Support');
    expect(platform.every(({ via }) => via === 'platform')).toBe(true);
  });

  it('rejects the cursor of another question and callers without the permission', async () => {
    const { page } = (await holders(owner, 'permission=tenant:read&limit=1')).body;
    const otherQuery = await holders(owner, `permission=members:read&limit=1&cursor=${page.nextCursor}`);
    expect(otherQuery.body.code).toBe('invalid_cursor');
    expect((await holders(member, 'permission=tenant:read')).body.permission).toBe('access:explain');
  });
});
