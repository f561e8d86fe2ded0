import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { insertAudit } from '../../audit/record.ts';
import { databaseNow } from '../../db/clock.ts';
import { lockTenant } from '../../db/locks.ts';
import { tenantTx } from '../../db/tenant-tx.ts';
import { aTenant, aUser, type TestTenant, type TestUser } from '../../testing/fixtures/builders.ts';
import { type Harness, startHarness } from '../../testing/fixtures/harness.ts';
import { lockWaiterOf } from '../../testing/fixtures/lock-waiters.ts';
import { joinTenant } from './join-tenant.ts';

let harness: Harness;
beforeAll(async () => {
  harness = await startHarness();
});
afterAll(() => harness.close());

const join = (tenant: TestTenant, user: TestUser) =>
  tenantTx(harness.services.db.server, { tenantId: tenant.id, userId: user.id }, async (tx) => {
    await lockTenant(tx, tenant.id);
    const common = { tenantId: tenant.id, source: 'invitation', grantedBy: null } as const;
    await joinTenant(tx, [{ ...common, userId: user.id, roleIds: [tenant.roleId('member')] }]);
    await insertAudit(tx, {
      tenantId: tenant.id,
      actor: { type: 'system', id: 'test', sessionId: null },
      origin: { requestId: 'test', ip: null, userAgent: null },
      action: 'member.joined',
      category: 'membership',
      subjectId: user.id,
    });
  });

it('starts a membership after the change whose lock it waited for', async () => {
  const owner = await aUser(harness);
  const [tenant, user] = [await aTenant(harness, { owner }), await aUser(harness)];
  let joining: Promise<void> | undefined;
  const unlockedAt = await tenantTx(harness.services.db.server, { tenantId: tenant.id, userId: null }, async (tx) => {
    await lockTenant(tx, tenant.id);
    joining = join(tenant, user);
    await lockWaiterOf(tx);
    await pause(20);
    return databaseNow(tx);
  });
  await joining;
  const { createdAt, roles } = await harness.services.db.sync.membership.findFirstOrThrow({
    where: { tenantId: tenant.id, userId: user.id },
    include: { roles: true },
  });
  for (const start of [createdAt, roles[0]?.validFrom]) expect(start?.getTime()).toBeGreaterThanOrEqual(+unlockedAt);
});
