import { expect, it, onTestFinished } from 'vitest';
import { tenantTx } from '../../db/tenant-tx.ts';
import { startClerkProduct } from '../../testing/fixtures/clerk-product.ts';
import { lockWaiterOf } from '../../testing/fixtures/lock-waiters.ts';
import { lockUser, NO_TENANT } from '../context.ts';
import { reconcileOnce } from './runner.ts';

it('repairs an object whose transaction was cancelled, once the run is retried', async () => {
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
