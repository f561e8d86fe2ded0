import { v7 as uuid } from 'uuid';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { PLATFORM_TENANT_ID } from '../../access/permissions.ts';
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
let staff: TestUser;
let owner: TestUser;
let member: TestUser;
let tenant: TestTenant;
let code: string;
let roleId: string;
let memberId: string;

beforeAll(async () => {
  harness = await startHarness();
  [staff, owner, member] = [await aUser(harness), await aUser(harness), await aUser(harness)];
  await aStaffMember(harness, staff, 'owner');
  tenant = await aTenant(harness, { owner });
  memberId = await aMember(harness, tenant, member, 'member');
  code = `docs-${uuid().slice(-8)}:print`;
  await staff.call('POST', '/api/admin/permissions', { code, description: 'Print' });
  const body = { name: 'Printer', permissions: [code] };
  roleId = (await owner.call('POST', `${tenant.path}/roles`, body)).body.id;
  const child = { name: 'Below', parentRoleId: roleId };
  const below = (await owner.call('POST', `${tenant.path}/roles`, child)).body.id;
  await owner.call('PATCH', `${tenant.path}/members/${memberId}`, { roles: [{ roleId: below }] });
});
afterAll(() => harness.close());

const one = () => `/api/admin/permissions/${code}`;
const explained = async (user: TestUser) =>
  (await owner.call('GET', `${tenant.path}/access/explain?userId=${user.id}&permission=${code}`)).body;
const checked = async (key: string) => {
  const checks = [member, owner].map((user) => ({ userId: user.id, tenantId: tenant.id, permission: code }));
  const headers = { authorization: `Bearer ${key}` };
  return (await harness.anonymous('POST', '/api/access/check', { checks }, headers)).body.results;
};
const held = async (user: TestUser): Promise<boolean> =>
  (await user.call('GET', '/api/me')).body.memberships[0].permissions.includes(code);
const holders = async () => (await owner.call('GET', `${tenant.path}/access/holders?permission=${code}`)).body.data;

it('counts the owners, who hold it through no role that lists it', async () => {
  const ownersOf = async (of: string): Promise<number> =>
    (await staff.call('GET', `/api/admin/permissions/${of}/usage`)).body.owners;
  const ofPlatform = await ownersOf('tenants:create');
  expect(ofPlatform).toBeGreaterThan(0);
  // The owner of a tenant holds it too.
  expect(await ownersOf(code)).toBeGreaterThan(ofPlatform);
});

it('retires a permission with the confirmed member count and restores it', async () => {
  const keys = `/api/admin/tenants/${PLATFORM_TENANT_ID}/api-keys`;
  const { key } = (await staff.call('POST', keys, { name: 'Host', expiresInDays: null })).body;
  expect((await staff.call('GET', `${one()}/usage`)).body).toMatchObject({
    ...{ roles: 2, members: 1, tenants: 1, owners: expect.any(Number) },
    data: [{ tenant: { id: tenant.id }, roles: [{ name: 'Below' }, { name: 'Printer' }], members: 1 }],
  });
  expect((await owner.call('GET', `${one()}/usage`)).status).toBe(403);
  const counts = (await staff.call('GET', '/api/admin/permissions/usage')).body.data;
  expect(counts.find((row: { code: string }) => row.code === code)).toEqual({ code, roles: 2, members: 1, tenants: 1 });
  expect(await checked(key)).toEqual([{ allowed: true }, { allowed: true }]);

  for (const expectedAffectedMembers of [undefined, 0, 2]) {
    const refused = await staff.call('PATCH', one(), { retired: true, expectedAffectedMembers });
    expect(refused.body).toMatchObject({
      ...{ status: 409, code: 'permission_in_use' },
      usage: { roles: 2, members: 1, tenants: 1 },
    });
  }
  expect(await held(member)).toBe(true);

  const notices: string[] = [];
  const unsubscribe = harness.services.db.notices.subscribe('access_changed', (name) => notices.push(name));
  await expect.poll(() => harness.services.db.notices.listenerCount('access_changed')).toBeGreaterThan(0);
  await new Promise((resume) => setTimeout(resume, 300));
  const retired = await staff.call('PATCH', one(), {
    retired: true,
    expectedAffectedMembers: 1,
    reason: 'No printers',
  });
  expect(retired.body).toMatchObject({ code, retiredAt: expect.any(String) });
  await expect.poll(() => notices).toContain('*');
  unsubscribe();
  for (const user of [member, owner]) {
    expect(await held(user)).toBe(false);
    expect(await explained(user)).toMatchObject({
      allowed: false,
      missing: { reason: 'permission_retired' },
      grants: [{ kind: 'restore_permission', canGrant: false, isSufficient: true }],
    });
  }
  expect(await checked(key)).toEqual([{ allowed: false }, { allowed: false }]);
  expect(await holders()).toEqual([]);
  const role = (await owner.call('GET', `${tenant.path}/roles/${roleId}`)).body;
  expect(role).toMatchObject({ permissionCount: 0, permissions: [{ code, isRetired: true }] });

  // The role can be saved with the retired permission; no other role can add it.
  const again = { permissions: [code, 'members:read'] };
  expect((await owner.call('PATCH', `${tenant.path}/roles/${roleId}`, again)).status).toBe(200);
  const fresh = await owner.call('POST', `${tenant.path}/roles`, { name: 'Fresh', permissions: [code] });
  expect(fresh.body).toMatchObject({ status: 422, errors: { permissions: ['unknown_permission'] } });

  expect((await staff.call('PATCH', one(), { retired: false })).body.retiredAt).toBeNull();
  expect(await held(member)).toBe(true);
  const path = `/api/admin/tenants/${PLATFORM_TENANT_ID}/audit-logs?targetId=${encodeURIComponent(code)}`;
  const trail = (await staff.call('GET', path)).body.data;
  expect(trail.map(({ action }: { action: string }) => action)).toEqual([
    ...['permission.restored', 'permission.retired', 'permission.created'],
  ]);
  expect(trail[1]).toMatchObject({ reason: 'No printers', after: { retired: true } });
});

it('rejects granting a retired permission that the actor would not hold', async () => {
  const admin = await aUser(harness);
  const adminId = await aMember(harness, tenant, admin, 'admin');
  const assignTo = (user: TestUser, id: string) =>
    user.call('PATCH', `${tenant.path}/members/${id}`, { roles: [{ roleId }, { roleId: tenant.roleId('admin') }] });
  await staff.call('PATCH', one(), { retired: true, expectedAffectedMembers: 1 });
  expect((await assignTo(admin, adminId)).body).toMatchObject({ code: 'grant_exceeds_own', permission: code });
  expect((await assignTo(owner, adminId)).status).toBe(200);
  await staff.call('PATCH', one(), { retired: false });
  expect(await held(admin)).toBe(true);
});
