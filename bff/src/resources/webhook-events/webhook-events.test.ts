import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aStaffMember, aUser, type TestUser } from '../../testing/fixtures/builders.ts';
import {
  at,
  CLERK_SETTINGS,
  clerkMembership,
  clerkOrganization,
  clerkUser,
  signed,
} from '../../testing/fixtures/clerk-webhooks.ts';
import { type Harness, startHarness } from '../../testing/fixtures/harness.ts';

const EVENTS = '/api/admin/webhook-events';
let harness: Harness;
let admin: TestUser;
let support: TestUser;

// Users sign in with the local provider while Clerk's webhooks arrive: these need only the secret.
beforeAll(async () => {
  const { CLERK_WEBHOOK_SIGNING_SECRET } = CLERK_SETTINGS;
  harness = await startHarness({ CLERK_WEBHOOK_SIGNING_SECRET });
  [admin, support] = await Promise.all([aUser(harness), aUser(harness)]);
  await aStaffMember(harness, admin, 'admin');
  await aStaffMember(harness, support, 'support');
});
afterAll(() => harness.close());

async function receive(type: string, data: object, id = `msg_${crypto.randomUUID()}`): Promise<string> {
  const body = JSON.stringify({ object: 'event', type, timestamp: 1_716_883_200, data });
  const answer = await harness.anonymous('POST', '/api/webhooks/clerk', body, signed(body, { id }));
  expect(answer.status).toBe(200);
  await harness.services.inbox.idle();
  return id;
}
const read = async (id: string) => (await admin.call('GET', `${EVENTS}/${id}`)).body;

describe('webhook event', () => {
  it('shows its times, the changed fields and its audit rows', async () => {
    const user = clerkUser();
    await receive('user.created', user);
    const id = await receive('user.updated', { ...user, first_name: 'Grace', banned: true, updated_at: at(3) });
    const event = await read(id);
    expect(event).toMatchObject({
      id,
      type: 'user.updated',
      status: 'applied',
      objectId: user.id,
      attempts: 1,
      hasContent: true,
    });
    expect(event.changes).toMatchObject([
      { action: 'user.updated', subjectId: user.id, fields: ['banned', 'firstName', 'name'] },
    ]);
    const linked = await admin.call('GET', `/api/admin/audit-logs/${event.changes[0].auditLogId}`);
    expect(linked.body).toMatchObject({ actor: { type: 'webhook', id }, requestId: event.requestId });
    const { user: about, ...rest } = event;
    expect(about).toMatchObject({ id: user.id, name: expect.stringContaining('Grace') });
    expect(JSON.stringify(rest)).not.toMatch(/Grace|example\.test/);
  });

  it('names the user and the tenant it is about', async () => {
    const [user, organization] = [clerkUser(), clerkOrganization()];
    await receive('user.created', user);
    const made = await receive('organization.created', organization);
    const joined = await receive('organizationMembership.created', clerkMembership(organization, user.id));
    const session = {
      id: `sess_${crypto.randomUUID()}`,
      user_id: user.id,
      status: 'active',
      created_at: at(0),
      updated_at: at(0),
    };
    const began = await receive('session.created', session);
    expect(await read(made)).toMatchObject({ user: null, tenant: { name: organization.name } });
    expect(await read(joined)).toMatchObject({ user: { id: user.id }, tenant: { name: organization.name } });
    expect(await read(began)).toMatchObject({ user: { id: user.id }, tenant: null });
    const unknown = await receive('permission.created', { id: 'perm_1' });
    expect(await read(unknown)).toMatchObject({ user: null, tenant: null });
  });

  it('is filtered by object, type, status and time, with pages', async () => {
    const user = clerkUser();
    await receive('user.created', user);
    for (let turn = 1; turn <= 3; turn++)
      await receive('user.updated', { ...user, last_name: `N${turn}`, updated_at: at(turn) });
    const first = await admin.call('GET', `${EVENTS}?objectId=${user.id}&type=user.&limit=2`);
    expect(first.body.data).toHaveLength(2);
    const second = await admin.call(
      'GET',
      `${EVENTS}?objectId=${user.id}&type=user.&limit=2&cursor=${first.body.page.nextCursor}`,
    );
    const all = [...first.body.data, ...second.body.data] as { type: string; receivedAt: string }[];
    expect(all.map(({ type }) => type)).toEqual(['user.updated', 'user.updated', 'user.updated', 'user.created']);
    expect(all.map(({ receivedAt }) => receivedAt)).toEqual(
      all
        .map(({ receivedAt }) => receivedAt)
        .toSorted()
        .reverse(),
    );
    const none = await admin.call('GET', `${EVENTS}?objectId=${user.id}&status=dead`);
    expect(none.body.page.total).toBe(0);
  });
});

describe('replay', () => {
  it('applies failed events, requires sync:run and is audited', async () => {
    const user = clerkUser({ created_at: 'soon' });
    const ids = [await receive('user.created', user), await receive('user.created', clerkUser({ created_at: 'soon' }))];
    expect((await read(ids[0] ?? '')).status).toBe('failed');
    expect((await support.call('POST', `${EVENTS}/${ids[0]}/replay`)).status).toBe(403);

    await harness.services.db.sync.webhookEvent.updateMany({
      where: { id: { in: ids } },
      data: {
        status: 'dead',
        attempts: 8,
        payload: { type: 'user.created', data: { ...user, created_at: at(0) } },
        nextAttemptAt: null,
      },
    });
    expect((await admin.call('POST', `${EVENTS}/${ids[0]}/replay`)).status).toBe(200);
    await expect.poll(async () => (await read(ids[0] ?? '')).status).toBe('applied');
    expect((await read(ids[1] ?? '')).status).toBe('dead');

    const many = await admin.call('POST', `${EVENTS}/replay`, {
      status: 'dead',
      objectId: (await read(ids[1] ?? '')).objectId,
    });
    expect(many.body).toEqual({ count: 1 });
    await expect.poll(async () => (await read(ids[1] ?? '')).status).toBe('applied');
    const logged = await admin.call('GET', `/api/admin/audit-logs?action=webhook_event.replayed&actorId=${admin.id}`);
    expect(logged.body.data.map(({ target }: { target: { id: string } }) => target.id)).toEqual(['many', ids[0]]);
  });

  it('is rejected when the content was removed', async () => {
    const user = clerkUser();
    const id = await receive('user.created', user);
    await receive('user.deleted', { object: 'user', id: user.id, deleted: true });
    const refused = await admin.call('POST', `${EVENTS}/${id}/replay`);
    expect([refused.status, refused.body.code]).toEqual([409, 'conflict']);
    expect((await admin.call('POST', `${EVENTS}/msg_unknown/replay`)).status).toBe(404);
  });
});

it('sync health counts events, lag and dead letters', async () => {
  const before = (await admin.call('GET', '/api/admin/sync/health')).body;
  await receive('user.created', clerkUser());
  const last = await receive('user.created', clerkUser({ updated_at: 'soon' }));
  await harness.services.db.sync.webhookEvent.update({ where: { id: last }, data: { status: 'dead' } });
  for (const window of ['24h', '7d']) {
    const { status, body } = await support.call('GET', `/api/admin/sync/health?window=${window}`);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      provider: 'local',
      hasDirectory: false,
      window,
      lastEvent: { type: expect.any(String) },
    });
    expect(body.dead).toBeGreaterThan(before.dead);
    expect(body.lag.p95Ms).toBeGreaterThanOrEqual(body.lag.p50Ms);
    expect(body.buckets).toHaveLength(window === '24h' ? 96 : 84);
    const sum = (field: string) =>
      body.buckets.reduce((total: number, bucket: Record<string, number>) => total + (bucket[field] ?? 0), 0);
    expect(sum('applied')).toBeGreaterThan(0);
    expect(sum('dead')).toBeGreaterThan(0);
    expect(body.buckets.at(-1).applied, 'what came now is in the last bucket').toBeGreaterThan(0);
  }
});
