import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PLATFORM_TENANT_ID } from '../../access/permissions.ts';
import { tenantTx } from '../../db/tenant-tx.ts';
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
let staff: TestUser;
let tenant: TestTenant;
let logs: string;

beforeAll(async () => {
  harness = await startHarness();
  owner = await aUser(harness, { name: 'Ottilie Owner' });
  tenant = await aTenant(harness, { owner, name: 'Watched' });
  member = await aUser(harness, { name: 'Manu Member' });
  await aMember(harness, tenant, member, 'member');
  staff = await aUser(harness);
  await aStaffMember(harness, staff, 'support');
  logs = `${tenant.path}/audit-logs`;
});
afterAll(() => harness.close());

describe('denial', () => {
  it('is recorded in the tenant with actor, operation and permission', async () => {
    const refused = await member.call('POST', `${tenant.path}/invitations`, { email: 'a@b.test', roleIds: [] });
    expect(refused.body).toMatchObject({ status: 403, permission: 'members:invite' });
    const found = await owner.call('GET', `${logs}?requestId=${refused.body.requestId}`);
    expect(found.body.data).toMatchObject([
      {
        outcome: 'denied',
        action: 'invitation.create',
        actor: { id: member.id, name: 'Manu Member' },
        permission: 'members:invite',
        requestId: refused.headers.get('x-request-id'),
      },
    ]);
  });

  it('is recorded in the platform tenant when the tenant is hidden from the actor', async () => {
    const stranger = await aUser(harness);
    await stranger.call('GET', `${tenant.path}/members`);
    expect((await owner.call('GET', `${logs}?actorId=${stranger.id}`)).body.data).toEqual([]);
    const seen = await staff.call('GET', `/api/admin/audit-logs?actorId=${stranger.id}&outcome=denied`);
    expect(seen.body.data).toMatchObject([
      { tenant: { id: PLATFORM_TENANT_ID }, target: { type: 'tenant', id: tenant.id } },
    ]);
  });
});

describe('audit log', () => {
  it('can be searched by text and action, and read by id', async () => {
    await owner.call('PATCH', tenant.path, { name: 'Watched closely' });
    const byText = await owner.call('GET', `${logs}?q=ottilie&action=tenant.`);
    expect(byText.body.data).toMatchObject([
      { action: 'tenant.updated', before: { name: 'Watched' }, after: { name: 'Watched closely' } },
    ]);
    const [event] = byText.body.data;
    expect((await owner.call('GET', `${logs}/${event.id}`)).body).toEqual(event);
    expect((await staff.call('GET', `/api/admin/audit-logs/${event.id}`)).body).toEqual(event);
    const other = await aTenant(harness, { owner });
    expect((await owner.call('GET', `${other.path}/audit-logs/${event.id}`)).status).toBe(404);
  });

  it('is filtered by the categories that events have, and by no other', async () => {
    const found = await owner.call('GET', `${logs}?category=tenant`);
    expect(new Set(found.body.data.map(({ category }: { category: string }) => category))).toEqual(new Set(['tenant']));
    expect((await owner.call('GET', `${logs}?category=api`)).status).toBe(400);
  });

  it('is append-only', async () => {
    const scope = { tenantId: tenant.id, userId: null };
    for (const sql of ['UPDATE audit_log SET action = null', 'DELETE FROM audit_log', 'TRUNCATE audit_log']) {
      const attempt = tenantTx(harness.services.db.server, scope, (tx) =>
        tx.$executeRaw(Object.assign([sql], { raw: [sql] }) as unknown as TemplateStringsArray),
      );
      await expect(attempt, sql).rejects.toThrow(/permission denied/);
    }
  });

  it('rolls back the change and its audit row when the work fails', async () => {
    const before = (await owner.call('GET', `${logs}?limit=1`)).body.page.total;
    const scope = { tenantId: tenant.id, userId: null };
    const half = tenantTx(harness.services.db.server, scope, async (tx) => {
      await tx.$executeRaw`UPDATE tenant SET name = 'Half done' WHERE id = ${tenant.id}::uuid`;
      throw new Error('power cut');
    });
    await expect(half).rejects.toThrow('power cut');
    expect((await owner.call('GET', tenant.path)).body.name).toBe('Watched closely');
    expect((await owner.call('GET', `${logs}?limit=1`)).body.page.total).toBe(before);
  });
});
