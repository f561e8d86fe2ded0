import { afterAll, beforeAll, describe, expect, it } from 'vitest';
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
let owner: TestUser;
let member: TestUser;
let memberId: string;
let boss: TestUser;
let tenant: TestTenant;

beforeAll(async () => {
  harness = await startHarness();
  owner = await aUser(harness, { name: 'Olga Owner' });
  tenant = await aTenant(harness, { owner });
  member = await aUser(harness, { name: 'Mia Member' });
  memberId = await aMember(harness, tenant, member, 'member');
  boss = await aUser(harness);
  await aStaffMember(harness, boss, 'owner');
});
afterAll(() => harness.close());

const explain = (asker: TestUser, about: { id: string }, permission: string, path = tenant.path) =>
  asker.call('GET', `${path}/access/explain?userId=${encodeURIComponent(about.id)}&permission=${permission}`);
const newRole = async (name: string, permissions: string[]) =>
  (await owner.call('POST', `${tenant.path}/roles`, { name, permissions })).body;

describe('a denied access', () => {
  it('ends with the start of a role that is assigned from a later date', async () => {
    const role = await newRole('Later', ['roles:delete']);
    const validFrom = new Date(Date.now() + 86_400_000).toISOString();
    const roles = [{ roleId: tenant.roleId('member') }, { roleId: role.id, validFrom }];
    await owner.call('PATCH', `${tenant.path}/members/${memberId}`, { roles });
    const { body } = await explain(owner, member, 'roles:delete');
    expect(body.missing).toMatchObject({ reason: 'role_not_started', role: { id: role.id } });
    expect(body.grants[0]).toMatchObject({ kind: 'start_role', role: { id: role.id }, canGrant: true });
  });

  it('waits for a pending invitation to be accepted instead of suggesting a second one', async () => {
    const guest = await aUser(harness);
    const body = { email: guest.email, roleIds: [tenant.roleId('auditor')] };
    const { id, token } = (await owner.call('POST', `${tenant.path}/invitations`, body)).body;
    const denied = (await explain(boss, guest, 'audit:read')).body;
    expect(denied).toMatchObject({ missing: { reason: 'not_a_member' }, eligibleGrantors: [] });
    expect(denied.grants).toMatchObject([
      { kind: 'accept_invitation', invitationId: id, isSufficient: true, canGrant: false },
    ]);
    await guest.call('POST', `/api/invitations/${token}/accept`, {});
    expect((await explain(boss, guest, 'audit:read')).body.allowed).toBe(true);
  });

  it('of a former member names the end of the membership', async () => {
    const leaver = await aUser(harness);
    const id = await aMember(harness, tenant, leaver, 'member');
    await owner.call('DELETE', `${tenant.path}/members/${id}`);
    const { body } = await explain(boss, leaver, 'audit:read');
    expect(body.missing).toEqual({ reason: 'membership_ended', at: expect.any(String) });
    expect(body.grants[0]).toMatchObject({ kind: 'invite', role: { key: 'auditor' }, canGrant: true });
  });

  it('on the platform never suggests to make a customer staff', async () => {
    const path = `/api/admin/tenants/${PLATFORM_TENANT_ID}`;
    const none = { grants: [], eligibleGrantors: [] };
    const onPlatform = (await explain(boss, member, 'tenants:create', path)).body;
    expect(onPlatform).toMatchObject({ missing: { reason: 'not_a_member' }, ...none });
    const inTenant = (await explain(owner, member, 'tenants:create')).body;
    expect(inTenant).toMatchObject({ missing: { reason: 'platform_only' }, ...none });
  });

  it('is ended by an owner role only where no other role grants the permission', async () => {
    const kindsOf = async (permission: string) =>
      (await explain(owner, member, permission)).body.grants.map(({ role }: { role: { key: string } }) => role.key);
    expect(await kindsOf('api-keys:create')).toEqual(['admin']);
    expect(await kindsOf('tenant:update')).toEqual(['owner']);
  });

  it('offers a grant only to a caller who can make it', async () => {
    const assigner = await aUser(harness);
    const id = await aMember(harness, tenant, assigner, 'member');
    const role = await newRole('Assigner', ['roles:assign', 'access:explain']);
    const roles = [{ roleId: tenant.roleId('member') }, { roleId: role.id }];
    await owner.call('PATCH', `${tenant.path}/members/${id}`, { roles });
    const grants = async (asker: TestUser) => (await explain(asker, member, 'api-keys:revoke')).body.grants[0];
    expect(await grants(owner)).toMatchObject({ role: { key: 'admin' }, canGrant: true });
    expect(await grants(assigner)).toMatchObject({ role: { key: 'admin' }, canGrant: false });
    const wanted = { roles: [{ roleId: tenant.roleId('member') }, { roleId: tenant.roleId('admin') }] };
    const refused = await assigner.call('PATCH', `${tenant.path}/members/${memberId}`, wanted);
    expect(refused.body.code).toBe('grant_exceeds_own');
  });

  it('in a suspended tenant names its reactivation, which only staff can do', async () => {
    const closed = await aTenant(harness, { owner });
    await boss.call('PATCH', closed.path, { status: 'suspended' });
    const reactivation = (body: { grants: object[] }) => body.grants[0];
    const forOwner = (await explain(owner, owner, 'members:invite', closed.path)).body;
    expect(forOwner).toMatchObject({ missing: { reason: 'tenant_not_active' }, eligibleGrantors: [] });
    expect(reactivation(forOwner)).toMatchObject({ kind: 'reactivate_tenant', isSufficient: true, canGrant: false });
    expect((await owner.call('PATCH', closed.path, { status: 'active' })).status).toBe(403);
    const forStaff = (await explain(boss, owner, 'members:invite', closed.path)).body;
    expect(reactivation(forStaff)).toMatchObject({ kind: 'reactivate_tenant', canGrant: true });
    await boss.call('PATCH', closed.path, { status: 'active' });
    expect((await explain(owner, owner, 'members:invite', closed.path)).body.allowed).toBe(true);
  });
});
