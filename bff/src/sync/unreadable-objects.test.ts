import { afterAll, beforeAll, expect, it } from 'vitest';
import { type ClerkProduct, startClerkProduct } from '../testing/fixtures/clerk-product.ts';
import { followRun, reconcileOnce } from './reconcile/runner.ts';

let product: ClerkProduct;
beforeAll(async () => {
  product = await startClerkProduct({ BOOTSTRAP_OWNER: 'user_owner' });
});
afterAll(() => product.close());

const run = async (how: Parameters<typeof reconcileOnce>[1] = {}) => {
  const { id, status } = await reconcileOnce(product.harness.services, how);
  const drift = await product.harness.services.db.sync.syncDrift.findMany({
    where: { runId: id },
  });
  const found = drift.map(({ objectId, kind, state, note }) => ({ objectId, kind, state, note }));
  return { id, status, drift: new Set(found.map((one) => JSON.stringify(one))) };
};

it('an object that cannot be read is drift, keeps its copy and does not stop the run', async () => {
  const { instance } = product.stub;
  const { state } = instance;
  instance.createUser({ id: 'user_owner' });
  const [ada, ben] = [instance.createUser({ firstName: 'Ada' }), instance.createUser({ firstName: 'Ben' })];
  const acme = instance.createOrganization({ name: 'Acme', createdBy: ada.id });
  await run({ kind: 'backfill' });

  state.users.set({ ...ada, first_name: ['Ada'] as unknown as string });
  state.organizations.set({ ...acme, name: null as unknown as string });
  instance.updateUser(ben.id, { lastName: 'Li' });
  const { id: runId, ...first } = await run();
  const [membership] = instance.membershipsOf(acme.id);
  const unreadable = (objectId = '') => ({ objectId, kind: 'unreadable', state: 'open', note: 'unreadable' });
  expect(first).toEqual({
    status: 'done',
    drift: new Set(
      [
        unreadable(acme.id),
        // A membership holds its organization.
        unreadable(membership?.id),
        unreadable(ada.id),
        { objectId: ben.id, kind: 'different', state: 'repaired', note: null },
      ].map((one) => JSON.stringify(one)),
    ),
  });
  const { sync } = product.harness.services.db;
  expect(await sync.user.count({ where: { id: ada.id, deletedAt: null } })).toBe(1);
  expect(await sync.membership.count({ where: { userId: ada.id, status: 'active' } })).toBe(1);

  const owner = product.as('user_owner');
  expect((await owner('POST', `/api/admin/sync-runs/${runId}/drift/repair`, { all: true })).status).toBe(200);
  expect((await followRun(product.harness.services, runId)).status).toBe('done');
  const notes = await sync.syncDrift.findMany({ where: { runId, state: 'open' }, select: { note: true } });
  expect(notes).toEqual([{ note: 'unreadable' }, { note: 'unreadable' }, { note: 'unreadable' }]);
});
