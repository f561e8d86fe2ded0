import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { seededRandom } from '../../core/random.ts';
import { tenantTx } from '../../db/tenant-tx.ts';
import { type ClerkProduct, startClerkProduct } from '../../testing/fixtures/clerk-product.ts';
import { lockWaiterOf } from '../../testing/fixtures/lock-waiters.ts';
import { waitUntilProcessed } from '../../testing/fixtures/processed-events.ts';
import { disagreements } from '../../testing/oracles/provider-state.ts';
import { lockUser, NO_TENANT } from '../context.ts';
import { reconcileOnce } from './runner.ts';

const USERS = 400;
const CHANGES = 300;
/** The first test takes 3 s, and a minute on a busy machine. */
const TIMEOUT = 300_000;
const PATH = '/api/webhooks/clerk';

let product: ClerkProduct;
beforeAll(async () => {
  product = await startClerkProduct();
});
afterAll(() => product.close());

it(
  'runs concurrent with webhooks undo nothing and leave no drift',
  async () => {
    const { instance } = product.stub;
    const { services } = product.harness;
    const random = seededRandom('live');
    const users = Array.from(
      { length: USERS },
      (_, index) => instance.createUser({ firstName: 'Ann', lastName: `Li ${index}` }).id,
    );
    const organization = instance.createOrganization({ name: 'School', createdBy: users[0] ?? '' });
    for (const id of users.slice(1, 200)) instance.addMembership(organization.id, id);

    // Late, duplicate and out of order, but none lost: any difference in the end is the run's fault.
    const sender = product.stub.addEndpoint({
      to: (body, headers) => product.harness.anonymous('POST', PATH, body, headers),
      chaos: { duplicate: 0.2, delay: 0.5, delayUpToMs: 200, reorder: 0.3 },
      seed: 'live',
      retryFactor: 0.001,
    });
    const alive = new Set(users.slice(1));
    const change = () => {
      const id = random.pick([...alive]);
      const kind = random.pick(['rename', 'ban', 'unban', 'delete', 'create', 'join', 'leave', 'role'] as const);
      const isMember = instance.findMembership(organization.id, id) !== null;
      if (kind === 'rename') instance.updateUser(id, { lastName: `Li ${random.fraction()}` });
      if (kind === 'ban') instance.banUser(id);
      if (kind === 'unban') instance.unbanUser(id);
      if (kind === 'delete' && alive.delete(id)) instance.deleteUser(id);
      if (kind === 'create') alive.add(instance.createUser({ firstName: 'New' }).id);
      if (kind === 'join' && !isMember) instance.addMembership(organization.id, id);
      if (kind === 'leave' && isMember) instance.removeMembership(organization.id, id);
      if (kind === 'role' && isMember)
        instance.setMembershipRole(organization.id, id, random.pick(['org:admin', 'org:member']));
    };

    let isRunning = true;
    const runs = (async () => {
      let count = 0;
      for (; isRunning || count < 2; count++) expect((await reconcileOnce(services)).status).toBe('done');
      return count;
    })();
    for (let index = 0; index < CHANGES; index++) {
      change();
      await pause(5);
    }
    isRunning = false;
    expect(await runs).toBeGreaterThanOrEqual(2);
    await sender.idle();
    await waitUntilProcessed(services.db.sync, {}, services.inbox.sweep);
    expect(await disagreements(services, instance)).toEqual([]);
    expect(await services.db.sync.syncDrift.findMany({ where: { state: 'open' } })).toEqual([]);

    const after = await reconcileOnce(services);
    expect(await services.db.sync.syncDrift.findMany({ where: { runId: after.id } })).toEqual([]);
  },
  TIMEOUT,
);

it(
  'a webhook during a fetch wins over the fetched data',
  async () => {
    const { instance } = product.stub;
    const { services } = product.harness;
    const { directory } = services.identity;
    if (!directory) throw new Error('Clerk has one');
    const [deleted, renamed, leaver] = [instance.createUser(), instance.createUser(), instance.createUser()].map(
      ({ id }) => id,
    ) as [string, string, string];
    const organization = instance.createOrganization({ name: 'Club', createdBy: renamed });
    instance.addMembership(organization.id, leaver);
    await reconcileOnce(services);

    const sender = product.stub.addEndpoint({
      to: (body, headers) => product.harness.anonymous('POST', PATH, body, headers),
    });
    const changeDuring = async (change: () => void) => {
      change();
      await sender.idle();
      await waitUntilProcessed(services.db.sync, {}, services.inbox.sweep);
    };
    const run = await reconcileOnce(services, {
      directory: {
        ...directory,
        listUsers: async (cursor) => {
          const page = await directory.listUsers(cursor);
          await changeDuring(() => {
            instance.deleteUser(deleted);
            instance.updateUser(renamed, { firstName: 'Later' });
          });
          return page;
        },
        listMemberships: async (cursor) => {
          const page = await directory.listMemberships(cursor);
          await changeDuring(() => instance.removeMembership(organization.id, leaver));
          return page;
        },
      },
    });
    expect(run.status).toBe('done');
    expect(await services.db.sync.syncDrift.findMany({ where: { runId: run.id } })).toEqual([]);
    expect(await disagreements(services, instance)).toEqual([]);
  },
  TIMEOUT,
);

it('repairs an object whose transaction was cancelled, once the run is retried', async () => {
  // Of its own: the senders of the other tests still deliver.
  const product = await startClerkProduct();
  onTestFinished(() => product.close());
  const { services } = product.harness;
  const { id } = product.stub.instance.createUser({ firstName: 'Ann' });
  let running: ReturnType<typeof reconcileOnce> | undefined;
  await tenantTx(services.db.sync, NO_TENANT, async (tx) => {
    await lockUser(tx, id);
    running = reconcileOnce(services);
    const pid = await lockWaiterOf(tx);
    await tx.$queryRaw`SELECT pg_cancel_backend(${pid}::int)`;
  });
  const run = await running;
  expect(run).toMatchObject({ status: 'done', result: { user: { missing: 1, repaired: 1, unreadable: 0 } } });
  expect(await services.db.sync.user.findFirst({ where: { id } })).toMatchObject({ firstName: 'Ann' });
});
