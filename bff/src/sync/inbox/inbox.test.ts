import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { IdentityUnavailable } from '../../core/identity-provider.ts';
import { tenantTx } from '../../db/tenant-tx.ts';
import { ClerkUser, toIdentityUser } from '../../identity/clerk/user.ts';
import {
  at,
  clerkMembership,
  clerkOrganization,
  clerkUser,
  signed,
  startClerkHarness,
} from '../../testing/fixtures/clerk-webhooks.ts';
import { applyUsers } from '../apply/user.ts';
import { contextForUser, NO_TENANT } from '../context.ts';
import { parseEvent } from './payload.ts';
import { processEvents } from './process.ts';
import { purgeInbox } from './retention.ts';
import { insertRows } from './rows.ts';
import { storeBatch } from './store.ts';

let clerk: Awaited<ReturnType<typeof startClerkHarness>>;
beforeAll(async () => {
  clerk = await startClerkHarness();
});
afterAll(() => clerk.harness.close());

const event = (type: string, data: object) => JSON.stringify({ object: 'event', type, timestamp: 1_716_883_200, data });
const row = (id: string) => clerk.db.webhookEvent.findFirstOrThrow({ where: { id } });

describe('batch of user updates', () => {
  it('applies updates in order and ignores stale ones', async () => {
    const [ada, ben, deleted] = [clerkUser(), clerkUser({ first_name: 'Ben' }), clerkUser()];
    await clerk.send('user.deleted', { object: 'user', id: deleted.id, deleted: true });
    const updates = [
      ada,
      { ...ada, last_name: 'Byron', updated_at: at(5) },
      ben,
      { ...ada, last_name: 'Too late', updated_at: at(3) },
      deleted,
      { ...ben, banned: true, updated_at: at(2) },
    ];
    const origin = { requestId: `batch-${ada.id}`, ip: null, userAgent: null };
    const ctx = contextForUser({ id: 'user_actor', sessionId: null }, origin, clerk.harness.services.config);
    const apply = (users: object[]) =>
      tenantTx(clerk.db, NO_TENANT, (tx) =>
        applyUsers(
          tx,
          users.map((one) => ({ user: toIdentityUser(ClerkUser.parse(one)), ctx })),
        ),
      );
    expect(await apply(updates)).toEqual(['applied', 'applied', 'applied', 'ignored', 'ignored', 'applied']);
    expect(await clerk.user(ada.id)).toMatchObject({ name: 'Ada Byron', sortName: 'ada byron' });
    expect(await clerk.user(ben.id)).toMatchObject({ name: 'Ben Park', banned: true });
    expect((await clerk.user(deleted.id)).email).toBeNull();
    const recorded = await clerk.events({ requestId: origin.requestId });
    expect(recorded.map(({ action, subjectId }) => [action, subjectId])).toEqual([
      ['user.created', ada.id],
      ['user.updated', ada.id],
      ['user.created', ben.id],
      ['user.updated', ben.id],
    ]);
    await apply(updates.slice(0, 3));
    expect(await clerk.events({ requestId: origin.requestId })).toHaveLength(4);
  });

  it('isolates an unreadable event and applies none twice', async () => {
    const users = Array.from({ length: 12 }, () => clerkUser());
    const bodies = users.map((user, index) =>
      event('user.created', index === 5 ? { ...user, created_at: 'soon' } : user),
    );
    const answers = await Promise.all(
      [...bodies, ...bodies].map((body, index) =>
        clerk.deliver(body, signed(body, { id: `msg_many_${users[index % 12]?.id}` })),
      ),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array(24).fill(200));
    const results = answers.map(({ body }) => body.result).sort();
    expect(results).toEqual([...Array(11).fill('applied'), ...Array(12).fill('duplicate'), 'stored']);
    await clerk.harness.services.inbox.idle();
    const ids = users.map(({ id }) => id);
    expect(await clerk.db.user.count({ where: { id: { in: ids } } })).toBe(11);
    expect(await clerk.db.auditLog.count({ where: { subjectId: { in: ids } } })).toBe(11);
    expect(await row(`msg_many_${ids[5]}`)).toMatchObject({ status: 'failed', attempts: 1 });
  });

  describe('with one unreadable event', () => {
    const batch = () =>
      [clerkUser(), clerkUser({ created_at: 'soon' }), clerkUser()].map((data) => ({
        id: `msg_of_${data.id}`,
        event: parseEvent({ type: 'user.created', data }),
        origin: { requestId: data.id, ip: null, userAgent: null },
      }));
    const deps = () => {
      const { config, db, log, identity } = clerk.harness.services;
      return { config, db, log, directory: () => identity.directory };
    };
    /** Returns the number of transactions that have applied events. */
    const transactionsOf = async (events: { id: string }[]) => {
      const ids = events.map(({ id }) => id);
      const [found] = await clerk.db.$queryRaw<{ transactions: number }[]>`
        SELECT count(DISTINCT xmin::text)::int AS transactions FROM audit_log WHERE actor_id = ANY (${ids}::text[])`;
      return found?.transactions;
    };

    it('applies the others in the transaction that stores them', async () => {
      const events = batch();
      expect(await storeBatch(deps(), events)).toEqual(['applied', 'stored', 'applied']);
      expect(await transactionsOf(events)).toBe(1);
      expect(await row(events[1]?.id ?? '')).toMatchObject({ status: 'received', attempts: 0 });
    });

    it('applies the others in one transaction when they are due', async () => {
      const events = batch();
      const ids = events.map(({ id }) => id);
      const rows = events.map(({ event, ...rest }) => ({
        ...event,
        ...{ id: rest.id, requestId: rest.origin.requestId, status: 'received' as const },
      }));
      await insertRows(clerk.db, rows);
      await processEvents(deps(), ids);
      const statuses = await Promise.all(ids.map(async (id) => (await row(id)).status));
      expect(statuses).toEqual(['applied', 'failed', 'applied']);
      expect(await transactionsOf(events)).toBe(1);
    });
  });
});

describe('unreadable events', () => {
  it('fail one by one when retried in one batch', async () => {
    const users = Array.from({ length: 3 }, () => clerkUser({ created_at: 'soon' }));
    const ids = users.map(({ id }) => `msg_poison_${id}`);
    for (const [index, user] of users.entries()) await clerk.send('user.created', user, { id: ids[index] ?? '' });
    await clerk.db.$executeRaw`
      UPDATE webhook_event SET next_attempt_at = now() - interval '1 day' WHERE id = ANY (${ids}::text[])`;
    await clerk.harness.services.inbox.sweep();
    for (const id of ids) expect(await row(id)).toMatchObject({ status: 'failed', attempts: 2 });
  });
});

describe('senders that announce a body and never send it', () => {
  it('do not block others', async () => {
    const { inbox } = clerk.harness.services;
    const origin = { requestId: 'slow', ip: null, userAgent: null };
    const pipes = Array.from({ length: 80 }, () => new TransformStream<Uint8Array, Uint8Array>());
    const slow = pipes.map(({ readable }) =>
      inbox
        .receive(
          new Request('http://localhost/api/webhooks/clerk', {
            ...{ method: 'POST', body: readable, duplex: 'half', headers: { 'content-length': '1000000' } },
          } as RequestInit),
          origin,
        )
        .catch((error) => error.code),
    );
    expect(await clerk.send('user.created', clerkUser())).toBe('applied');
    for (const { writable } of pipes) await writable.close();
    expect(new Set(await Promise.all(slow))).toEqual(new Set(['webhook_not_verified']));
  });
});

describe('conflicting updates with the same timestamp', () => {
  it('wait for the provider without losing attempts, then take its data', async () => {
    const user = clerkUser();
    let fetchUser: () => Promise<ReturnType<typeof toIdentityUser>> = () =>
      Promise.reject(new IdentityUnavailable('unavailable', { retryAfterMs: 60_000 }));
    const { identity, inbox } = clerk.harness.services;
    const { directory } = identity;
    Object.assign(identity, { directory: { fetchUser: () => fetchUser() } });
    onTestFinished(() => void Object.assign(identity, { directory }));

    await clerk.send('user.created', user);
    const id = `msg_tie_${user.id}`;
    expect(await clerk.send('user.updated', { ...user, first_name: 'Said' }, { id })).toBe('stored');
    const waiting = await row(id);
    expect(waiting).toMatchObject({ status: 'received', attempts: 0, lastError: 'unavailable' });
    expect((waiting.nextAttemptAt?.getTime() ?? 0) - Date.now()).toBeGreaterThan(50_000);

    fetchUser = async () => toIdentityUser(ClerkUser.parse({ ...user, first_name: 'True' }));
    await clerk.db.webhookEvent.update({ where: { id }, data: { nextAttemptAt: new Date(0) } });
    await inbox.sweep();
    expect(await row(id)).toMatchObject({ status: 'applied', attempts: 1 });
    expect((await clerk.user(user.id)).firstName).toBe('True');
    // A later conflicting update is resolved the same way.
    await clerk.send('user.updated', { ...user, first_name: 'Said' });
    expect((await clerk.user(user.id)).firstName).toBe('True');
  });
});

it('ignores a stale update and removes its content', async () => {
  const user = clerkUser({ updated_at: at(9) });
  await clerk.send('user.created', user);
  const id = `msg_late_${user.id}`;
  expect(await clerk.send('user.updated', { ...user, first_name: 'Old', updated_at: at(3) }, { id })).toBe('ignored');
  const { payload, processedAt, ...late } = await row(id);
  expect(late).toMatchObject({ status: 'ignored', attempts: 1, nextAttemptAt: null });
  expect([payload, processedAt !== null]).toEqual([{ type: 'user.updated', data: { id: user.id } }, true]);
});

it('removes the content of processed events after 90 days', async () => {
  const ids = ['applied', 'dead', 'young'].map((kind) => `msg_old_${kind}_${crypto.randomUUID()}`);
  const long = new Date(Date.now() - 91 * 86_400_000);
  const payload = { type: 'user.created', data: clerkUser() };
  const rest = { source: 'clerk', type: 'user.created', objectId: 'user_old', payload };
  for (const [index, id] of ids.entries()) {
    const receivedAt = index === 2 ? new Date() : long;
    await clerk.db.webhookEvent.create({ data: { id, ...rest, status: index === 1 ? 'dead' : 'applied', receivedAt } });
  }
  await purgeInbox(clerk.harness.services);
  const hasContent = await Promise.all(ids.map(async (id) => JSON.stringify((await row(id)).payload).includes('Ada')));
  expect(hasContent).toEqual([false, true, true]);
});

it('the end of an older membership keeps a newer one', async () => {
  const [organization, user] = [clerkOrganization(), clerkUser()];
  await clerk.send('organization.created', organization);
  await clerk.send('user.created', user);
  const given = clerkMembership(organization, user.id);
  await clerk.send('organizationMembership.created', given);
  await clerk.send('organizationMembership.deleted', clerkMembership(organization, user.id, { updated_at: at(0) }));
  expect(await clerk.member(organization.id, user.id)).toMatchObject({
    status: 'active',
    identityMembershipId: given.id,
  });
  // The end of a newer membership ends this one too, even before its creation arrives, which is then stale.
  const next = clerkMembership(organization, user.id, { created_at: at(8), updated_at: at(8) });
  await clerk.send('organizationMembership.deleted', next);
  expect(await clerk.send('organizationMembership.created', next)).toBe('ignored');
  expect(await clerk.member(organization.id, user.id)).toMatchObject({ status: 'left', identityMembershipId: next.id });
});
