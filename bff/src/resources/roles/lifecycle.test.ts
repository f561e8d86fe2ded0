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
  owner = await aUser(harness, { name: 'Olga Owner' });
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
const newMember = async (held: object[]) => {
  const user = await aUser(harness);
  const id = await aMember(harness, tenant, user, 'member');
  const answer = await owner.call('PATCH', `${tenant.path}/members/${id}`, { roles: held });
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
  return { user, id, path: `${tenant.path}/members/${id}` };
};
const ownCodes = (role: { permissions: { code: string; inheritedFrom: unknown }[] }) =>
  role.permissions.filter(({ inheritedFrom }) => !inheritedFrom).map(({ code }) => code);
const later = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString();

describe('a clone of a role', () => {
  it('copies grants and parent, and does not follow later changes', async () => {
    const parent = await create('Clone parent', { permissions: ['members:read'] });
    const source = await create('Source', {
      permissions: ['audit:read'],
      parentRoleId: parent.id,
      description: 'Reads',
    });
    const clone = await owner.call('POST', `${roles}/${source.id}/clone`, { name: 'Copy of source' });
    expect(clone).toMatchObject({
      status: 201,
      body: { key: 'copy-of-source', description: 'Reads', parent: { id: parent.id }, version: 1, isSystem: false },
    });
    expect(ownCodes(clone.body)).toEqual(['audit:read']);
    await owner.call('PATCH', `${roles}/${source.id}`, { permissions: [] });
    expect(ownCodes((await owner.call('GET', `${roles}/${clone.body.id}`)).body)).toEqual(['audit:read']);
  });

  it('may copy a system role, but no owner role and no more than the actor holds', async () => {
    const copy = await admin.call('POST', `${roles}/${tenant.roleId('auditor')}/clone`, { name: 'My auditors' });
    expect(ownCodes(copy.body)).toContain('audit:read');
    const refused = await owner.call('POST', `${roles}/${tenant.roleId('owner')}/clone`, { name: 'Second owner' });
    expect(refused.body.code).toBe('role_is_system');
    const strong = await create('Stronger', { permissions: ['tenant:update'] });
    const exceeded = await admin.call('POST', `${roles}/${strong.id}/clone`, { name: 'Mine now' });
    expect(exceeded.body).toMatchObject({ code: 'grant_exceeds_own', permission: 'tenant:update' });
  });
});

describe('deleting a role with remapTo', () => {
  it('remaps members, open invitations and child roles', async () => {
    const top = await create('Top', { permissions: ['members:read'] });
    const old = await create('Old', { permissions: ['audit:read'], parentRoleId: top.id });
    const below = await create('Below', { permissions: ['roles:read'], parentRoleId: old.id });
    const next = await create('Next', { permissions: ['invitations:read'] });
    const until = [later(5), later(9)] as const;
    const only = await newMember([
      { roleId: tenant.roleId('member'), isPrimary: false },
      { roleId: old.id, isPrimary: true, validUntil: until[0] },
    ]);
    const both = await newMember([
      { roleId: next.id, validUntil: until[1] },
      { roleId: old.id, validUntil: until[0] },
    ]);
    const longer = await newMember([{ roleId: next.id, validUntil: until[0] }, { roleId: old.id }]);
    const invitation = await owner.call('POST', `${tenant.path}/invitations`, {
      email: `open-${Date.now()}@example.test`,
      roleIds: [old.id, tenant.roleId('member')],
    });
    expect((await owner.call('DELETE', `${roles}/${old.id}`)).body.code).toBe('role_in_use');

    const answer = await owner.call('DELETE', `${roles}/${old.id}?remapTo=${next.id}`);
    expect(answer.status, JSON.stringify(answer.body)).toBe(204);

    const held = async (path: string) =>
      (await owner.call('GET', path)).body.roles.map((role: { validUntil: string | null }) => ({
        ...role,
        validUntil: role.validUntil && new Date(role.validUntil).toISOString(),
      }));
    expect(await held(only.path)).toMatchObject([
      { key: 'next', isPrimary: true, validUntil: until[0] },
      { key: 'member', isPrimary: false },
    ]);
    expect(await held(both.path)).toMatchObject([{ key: 'next', isPrimary: true, validUntil: until[1] }]);
    expect(await held(longer.path)).toMatchObject([{ key: 'next', isPrimary: true, validUntil: null }]);
    const open = await owner.call('GET', `${tenant.path}/invitations/${invitation.body.id}`);
    expect(open.body.roles.map(({ key }: { key: string }) => key)).toEqual(['member', 'next']);
    const child = (await owner.call('GET', `${roles}/${below.id}`)).body;
    expect(child).toMatchObject({ parent: { id: top.id }, version: 2 });
    expect(child.permissions.map(({ code }: { code: string }) => code)).toEqual(['members:read', 'roles:read']);
    const trail = await owner.call('GET', `${tenant.path}/audit-logs?targetId=${old.id}&action=role.deleted`);
    expect(trail.body.data).toHaveLength(1);
  });

  it('rejects an actor who lacks roles:assign or a permission of the other role', async () => {
    const weak = await create('Weak', { permissions: ['members:read'] });
    const strong = await create('Strong', { permissions: ['tenant:update'] });
    const exceeded = await admin.call('DELETE', `${roles}/${weak.id}?remapTo=${strong.id}`);
    expect(exceeded.body).toMatchObject({ code: 'grant_exceeds_own', permission: 'tenant:update' });
    const janitors = await create('Janitors', { permissions: ['roles:delete', 'members:read'] });
    const janitor = await newMember([{ roleId: janitors.id }]);
    const unasked = await janitor.user.call('DELETE', `${roles}/${weak.id}?remapTo=${janitors.id}`);
    expect(unasked.body).toMatchObject({ code: 'permission_denied', permission: 'roles:assign' });
    for (const remapTo of [weak.id, tenant.id]) {
      expect((await owner.call('DELETE', `${roles}/${weak.id}?remapTo=${remapTo}`)).status).toBe(422);
    }
  });
});

describe('a default or self-assignable role', () => {
  it('needs roles:assign to become one', async () => {
    const editors = await create('Role editors', { permissions: ['roles:update', 'roles:create', 'members:read'] });
    const role = await create('For newcomers', { permissions: ['members:read'] });
    const editor = await newMember([{ roleId: editors.id }]);
    for (const wanted of [{ isDefault: true }, { isSelfAssignable: true }]) {
      const denied = { code: 'permission_denied', permission: 'roles:assign' };
      expect((await editor.user.call('PATCH', `${roles}/${role.id}`, wanted)).body).toMatchObject(denied);
      expect((await editor.user.call('POST', roles, { name: 'Open to all', ...wanted })).body).toMatchObject(denied);
    }
    expect((await admin.call('PATCH', `${roles}/${role.id}`, { isSelfAssignable: true })).status).toBe(200);
  });
});

describe('versions', () => {
  it('are listed newest first with author and reason', async () => {
    const role = await create('Versioned', { permissions: ['members:read'], reason: 'Begin' });
    await owner.call('PATCH', `${roles}/${role.id}`, { permissions: ['audit:read'], reason: 'Instead' });
    const first = await owner.call('GET', `${roles}/${role.id}/versions?limit=1`);
    expect(first.body.data).toMatchObject([
      {
        number: 2,
        reason: 'Instead',
        changedBy: { id: owner.id, name: 'Olga Owner' },
        snapshot: { permissions: ['audit:read'], parent: null },
      },
    ]);
    const second = await owner.call('GET', `${roles}/${role.id}/versions?limit=1&cursor=${first.body.page.nextCursor}`);
    expect(second.body).toMatchObject({ data: [{ number: 1, reason: 'Begin' }], page: { nextCursor: null, total: 2 } });
    expect((await owner.call('GET', `${roles}/${tenant.id}/versions`)).status).toBe(404);
  });

  it('are restored as a new version by the rules of an edit', async () => {
    const parent = await create('Once a parent');
    const role = await create('Restored', { permissions: ['tenant:update', 'members:read'], parentRoleId: parent.id });
    await owner.call('PATCH', `${roles}/${role.id}`, {
      name: 'Smaller',
      permissions: ['members:read'],
      parentRoleId: null,
    });
    const restore = `${roles}/${role.id}/versions/1/restore`;
    expect((await admin.call('POST', restore, {})).body).toMatchObject({
      code: 'grant_exceeds_own',
      permission: 'tenant:update',
    });
    expect((await owner.call('POST', restore, {}, { 'if-match': '"1"' })).status).toBe(412);
    const restored = await owner.call('POST', restore, { reason: 'It was right' }, { 'if-match': '"2"' });
    expect(restored.body).toMatchObject({ name: 'Restored', version: 3, parent: { id: parent.id } });
    expect(ownCodes(restored.body)).toEqual(['members:read', 'tenant:update']);

    await owner.call('PATCH', `${roles}/${role.id}`, { parentRoleId: null });
    await owner.call('DELETE', `${roles}/${parent.id}`);
    expect((await owner.call('POST', restore, {})).body).toMatchObject({
      status: 422,
      errors: { parentRoleId: ['unknown_role'] },
    });
    expect((await owner.call('POST', `${roles}/${role.id}/versions/99/restore`, {})).status).toBe(404);
    expect((await owner.call('POST', `${roles}/${tenant.roleId('member')}/versions/1/restore`, {})).body.code).toBe(
      'role_is_system',
    );
  });
});

describe('a dry run', () => {
  it('returns the effect and changes nothing', async () => {
    const role = await create('Tried', { permissions: ['audit:read'] });
    const child = await create('Tried child', { parentRoleId: role.id });
    const holder = await newMember([{ roleId: child.id }]);
    const trail = async () => (await owner.call('GET', `${tenant.path}/audit-logs?limit=1`)).body.data[0].id;
    const last = await trail();

    const edit = { permissions: ['invitations:read'], name: 'Never' };
    const effect = await owner.call('PATCH', `${roles}/${role.id}?dryRun=true`, edit);
    expect(effect.status).toBe(200);
    expect(effect.body).toEqual({
      affected: 1,
      gains: [{ code: 'invitations:read', count: 1 }],
      loses: [{ code: 'audit:read', count: 1 }],
      members: [
        {
          memberId: holder.id,
          user: { id: holder.user.id, name: 'Test User' },
          gains: ['invitations:read'],
          loses: ['audit:read'],
        },
      ],
      later: [],
    });
    const removal = await owner.call('DELETE', `${holder.path}?dryRun=true`);
    expect(removal).toMatchObject({
      status: 200,
      body: { affected: 1, gains: [], loses: [{ code: 'audit:read', count: 1 }] },
    });
    expect((await owner.call('GET', `${roles}/${role.id}`)).body).toMatchObject({ name: 'Tried', version: 1 });
    expect((await owner.call('GET', holder.path)).body).toMatchObject({ status: 'active', version: 2 });
    expect(await trail()).toBe(last);
  });

  it('is rejected as the change would be, also by deferred constraints', async () => {
    const strong = await create('Strong to try', { permissions: ['tenant:update'] });
    const exceeded = await admin.call('PATCH', `${roles}/${strong.id}?dryRun=true`, { name: 'Other' });
    expect(exceeded.body.code).toBe('grant_exceeds_own');
    const me = (await owner.call('GET', `${tenant.path}/members?userId=${owner.id}`)).body.data[0];
    const abdication = await owner.call('PATCH', `${tenant.path}/members/${me.id}?dryRun=true`, {
      status: 'suspended',
    });
    expect(abdication.body.code).toBe('last_owner');
  });

  it('names no members without members:read', async () => {
    const editors = await create('Editors', { permissions: ['roles:update', 'audit:read', 'roles:read'] });
    const role = await create('Edited', { permissions: ['audit:read'] });
    await newMember([{ roleId: role.id }]);
    const editor = await newMember([{ roleId: editors.id }]);
    const effect = await editor.user.call('PATCH', `${roles}/${role.id}?dryRun=true`, { permissions: [] });
    expect(effect.body).toMatchObject({ affected: 1, members: [] });
  });

  it('is rejected by operations that have none', async () => {
    const answer = await owner.call('POST', `${roles}?dryRun=true`, { name: 'Really' });
    expect(answer.body.code).toBe('unknown_field');
  });
});
