import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { refreshEffective } from '../../access/roles/graph.ts';
import { insertAudit } from '../../audit/record.ts';
import { asOwner } from '../../db/database.ts';
import { type Tx, tenantTx } from '../../db/tenant-tx.ts';
import { aMember, aTenant, aUser } from '../../testing/fixtures/builders.ts';
import { type Harness, startHarness } from '../../testing/fixtures/harness.ts';
import { upgradeSystemRoles } from './upgrade.ts';

let harness: Harness;
const ownerUrl = inject('ownerUrl');
beforeAll(async () => {
  harness = await startHarness();
});
afterAll(() => harness.close());

it('grants system roles what their template gained, with version and audit row', async () => {
  const owner = await aUser(harness);
  const tenant = await aTenant(harness, { owner });
  const auditor = await aUser(harness);
  await aMember(harness, tenant, auditor, 'auditor');
  const roleId = tenant.roleId('auditor');
  const role = `${tenant.path}/roles/${roleId}`;
  const below = await owner.call('POST', `${tenant.path}/roles`, { name: 'Below', parentRoleId: roleId });
  // A tenant from before the template gained audit:read and lost roles:create.
  const age = async (tx: Tx) => {
    await tx.rolePermission.deleteMany({ where: { tenantId: tenant.id, roleId, permissionCode: 'audit:read' } });
    await tx.rolePermission.create({ data: { tenantId: tenant.id, roleId, permissionCode: 'roles:create' } });
    await refreshEffective(tx, tenant.id);
    await insertAudit(tx, {
      tenantId: tenant.id,
      actor: { type: 'system', id: 'test', sessionId: null },
      origin: { requestId: 'test', ip: null, userAgent: null },
      action: 'role.aged',
      category: 'role',
    });
  };
  const scope = { tenantId: tenant.id, userId: null };
  await expect(tenantTx(harness.services.db.server, scope, age)).rejects.toThrow('system roles cannot be changed');
  await asOwner(ownerUrl, (client) => tenantTx(client, scope, age));
  expect((await auditor.call('GET', `${tenant.path}/audit-logs`)).status).toBe(403);

  const both = await Promise.all([
    upgradeSystemRoles(harness.services, ownerUrl),
    upgradeSystemRoles(harness.services, ownerUrl),
  ]);
  expect(both[0] + both[1]).toBe(1);
  expect((await auditor.call('GET', `${tenant.path}/audit-logs`)).status).toBe(200);
  const { body } = await owner.call('GET', role);
  expect(body).toMatchObject({ version: 2 });
  expect(body.permissions.map(({ code }: { code: string }) => code)).not.toContain('roles:create');
  const inherited = (await owner.call('GET', `${tenant.path}/roles/${below.body.id}`)).body.permissions;
  expect(inherited.map(({ code }: { code: string }) => code)).toContain('audit:read');
  const versions = (await owner.call('GET', `${role}/versions`)).body.data;
  expect(versions[0]).toMatchObject({ number: 2, changedBy: null });
  const trail = (await owner.call('GET', `${tenant.path}/audit-logs?targetId=${roleId}&action=role.upgraded`)).body
    .data;
  expect(trail).toMatchObject([{ actor: { type: 'system' }, target: { label: 'Auditor' } }]);

  expect(await upgradeSystemRoles(harness.services, ownerUrl)).toBe(0);
});
