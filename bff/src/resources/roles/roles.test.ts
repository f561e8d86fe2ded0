import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aMember, aTenant, aUser, type TestTenant, type TestUser } from '../../testing/fixtures/builders.ts';
import { type Harness, startHarness } from '../../testing/fixtures/harness.ts';

let harness: Harness;
let owner: TestUser;
let admin: TestUser;
let tenant: TestTenant;
let roles: string;

beforeAll(async () => {
  harness = await startHarness();
  owner = await aUser(harness);
  tenant = await aTenant(harness, { owner });
  admin = await aUser(harness);
  await aMember(harness, tenant, admin, 'admin');
  roles = `${tenant.path}/roles`;
});
afterAll(() => harness.close());

const create = async (name: string, body: object = {}) => {
  const answer = await owner.call('POST', roles, { name, ...body });
  expect(answer.status, JSON.stringify(answer.body)).toBe(201);
  return answer.body;
};

describe('roles', () => {
  it('inherit the current permissions of their parent', async () => {
    const parent = await create('Parent', { permissions: ['members:read'] });
    const child = await create('Child', { permissions: ['audit:read'], parentRoleId: parent.id });
    expect(child.permissions).toMatchObject([
      { code: 'audit:read', inheritedFrom: null },
      { code: 'members:read', inheritedFrom: { id: parent.id } },
    ]);
    const holder = await aUser(harness);
    const row = await aMember(harness, tenant, holder, 'member');
    await owner.call('PATCH', `${tenant.path}/members/${row}`, { roles: [{ roleId: child.id }] });
    await owner.call('PATCH', `${roles}/${parent.id}`, { permissions: ['invitations:read'] });
    const me = await holder.call('GET', '/api/me');
    expect(me.body.memberships[0].permissions).toEqual(['audit:read', 'invitations:read']);
  });

  it('never form a cycle, not even by two concurrent edits', async () => {
    const [a, b] = [await create('A'), await create('B')];
    const answers = await Promise.all([
      owner.call('PATCH', `${roles}/${a.id}`, { parentRoleId: b.id }),
      owner.call('PATCH', `${roles}/${b.id}`, { parentRoleId: a.id }),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
  });

  it('are immutable when they are system roles', async () => {
    for (const role of tenant.roles) {
      expect((await owner.call('PATCH', `${roles}/${role.id}`, { name: 'Mine' })).body.code).toBe('role_is_system');
      expect((await owner.call('DELETE', `${roles}/${role.id}`)).body.code).toBe('role_is_system');
    }
  });

  it('cannot grant unknown permissions or those the actor lacks', async () => {
    const given = await admin.call('POST', roles, { name: 'Too much', permissions: ['tenant:update'] });
    expect(given.body).toMatchObject({ code: 'grant_exceeds_own', permission: 'tenant:update' });
    for (const code of ['unknown:code', 'tenants:create']) {
      const answer = await owner.call('POST', roles, { name: 'Odd', permissions: [code] });
      expect(answer.body).toMatchObject({ status: 422, errors: { permissions: ['unknown_permission'] } });
    }
  });

  it('cannot be emptied or deleted by an actor who holds less', async () => {
    const strong = await create('Strong', { permissions: ['tenant:update'] });
    expect((await admin.call('PATCH', `${roles}/${strong.id}`, { permissions: [] })).body.code).toBe(
      'grant_exceeds_own',
    );
    expect((await admin.call('DELETE', `${roles}/${strong.id}`)).body.code).toBe('grant_exceeds_own');
  });

  it('are deleted only when unused, and keep their versions', async () => {
    const parent = await create('Base');
    const child = await create('Leaf', { parentRoleId: parent.id });
    expect((await owner.call('DELETE', `${roles}/${parent.id}`)).body.code).toBe('role_in_use');
    expect((await owner.call('DELETE', `${roles}/${child.id}`)).status).toBe(204);
    expect((await owner.call('GET', `${roles}/${child.id}`)).status).toBe(404);
    const trail = await owner.call('GET', `${tenant.path}/audit-logs?targetId=${child.id}`);
    expect(trail.body.data.map((row: { action: string }) => row.action)).toEqual(['role.deleted', 'role.created']);
  });

  it('count members who get them later, as the member list does', async () => {
    const upcoming = await create('Upcoming', { permissions: ['audit:read'] });
    const row = await aMember(harness, tenant, await aUser(harness), 'member');
    const validFrom = new Date(Date.now() + 3 * 86_400_000).toISOString();
    await owner.call('PATCH', `${tenant.path}/members/${row}`, {
      roles: [{ roleId: tenant.roleId('member') }, { roleId: upcoming.id, validFrom }],
    });
    const listed = await owner.call('GET', `${tenant.path}/members?roleId=${upcoming.id}`);
    expect(listed.body.page.total).toBe(1);
    expect((await owner.call('GET', `${roles}/${upcoming.id}`)).body.memberCount).toBe(1);
    expect((await owner.call('DELETE', `${roles}/${upcoming.id}`)).body.code).toBe('role_in_use');
  });

  it('record nothing when nothing changes', async () => {
    const role = await create('Same', { permissions: ['audit:read'] });
    const answer = await owner.call('PATCH', `${roles}/${role.id}`, { name: 'Same', permissions: ['audit:read'] });
    expect(answer.body.version).toBe(1);
  });
});
