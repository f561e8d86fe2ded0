import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tenantTx } from '../db/tenant-tx.ts';
import { type ClerkProduct, startClerkProduct } from '../testing/fixtures/clerk-product.ts';
import { clerkUser, signed } from '../testing/fixtures/clerk-webhooks.ts';
import { lockWaiterOf } from '../testing/fixtures/lock-waiters.ts';
import { lockUser, NO_TENANT } from './context.ts';
import { reconcileOnce } from './reconcile/runner.ts';

let product: ClerkProduct;
beforeAll(async () => {
  product = await startClerkProduct();
});
afterAll(() => product.close());

/** Ends, so many times, the connection that waits for the user, as a failing database would. */
const endConnections = (userId: string, times: number, work: () => Promise<unknown>) =>
  tenantTx(
    product.harness.services.db.sync,
    NO_TENANT,
    async (tx) => {
      await lockUser(tx, userId);
      const running = work();
      for (let time = 0; time < times; time++) {
        const pid = await lockWaiterOf(tx);
        await tx.$queryRaw`SELECT pg_terminate_backend(${pid}::int, 5000)`;
      }
      return { running };
    },
    { timeout: 60_000 },
  );

describe('an outage of the database', () => {
  it('costs an event no attempt', async () => {
    const { services, anonymous } = product.harness;
    const user = clerkUser();
    const id = `msg_${user.id}`;
    const body = JSON.stringify({ object: 'event', type: 'user.created', timestamp: 1, data: user });
    const secret = product.stub.webhookSecret;
    // Once while the request applies it, once in the worker.
    await endConnections(user.id, 2, () =>
      anonymous('POST', '/api/webhooks/clerk', body, signed(body, { id, secret })),
    );
    await services.inbox.idle();
    const row = () => services.db.sync.webhookEvent.findFirstOrThrow({ where: { id } });
    expect(await row()).toMatchObject({ status: 'received', attempts: 0 });
    await services.db.sync.webhookEvent.update({ where: { id }, data: { nextAttemptAt: new Date(0) } });
    await services.inbox.sweep();
    expect(await row()).toMatchObject({ status: 'applied', attempts: 1 });
  });

  it('costs a sync run no attempt, however often it returns', async () => {
    const { services } = product.harness;
    const { id } = product.stub.instance.createUser({ firstName: 'Ann' });
    const { running } = await endConnections(id, 4, () => reconcileOnce(services));
    expect(await running).toMatchObject({ status: 'done' });
    expect(await services.db.sync.user.findFirst({ where: { id } })).toMatchObject({ firstName: 'Ann' });
  });
});
