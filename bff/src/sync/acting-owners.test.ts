import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { insertAudit } from '../audit/record.ts';
import { type RoleSync, startRoleSync } from '../testing/fixtures/role-sync.ts';
import { reconcileOnce } from './reconcile/runner.ts';

let sync: RoleSync;
beforeAll(async () => {
  sync = await startRoleSync();
});
afterAll(() => sync.close());

const ownerlessSince = async (id: string) =>
  (await sync.harness.services.db.sync.tenant.findFirstOrThrow({ where: { id } })).ownerlessSince;
const alarms = async (tenantId: string) => {
  const found = await sync.audit({ tenantId, action: 'tenant.updated', subjectId: null });
  return found.map(({ severity, reason }) => ({ severity, reason }));
};
/** An organization with two owners, both unknown to the platform. */
async function twoOwners() {
  const { instance } = sync.stub;
  const [ada, ben] = [instance.createUser({ firstName: 'Ada' }), instance.createUser({ firstName: 'Ben' })];
  const organization = instance.createOrganization({ name: 'Acme', createdBy: ada.id });
  instance.addMembership(organization.id, ben.id);
  await sync.waitUntilIdle();
  const { id: tenantId } = await sync.harness.services.db.sync.tenant.findFirstOrThrow({
    where: { identityOrgId: organization.id },
  });
  const rolesOf = async (tenant: string, caller: string) =>
    (await sync.as(caller)('GET', `/api/admin/tenants/${tenant}/roles?limit=100`)).body.data as {
      id: string;
      key: string;
    }[];
  const memberId = async (userId: string) =>
    (await sync.harness.services.db.sync.membership.findFirstOrThrow({ where: { tenantId, userId } })).id;
  const setRole = async (by: string, of: string, key: string, more: object = {}) => {
    const role = (await rolesOf(tenantId, by)).find((one) => one.key === key);
    const path = `/api/admin/tenants/${tenantId}/members/${await memberId(of)}`;
    return sync.as(by)('PATCH', path, { roles: [{ roleId: role?.id, ...more }] });
  };
  expect((await setRole(ada.id, ben.id, 'owner')).status).toBe(200);
  await sync.waitUntilIdle();
  return { ada: ada.id, ben: ben.id, tenantId, setRole };
}

describe('an owner who cannot act', () => {
  it('banned by the provider does not count: the other may not step down', async () => {
    const { ada, ben, setRole } = await twoOwners();
    sync.stub.instance.banUser(ben);
    await sync.waitUntilIdle();
    expect((await setRole(ada, ada, 'member')).body).toMatchObject({ status: 409, code: 'last_owner' });
    sync.stub.instance.unbanUser(ben);
    await sync.waitUntilIdle();
    expect((await setRole(ada, ada, 'member')).status).toBe(200);
  });

  it('whose role begins later does not count', async () => {
    const { ada, ben, setRole } = await twoOwners();
    const validFrom = new Date(Date.now() + 86_400_000).toISOString();
    expect((await setRole(ada, ben, 'owner', { validFrom })).status).toBe(200);
    expect((await setRole(ada, ada, 'member')).body).toMatchObject({ status: 409, code: 'last_owner' });
  });
});

describe('the ownerless alarm', () => {
  it('is raised when the provider bans the last owner, and ends with the ban', async () => {
    const { ada, ben, tenantId } = await twoOwners();
    sync.stub.instance.banUser(ben);
    await sync.waitUntilIdle();
    expect(await ownerlessSince(tenantId)).toBeNull();
    sync.stub.instance.banUser(ada);
    await sync.waitUntilIdle();
    expect(await ownerlessSince(tenantId)).not.toBeNull();
    const raised = { severity: 'critical', reason: 'The identity provider banned the last owner' };
    expect(await alarms(tenantId)).toEqual([raised]);
    sync.stub.instance.unbanUser(ada);
    await sync.waitUntilIdle();
    expect(await ownerlessSince(tenantId)).toBeNull();
    expect(await alarms(tenantId)).toEqual([
      raised,
      { severity: 'notice', reason: expect.stringContaining('can act') },
    ]);
  });

  it('is raised when the provider deletes the last owner who can act', async () => {
    const { ada, ben, tenantId } = await twoOwners();
    sync.stub.instance.banUser(ben);
    sync.stub.instance.deleteUser(ada);
    await sync.waitUntilIdle();
    expect(await ownerlessSince(tenantId)).not.toBeNull();
  });

  it('is raised when the creator of an organization was banned before joining it', async () => {
    const { instance } = sync.stub;
    const { id } = instance.createUser({ firstName: 'Cyd' });
    instance.banUser(id);
    await sync.waitUntilIdle();
    const organization = instance.createOrganization({ name: 'Acme', createdBy: id });
    await sync.waitUntilIdle();
    const tenant = await sync.harness.services.db.sync.tenant.findFirstOrThrow({
      where: { identityOrgId: organization.id },
    });
    expect(tenant.ownerlessSince).not.toBeNull();
  });

  it('that is missing does not stop changes to the roles of others', async () => {
    const { ada, ben, tenantId } = await twoOwners();
    const { id } = sync.stub.instance.createUser({ firstName: 'Cyd' });
    const { identityOrgId } = await sync.harness.services.db.sync.tenant.findFirstOrThrow({ where: { id: tenantId } });
    sync.stub.instance.addMembership(identityOrgId ?? '', id);
    for (const userId of [ada, ben]) sync.stub.instance.banUser(userId);
    await sync.waitUntilIdle();
    await forgetAlarm(tenantId);
    sync.stub.instance.setMembershipRole(identityOrgId ?? '', id, 'org:admin');
    await sync.waitUntilIdle();
    expect(await sync.localRoles(id, tenantId)).toEqual(['admin']);
  });

  it('is raised by reconciliation for a ban whose event was lost, and for an old one', async () => {
    const { ada, ben, tenantId } = await twoOwners();
    sync.webhooks.pause();
    for (const userId of [ada, ben]) sync.stub.instance.banUser(userId);
    await reconcileOnce(sync.harness.services);
    expect(await ownerlessSince(tenantId)).not.toBeNull();
    await forgetAlarm(tenantId);
    await reconcileOnce(sync.harness.services, { mode: 'report' });
    expect(await ownerlessSince(tenantId)).toBeNull();
    await reconcileOnce(sync.harness.services);
    expect(await ownerlessSince(tenantId)).not.toBeNull();
    sync.webhooks.resume();
    await sync.waitUntilIdle();
  });
});

/** Leaves the tenant as a version without this alarm left it. */
const forgetAlarm = (tenantId: string) =>
  sync.harness.services.db.sync.$transaction(async (tx) => {
    await tx.tenant.update({ where: { id: tenantId }, data: { ownerlessSince: null } });
    await insertAudit(tx, {
      tenantId,
      actor: { type: 'system', id: 'test', sessionId: null },
      origin: { requestId: 'test', ip: null, userAgent: null },
      action: 'test.prepared',
      category: 'tenant',
    });
  });
