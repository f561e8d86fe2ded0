import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PLATFORM_TENANT_ID } from '../../access/permissions.ts';
import { ensureDefaultTenant } from '../../sync/ensure-default-tenant.ts';
import { type RoleSync, startRoleSync } from '../../testing/fixtures/role-sync.ts';

let sync: RoleSync;
beforeAll(async () => {
  sync = await startRoleSync();
});
afterAll(() => sync.close());

const patch = (userId: string, body: object, caller = sync.owner, query = '') =>
  caller('PATCH', `/api/admin/users/${userId}${query}`, body);

describe('app role', () => {
  it('is changed by staff, pushed, shown with the user and counted', async () => {
    const user = await sync.createUser();
    const counts = async () => (await sync.owner('GET', '/api/admin/role-counts')).body;
    const before = (await counts()).roles.find(({ key }: { key: string }) => key === 'auditor').users;
    const preview = await patch(user.id, { role: 'auditor' }, sync.owner, '?dryRun=true');
    expect(preview.body).toMatchObject({ affected: 1 });
    expect(await sync.localRoles(user.id)).toEqual(['member']);
    const answer = await patch(user.id, { role: 'auditor', reason: 'she asked' });
    expect(answer.body).toMatchObject({ appRole: { key: 'auditor' } });
    expect((await sync.owner('GET', `/api/admin/users?q=${user.first_name}&limit=100`)).body.data).toContainEqual(
      expect.objectContaining({ id: user.id, appRole: expect.objectContaining({ key: 'auditor' }) }),
    );
    expect(await counts()).toMatchObject({ tenant: { slug: 'our-school' }, roles: expect.any(Array) });
    expect((await counts()).roles.find(({ key }: { key: string }) => key === 'auditor').users).toBe(before + 1);
    await sync.waitUntilIdle();
    expect(sync.roleAtClerk(user.id)).toBe('auditor');
    await patch(user.id, { role: null });
    await sync.waitUntilIdle();
    expect([sync.roleAtClerk(user.id), await sync.localRoles(user.id)]).toEqual(['member', ['member']]);
  });

  it('rejects grants the actor lacks, non-members and unknown roles', async () => {
    const user = await sync.createUser();
    const admin = await sync.createUser();
    await sync.assignRole(admin.id, 'admin');
    expect((await patch(user.id, { role: 'auditor' }, sync.as(admin.id))).body).toMatchObject({
      code: 'permission_denied',
    });
    await sync.makeStaff(admin.id, 'admin');
    expect((await patch(user.id, { role: 'auditor' }, sync.as(admin.id))).body).toMatchObject({
      appRole: { key: 'auditor' },
    });
    expect((await patch(user.id, { role: 'owner' }, sync.as(admin.id))).body).toMatchObject({
      code: 'grant_exceeds_own',
    });
    expect((await patch(user.id, { role: 'unknown' })).body).toMatchObject({ code: 'validation_failed' });
    const { tenantId } = await sync.anOrganizationWithMember();
    expect((await patch(user.id, { role: 'admin', tenantId })).body).toMatchObject({ code: 'not_a_member' });
    expect((await patch('user_unknown', { role: 'admin' })).body).toMatchObject({ code: 'not_found' });
  });
});

describe('self-assignable role', () => {
  const student = { key: 'student', name: 'Student', isSelfAssignable: true, permissions: ['tenant:read'] };
  const secret = { key: 'teacher', name: 'Teacher', permissions: ['tenant:read'] };
  const roleId: Record<string, string> = {};
  beforeAll(async () => {
    for (const role of [student, secret]) {
      const made = await sync.owner('POST', `/api/admin/tenants/${sync.tenantId}/roles`, role);
      roleId[role.key] = made.body.id;
    }
  });
  const choose = (userId: string, key: string, tenantId = sync.tenantId) =>
    sync.as(userId)('POST', '/api/me/role-choice', { tenantId, roleId: roleId[key] });

  it('replaces the default role once, for the member who chooses it', async () => {
    const user = await sync.createUser();
    const choices = async () => (await sync.as(user.id)('GET', '/api/me/role-choices')).body.choices;
    expect(await choices()).toMatchObject([{ tenant: { id: sync.tenantId }, roles: [{ key: 'student' }] }]);
    expect((await choose(user.id, 'teacher')).body).toMatchObject({ code: 'not_found' });
    const { tenantId } = await sync.anOrganizationWithMember();
    expect((await choose(user.id, 'student', tenantId)).body).toMatchObject({ code: 'not_found' });
    expect((await choose(user.id, 'student')).body).toEqual({ choices: [] });
    expect((await choose(user.id, 'student')).body).toMatchObject({ code: 'role_already_chosen' });
    expect(await sync.localRoles(user.id)).toEqual(['student']);
    await sync.waitUntilIdle();
    expect(sync.roleAtClerk(user.id)).toBe('student');
    await patch(user.id, { role: null });
    expect(await choices()).toEqual([]);
  });

  it('cannot be chosen again once it was removed', async () => {
    const { id } = sync.stub.instance.createUser({ firstName: 'Ada', unsafeMetadata: { role: 'student' } });
    await sync.waitUntilIdle();
    expect(await sync.localRoles(id)).toEqual(['student']);
    await patch(id, { role: null });
    expect((await choose(id, 'student')).body).toMatchObject({ code: 'role_already_chosen' });
    expect(await sync.localRoles(id)).toEqual(['member']);
  });

  it('cannot be chosen after an expired assignment or without roles', async () => {
    const [guest, stripped] = [await sync.createUser(), await sync.createUser()];
    await sync.assignRole(guest.id, 'member', sync.tenantId, new Date(Date.now() + 1_500));
    expect((await choose(guest.id, 'student')).body).toMatchObject({ code: 'role_already_chosen' });
    await sync.waitUntil(async () => (await sync.localRoles(guest.id)).length === 0);
    expect((await choose(guest.id, 'student')).body).toMatchObject({ code: 'role_already_chosen' });

    const members = `/api/admin/tenants/${sync.tenantId}/members`;
    const { body } = await sync.owner('GET', `${members}?userId=${stripped.id}`);
    expect((await sync.owner('PATCH', `${members}/${body.data[0].id}`, { roles: [] })).status).toBe(200);
    expect((await choose(stripped.id, 'student')).body).toMatchObject({ code: 'role_already_chosen' });
  });

  it('cannot be a platform role', async () => {
    const user = await sync.createUser();
    await sync.makeStaff(user.id, 'support');
    const open = {
      key: `open-${user.id.slice(-8).toLowerCase()}`,
      name: `Open ${user.id}`,
      isSelfAssignable: true,
      permissions: ['sync:run'],
    };
    const made = await sync.owner('POST', `/api/admin/tenants/${PLATFORM_TENANT_ID}/roles`, open);
    const chosen = await sync.as(user.id)('POST', '/api/me/role-choice', {
      tenantId: PLATFORM_TENANT_ID,
      roleId: made.body.id,
    });
    expect(chosen.body).toMatchObject({ code: 'not_found' });
  });

  it('can be requested in unsafe_metadata at sign-up; other roles cannot', async () => {
    const { instance } = sync.stub;
    const named = async (role: string) => {
      const { id } = instance.createUser({ firstName: 'Ada', unsafeMetadata: { role } });
      await sync.waitUntilIdle();
      return sync.localRoles(id);
    };
    expect(await Promise.all(['student', 'teacher', 'admin', 'owner'].map(named))).toEqual([
      ['student'],
      ['member'],
      ['member'],
      ['member'],
    ]);
  });
});

it('grants and pushes a mapped role by its name at the provider', async () => {
  const { instance } = sync.stub;
  const roles = `/api/admin/tenants/${sync.tenantId}/roles`;
  const made = await sync.owner('POST', roles, { key: 'tutor', name: 'Tutor', permissions: ['tenant:read'] });
  const [pushed, pulled] = [await sync.createUser(), await sync.createUser()];
  await sync.assignRole(pushed.id, 'tutor');
  await sync.waitUntilIdle();
  expect(sync.roleAtClerk(pushed.id)).toBe('tutor');
  for (const identityRole of ['org:admin', 'Admin']) {
    const taken = await sync.owner('PATCH', `${roles}/${made.body.id}`, { identityRole });
    expect(taken.body).toMatchObject({ code: 'validation_failed', errors: { identityRole: ['taken'] } });
  }
  await sync.owner('PATCH', `${roles}/${made.body.id}`, { identityRole: 'coach' });
  instance.setUserMetadata(pulled.id, { public: { role: 'coach' } });
  await sync.waitUntilIdle();
  expect(sync.roleAtClerk(pushed.id)).toBe('coach');
  expect(await sync.localRoles(pulled.id)).toEqual(['tutor']);
});

it('rejects a second role with the same name at the provider', async () => {
  const roles = `/api/admin/tenants/${sync.tenantId}/roles`;
  const make = (key: string, more: object = {}) =>
    sync.owner('POST', roles, { key, name: key, permissions: ['tenant:read'], ...more });
  expect((await make('principal', { identityRole: 'org:chief' })).status).toBe(201);
  const weak = await make('weak');
  expect((await make('chief')).body).toMatchObject({ code: 'role_key_taken' });
  for (const identityRole of ['chief', 'org:chief', 'owner', 'org:owner', 'admin']) {
    const answer = await sync.owner('PATCH', `${roles}/${weak.body.id}`, { identityRole });
    expect(answer.body, identityRole).toMatchObject({ errors: { identityRole: ['taken'] } });
  }
  expect((await sync.owner('PATCH', `${roles}/${weak.body.id}`, { identityRole: 'org:weak' })).status).toBe(200);
});

it('requires roles:assign outside the default tenant', async () => {
  const [user, helper] = [await sync.createUser(), await sync.createUser()];
  const key = `helper-${helper.id.slice(-8).toLowerCase()}`;
  const permissions = [
    'users:read',
    'users:update',
    'tenant:read',
    'members:read',
    'roles:read',
    'audit:read',
    'access:explain',
    'invitations:read',
  ];
  await sync.owner('POST', `/api/admin/tenants/${PLATFORM_TENANT_ID}/roles`, { key, name: key, permissions });
  await sync.makeStaff(helper.id, key);
  const by = sync.as(helper.id);
  expect((await patch(user.id, { role: 'auditor' }, by)).status).toBe(200);
  const { tenantId, user: member } = await sync.anOrganizationWithMember();
  expect((await patch(member.id, { role: 'auditor', tenantId }, by)).body).toMatchObject({
    ...{ code: 'permission_denied', permission: 'roles:assign' },
  });
});

it('refuses an organization as the default tenant', async () => {
  const { tenantId } = await sync.anOrganizationWithMember();
  const { config, db } = sync.harness.services;
  const { slug } = await db.sync.tenant.findFirstOrThrow({ where: { id: tenantId } });
  const members = () => db.sync.membership.count({ where: { tenantId } });
  const before = await members();
  await expect(ensureDefaultTenant(db, { ...config, defaultTenant: slug })).rejects.toThrow(/organization/);
  expect(await members()).toBe(before);
});

it('retries failed pushes on request', async () => {
  const user = await sync.createUser();
  const { db } = sync.harness.services;
  const refused = 'processed-server-error' as const;
  sync.stub.faults.start({ probability: 1, among: [refused] });
  await patch(user.id, { role: 'auditor' });
  await db.sync.$executeRaw`UPDATE identity_push SET status = 'dead' WHERE object_id = ${user.id}`;
  sync.stub.faults.stop();
  const dead = await sync.owner('GET', `/api/admin/identity-pushes?status=dead&userId=${user.id}`);
  expect(dead.body.data).toMatchObject([{ user: { id: user.id }, tenant: { id: sync.tenantId }, status: 'dead' }]);
  expect((await sync.owner('POST', '/api/admin/identity-pushes/replay', { userId: user.id })).body).toEqual({
    count: 1,
  });
  await sync.waitUntilIdle();
  expect(sync.roleAtClerk(user.id)).toBe('auditor');
  expect(await sync.audit({ action: 'identity-push.replayed', subjectId: user.id })).toMatchObject([
    { after: { count: 1 } },
  ]);
});
