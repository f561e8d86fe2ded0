import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CLERK_SETTINGS, clerkUser, signed, startClerkHarness } from '../../testing/fixtures/clerk-webhooks.ts';
import { harnessForThisTest } from '../../testing/fixtures/harness.ts';

let clerk: Awaited<ReturnType<typeof startClerkHarness>>;
beforeAll(async () => {
  clerk = await startClerkHarness();
});
afterAll(() => clerk.harness.close());

const event = (data: object, type = 'user.created') =>
  JSON.stringify({ object: 'event', type, timestamp: 1_716_883_200, data });
const stored = (id: string) => clerk.db.webhookEvent.findFirst({ where: { id } });
const rowsOf = async (where: object) => clerk.db.auditLog.count({ where });

describe('rejected webhooks leave nothing', () => {
  const body = event(clerkUser());
  const good = signed(body, { id: 'msg_refused' });
  const { 'svix-signature': signature, ...withoutSignature } = good;
  const minutes = (count: number) => new Date(Date.now() + count * 60_000);
  it.each([
    ['a changed body', body.replace('Ada', 'Eve'), good],
    ['an old timestamp', body, signed(body, { id: 'msg_refused', at: minutes(-6) })],
    ['a future timestamp', body, signed(body, { id: 'msg_refused', at: minutes(6) })],
    ['another secret', body, signed(body, { id: 'msg_refused', secret: `whsec_${btoa('another secret of 24 byt')}` })],
    ['another id', body, { ...signed(body, { id: 'msg_other' }), 'svix-id': 'msg_refused' }],
    ['no signature', body, withoutSignature],
    ['no headers', body, {}],
    ['an unknown signature version', body, { ...good, 'svix-signature': signature.replace('v1,', 'v1a,') }],
    ['standard headers in place of svix ones', body, { 'webhook-id': 'msg_refused', 'webhook-signature': signature }],
  ])('%s', async (_, sent, headers) => {
    const answer = await clerk.deliver(sent, headers);
    expect([answer.status, answer.body.code]).toEqual([400, 'webhook_not_verified']);
    expect(await stored('msg_refused')).toBeNull();
  });

  it('all but those signed by the current or the previous secret, during a rotation', async () => {
    const [old, other] = ['the secret of before, 24', 'the secret of another 24'].map((key) => `whsec_${btoa(key)}`);
    const rotating = await harnessForThisTest({ ...CLERK_SETTINGS, CLERK_WEBHOOK_SIGNING_SECRET_PREVIOUS: old ?? '' });
    const headers = [signed(body), signed(body, { secret: old ?? '' }), signed(body, { secret: other ?? '' })];
    const answers = await Promise.all(
      headers.map((all) => rotating.anonymous('POST', '/api/webhooks/clerk', body, all)),
    );
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 400]);
  });

  it('a body above one megabyte', async () => {
    const large = event(clerkUser({ first_name: 'x'.repeat(1_000_001) }));
    const answer = await clerk.deliver(large, signed(large, { id: 'msg_large' }));
    expect([answer.status, answer.body.code]).toEqual([413, 'too_large']);
    expect(await stored('msg_large')).toBeNull();
  });

  it('all, while no secret is set: 503 with Clerk, 404 without', async () => {
    const unset = { CLERK_WEBHOOK_SIGNING_SECRET: '' };
    const withClerk = await harnessForThisTest({ ...CLERK_SETTINGS, ...unset });
    const local = await harnessForThisTest({ IDENTITY_PROVIDER: 'local' });
    for (const [harness, expected] of [
      [withClerk, [503, 'webhooks_not_configured']],
      [local, [404, 'not_found']],
    ] as const) {
      const answer = await harness.anonymous('POST', '/api/webhooks/clerk', body, signed(body));
      expect([answer.status, answer.body.code]).toEqual(expected);
    }
  });
});

describe('signed event', () => {
  it('is verified by its raw bytes', async () => {
    const user = clerkUser({ last_name: 'Müller' });
    const compact = event(user);
    const writings = [
      compact,
      JSON.stringify(JSON.parse(compact), null, 2),
      compact.replace('ü', '\\u00fc'),
      compact.replace('1716883200,', '1716883200.0,'),
    ];
    for (const body of writings) expect((await clerk.deliver(body, signed(body))).status).toBe(200);
    expect((await clerk.db.user.findFirst({ where: { id: user.id } }))?.name).toBe('Ada Müller');
  });

  it('is applied once, however often it is delivered concurrently', async () => {
    const user = clerkUser();
    const body = event(user);
    const headers = signed(body);
    const answers = await Promise.all(Array.from({ length: 10 }, () => clerk.deliver(body, headers)));
    expect(answers.map(({ status }) => status)).toEqual(Array(10).fill(200));
    expect(answers.filter((answer) => answer.body.result === 'applied')).toHaveLength(1);
    expect(await rowsOf({ subjectId: user.id })).toBe(1);
    expect(await stored(headers['svix-id'])).toMatchObject({ status: 'applied', attempts: 1, objectId: user.id });
  });

  it('of an unknown type is stored without content and acknowledged', async () => {
    const id = `msg_sms_${Date.now()}`;
    expect(await clerk.send('sms.created', { object: 'sms', id: 'sms_1', body: 'Your code is 123456' }, { id })).toBe(
      'ignored',
    );
    const row = await stored(id);
    expect(row).toMatchObject({ status: 'ignored', type: 'sms.created', objectId: 'sms_1' });
    expect(JSON.stringify(row)).not.toContain('123456');
  });

  it('stores neither private metadata nor text PostgreSQL rejects', async () => {
    const id = `msg_nul_${Date.now()}`;
    expect(await clerk.send('user.created', clerkUser({ first_name: 'A\u0000da\ud800' }), { id })).toBe('applied');
    expect(JSON.stringify(await stored(id))).not.toContain('never kept');
  });

  it('nested deeper than PostgreSQL stores is stored without its depths', async () => {
    const nested = (depth: number) => `${'{"a":['.repeat(depth)}1${']}'.repeat(depth)}`;
    const user = clerkUser({ public_metadata: 'DEEP' });
    for (const depth of [100, 4_000, 100_000]) {
      const body = event({ ...user, id: `${user.id}_${depth}` }).replace('"DEEP"', nested(depth));
      const headers = signed(body);
      const answer = await clerk.deliver(body, headers);
      expect([depth, answer.status, answer.body.result]).toEqual([depth, 200, 'applied']);
      expect((await stored(headers['svix-id']))?.status).toBe('applied');
    }
  });

  it('that fails is acknowledged, stored and applied by a retry', async () => {
    const user = clerkUser({ updated_at: 'soon' });
    const id = `msg_poison_${Date.now()}`;
    expect(await clerk.send('user.created', user, { id })).toBe('stored');
    expect(await stored(id)).toMatchObject({ status: 'failed', attempts: 1 });

    const repaired = { type: 'user.created', data: { ...user, updated_at: 1_716_883_200_000 } };
    await clerk.db.webhookEvent.update({ where: { id }, data: { payload: repaired, nextAttemptAt: new Date(0) } });
    await clerk.harness.services.inbox.sweep();
    expect(await stored(id)).toMatchObject({ status: 'applied', attempts: 2, lastError: null });
    expect(await clerk.db.user.count({ where: { id: user.id } })).toBe(1);
  });

  it('is retried with backoff and dead after eight attempts', async () => {
    const id = `msg_dead_${Date.now()}`;
    await clerk.send('user.created', { object: 'user', id: 'user_dead' }, { id });
    await clerk.harness.services.inbox.sweep();
    expect(await stored(id)).toMatchObject({ attempts: 1 });
    const waits: number[] = [];
    for (let attempt = 2; attempt <= 8; attempt++) {
      const before = await stored(id);
      waits.push((before?.nextAttemptAt?.getTime() ?? 0) - (before?.processedAt?.getTime() ?? 0));
      await clerk.db.webhookEvent.update({ where: { id }, data: { nextAttemptAt: new Date(0) } });
      await clerk.harness.services.inbox.sweep();
    }
    expect(waits.map((wait) => Math.round(wait / 1000))).toEqual([5, 15, 45, 135, 405, 1215, 3645]);
    expect(await stored(id)).toMatchObject({ status: 'dead', attempts: 8, nextAttemptAt: null });
    await clerk.harness.services.inbox.sweep();
    expect(await stored(id)).toMatchObject({ status: 'dead', attempts: 8 });
  });
});
