import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tenantTx } from '../../db/tenant-tx.ts';
import {
  at,
  clerkMembership,
  clerkOrganization,
  clerkUser,
  startClerkHarness,
} from '../../testing/fixtures/clerk-webhooks.ts';
import { lockWaiterOf } from '../../testing/fixtures/lock-waiters.ts';
import { lockUser, NO_TENANT } from '../context.ts';

let clerk: Awaited<ReturnType<typeof startClerkHarness>>;
beforeAll(async () => {
  clerk = await startClerkHarness();
});
afterAll(() => clerk.harness.close());

const row = (id: string) => clerk.db.webhookEvent.findFirst({ where: { id } });

/**
 * Sends an event, cancels the first statement that waits for the user's lock, as a time-out does, and releases the lock once the event
 * is stored in this state.
 */
async function sendAndCancel(userId: string, type: string, data: object, state: object): Promise<string> {
  const id = `msg_late_${crypto.randomUUID()}`;
  let sent: Promise<string> | undefined;
  await tenantTx(clerk.db, NO_TENANT, async (tx) => {
    await lockUser(tx, userId);
    sent = clerk.send(type, { ...data }, { id });
    const pid = await lockWaiterOf(tx);
    await tx.$queryRaw`SELECT pg_cancel_backend(${pid}::int)`;
    await expect.poll(() => row(id), { timeout: 20_000 }).toMatchObject(state);
  });
  await sent;
  return id;
}

describe('event whose transaction is cancelled', () => {
  it('is stored, and applied by the worker', async () => {
    const user = clerkUser();
    await clerk.send('user.created', user);
    const update = { ...user, last_name: 'Byron', updated_at: at(5) };
    const id = await sendAndCancel(user.id, 'user.updated', update, { status: 'received', attempts: 0 });
    expect(await row(id)).toMatchObject({ status: 'applied', attempts: 1 });
    expect((await clerk.user(user.id)).name).toBe('Ada Byron');
  });

  it('is applied by its retry', async () => {
    const [organization, user] = [clerkOrganization(), clerkUser()];
    await clerk.send('organization.created', organization);
    await clerk.send('user.created', user);
    const membership = clerkMembership(organization, user.id);
    const id = await sendAndCancel(user.id, 'organizationMembership.created', membership, {
      status: 'failed',
      attempts: 1,
    });
    expect(await clerk.db.membership.count({ where: { userId: user.id } })).toBe(0);

    await clerk.db.webhookEvent.update({ where: { id }, data: { nextAttemptAt: new Date(0) } });
    await clerk.harness.services.inbox.sweep();
    expect(await row(id)).toMatchObject({ status: 'applied', attempts: 2, lastError: null });
    expect(await clerk.member(organization.id, user.id)).toMatchObject({ status: 'active' });
  });
});
