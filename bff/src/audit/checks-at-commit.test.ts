import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Tx, tenantTx } from '../db/tenant-tx.ts';
import { aMember, aTenant, aUser, type TestTenant } from '../testing/fixtures/builders.ts';
import { type Harness, startHarness } from '../testing/fixtures/harness.ts';

let harness: Harness;
let tenant: TestTenant;
let memberIds: string[];
beforeAll(async () => {
  harness = await startHarness();
  const owner = await aUser(harness);
  tenant = await aTenant(harness, { owner });
  const users = await Promise.all(Array.from({ length: 5 }, () => aUser(harness)));
  memberIds = await Promise.all(users.map((user) => aMember(harness, tenant, user, 'member')));
});
afterAll(() => harness.close());

const inTenant = <T>(work: (tx: Tx) => Promise<T>) =>
  tenantTx(harness.services.db.changes, { tenantId: tenant.id, userId: null }, work);
const record = (tx: Tx) => tx.$executeRaw`
  INSERT INTO audit_log (tenant_id, id, actor_type, action, category)
  VALUES (${tenant.id}::uuid, gen_random_uuid(), 'system', 'member.suspended', 'membership')`;
const suspendAll = (tx: Tx, ids: string[]) => tx.$executeRaw`
  UPDATE membership SET status = 'suspended' WHERE tenant_id = ${tenant.id}::uuid AND id = ANY (${ids}::uuid[])`;
const historyOf = (ids: string[]) =>
  inTenant(
    (tx) => tx.$queryRaw<{ status: string }[]>`
      SELECT state ->> 'status' AS status FROM access_history
      WHERE tenant_id = ${tenant.id}::uuid AND kind = 'membership' AND entity_id = ANY (${ids}) ORDER BY at`,
  );

describe('a transaction that changes many members with one statement', () => {
  it('adds the last state of each to the history, and only that', async () => {
    const before = await historyOf(memberIds);
    await inTenant(async (tx) => {
      await suspendAll(tx, memberIds);
      await tx.$executeRaw`UPDATE membership SET status = 'active' WHERE tenant_id = ${tenant.id}::uuid AND id = ${memberIds[0]}::uuid`;
      await record(tx);
    });
    const added = (await historyOf(memberIds)).slice(before.length);
    expect(added).toEqual(memberIds.slice(1).map(() => ({ status: 'suspended' })));
  });

  it('fails at commit without an audit row', async () => {
    await expect(inTenant((tx) => suspendAll(tx, memberIds))).rejects.toThrow(
      'membership changed without an audit row',
    );
  });

  it('fails at commit when the last owner is among them', async () => {
    const all = await inTenant((tx) => tx.membership.findMany({ where: { tenantId: tenant.id } }));
    const suspended = inTenant(async (tx) => {
      await suspendAll(
        tx,
        all.map(({ id }) => id),
      );
      await record(tx);
    });
    await expect(suspended).rejects.toThrow('a tenant keeps at least one owner who can act');
  });

  it('needs no audit row where nothing that is checked has changed', async () => {
    const bumped = await inTenant(
      (tx) => tx.$executeRaw`
        UPDATE membership SET status = status, version = version + 1 WHERE tenant_id = ${tenant.id}::uuid`,
    );
    expect(bumped).toBe(memberIds.length + 1);
  });
});
