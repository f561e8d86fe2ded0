import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ClerkProduct, startClerkProduct } from '../../testing/fixtures/clerk-product.ts';
import { ensureDefaultTenant } from '../ensure-default-tenant.ts';
import { pushPending } from '../outbox/push.ts';
import { reconcileOnce } from './runner.ts';

let product: ClerkProduct;
beforeAll(async () => {
  product = await startClerkProduct({ DEFAULT_TENANT: 'school' });
  await ensureDefaultTenant(product.harness.services.db, product.harness.services.config);
});
afterAll(() => product.close());

const run = async (how: Parameters<typeof reconcileOnce>[1] = {}) => {
  const { id } = await reconcileOnce(product.harness.services, how);
  const rows = await product.harness.services.db.sync.syncDrift.findMany({ where: { runId: id } });
  return rows.map(({ objectId, kind, state, fields }) => ({ objectId, kind, state, fields }));
};
const primaryOf = async (userId: string) => {
  const held = await product.harness.services.db.sync.membershipRole.findFirst({
    where: { userId, endedAt: null, isPrimary: true, role: { tenant: { slug: 'school' } } },
    include: { role: true },
  });
  return held?.role.key;
};

describe('app roles in the default tenant', () => {
  it('are compared, and repaired in the requested direction', async () => {
    const { instance } = product.stub;
    const [ada, ben, cyd] = [instance.createUser(), instance.createUser(), instance.createUser()].map(
      ({ id }) => id,
    ) as [string, string, string];
    await run({ kind: 'backfill' });
    expect(await Promise.all([ada, ben, cyd].map(primaryOf))).toEqual(['member', 'member', 'member']);

    instance.setUserMetadata(ada, { public: { role: 'admin' } });
    instance.setUserMetadata(ben, { public: { role: 'admin' } });
    instance.setUserMetadata(cyd, { public: { role: 'emperor' } });
    const lost = { field: 'role', ours: 'member', theirs: 'admin' };
    const found = await run({ mode: 'report' });
    expect(found).toHaveLength(3);
    expect(found.find(({ objectId }) => objectId === ada)).toMatchObject({
      kind: 'different',
      fields: [{ field: 'identityRole', ours: null, theirs: 'admin' }, lost],
    });

    instance.setUserMetadata(ben, { public: { role: 'member' } });
    await run();
    expect(await Promise.all([ada, ben, cyd].map(primaryOf))).toEqual(['admin', 'member', 'member']);

    // A role that the provider may not grant stays drift in every run, and is not audited.
    const audits = () => product.harness.services.db.sync.auditLog.count({ where: { subjectId: cyd } });
    const before = await audits();
    const refused = [
      { objectId: cyd, kind: 'role', state: 'open', fields: [{ field: 'role', ours: 'member', theirs: 'emperor' }] },
    ];
    expect(await run()).toEqual(refused);
    expect(await audits()).toBe(before);

    expect(await run({ direction: 'push' })).toMatchObject([{ objectId: cyd, state: 'queued' }]);
    const { config, db, log, identity } = product.harness.services;
    if (!identity.directory) throw new Error('Clerk has one');
    await pushPending({ config, db, log, directory: identity.directory }, AbortSignal.timeout(5_000));
    expect(instance.state.users.get(cyd)?.public_metadata).toEqual({ role: 'member' });
    expect(await run()).toEqual([]);
  });
});
