import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { IdentityUnavailable, IdentityUnreadable } from '../../core/identity-provider.ts';
import { createClerkDirectory } from './directory.ts';
import { createThrottle, retryAfterOf } from './throttle.ts';

const DATE = 'Fri, 20 Nov 2026 10:00:00 GMT';
const NOW = Date.parse(DATE);

describe('Retry-After', () => {
  it.each([
    ['3', null, 3_000],
    ['0', null, 0],
    ['1.5', null, 1_500],
    ['Fri, 20 Nov 2026 10:00:07 GMT', null, 7_000],
    ['Fri, 20 Nov 2026 10:00:07 GMT', 'Fri, 20 Nov 2026 09:59:00 GMT', 67_000],
    ['Fri, 20 Nov 2026 09:00:00 GMT', null, null],
    ['soon', null, null],
    ['-5', null, null],
    ['99999999999', null, null],
    ['', null, null],
  ])('of %j, sent at %j, is %j ms', (given, sentAt, expected) => {
    const headers = new Headers({ 'retry-after': given, ...(sentAt ? { date: sentAt } : {}) });
    expect(retryAfterOf(headers, NOW)).toBe(expected);
  });
});

describe('throttle', () => {
  const forever = new AbortController().signal;

  it('runs four calls concurrently and starts the next when one is done', async () => {
    const throttle = createThrottle();
    const open: (() => void)[] = [];
    const runs = Array.from({ length: 6 }, () =>
      throttle.run(forever, () => new Promise<void>((resume) => open.push(resume))),
    );
    await new Promise(setImmediate);
    expect(open).toHaveLength(4);
    open[0]?.();
    await runs[0];
    await new Promise(setImmediate);
    expect(open).toHaveLength(5);
    open.forEach((resume) => void resume());
    await new Promise(setImmediate);
    open.at(-1)?.();
    await Promise.all(runs);
  });

  it('rejects all calls, queued ones too, until the retry time', async () => {
    let now = 0;
    const throttle = createThrottle(() => now);
    throttle.backOff(5_000);
    now = 4_999;
    const early = throttle.run(forever, async () => 'called');
    await expect(early).rejects.toMatchObject({ retryAfterMs: 1, isTemporary: true });
    now = 5_000;
    expect(await throttle.run(forever, async () => 'called')).toBe('called');
  });

  it('backs off exponentially, and a shorter Retry-After does not end it sooner', () => {
    const throttle = createThrottle(() => 0);
    const waits = [null, null, null].map((retryAfter) => throttle.backOff(retryAfter));
    expect(waits[2]).toBeGreaterThan((waits[0] ?? 0) * 2);
    expect(throttle.backOff(1)).toBe(waits[2]);
  });
});

describe('Clerk directory', () => {
  let answer: (request: IncomingMessage, response: ServerResponse) => void;
  let calls: string[];
  const server = createServer((request, response) => {
    calls.push(`${request.method} ${request.url}`);
    answer(request, response);
  });
  const json = (status: number, body: unknown, headers = {}) => {
    answer = (_, response) => {
      response.writeHead(status, { 'content-type': 'application/json', ...headers });
      response.end(typeof body === 'string' ? body : JSON.stringify(body));
    };
  };
  const directory = () => {
    const { port } = server.address() as AddressInfo;
    return createClerkDirectory({ secretKey: 'sk_test_x', apiUrl: `http://127.0.0.1:${port}` });
  };
  beforeAll(() => new Promise<void>((done) => server.listen(0, '127.0.0.1', done)));
  afterAll(() => void server.close());
  beforeEach(() => {
    calls = [];
  });

  it('sends no request after a 429 until its retry time', async () => {
    json(429, { errors: [] }, { 'retry-after': '1' });
    const clerk = directory();
    await expect(clerk.fetchUser('user_1')).rejects.toMatchObject({ isTemporary: true });
    await expect(clerk.setUserRole('user_2', 'admin')).rejects.toBeInstanceOf(IdentityUnavailable);
    expect(calls).toHaveLength(1);
    json(404, { errors: [] });
    await new Promise((resume) => setTimeout(resume, 1_020));
    expect(await clerk.fetchUser('user_1')).toBeNull();
  });

  it.each([
    ['an error', 500, { errors: [] }, {}, true],
    ['an error page', 502, '<html>', { 'content-type': 'text/html' }, true],
    ['a truncated response', 200, '{"id": "user_1", "crea', {}, true],
    ['an unexpected response format', 200, [], {}, true],
    ['a response of nothing', 200, 'null', {}, true],
    ['HTML instead of JSON', 200, '<html>', { 'content-type': 'text/html' }, true],
    ['a redirect', 302, '', { location: 'http://127.0.0.1:1/' }, true],
    ['a rejected request', 422, { errors: [{ code: 'form_param_invalid' }] }, {}, false],
  ])('throws IdentityUnavailable after %s', async (_, status, body, headers, isTemporary) => {
    json(status, body, headers);
    const failure = await directory()
      .fetchUser('user_1')
      .catch((error) => error);
    expect(failure).toBeInstanceOf(IdentityUnavailable);
    expect(failure).toMatchObject({ isTemporary, retryAfterMs: null });
    expect(failure.message).not.toContain('user_1');
  });

  const user = (id: unknown) => ({ id, created_at: 1_716_883_200_000, updated_at: 1_716_883_200_000 });

  it('lists the others beside an object that cannot be read', async () => {
    json(200, [user('user_1'), { ...user('user_2'), first_name: ['Ada'] }, user(42), null, user('user_3')]);
    expect(await directory().listUsers(null)).toMatchObject({
      items: [{ id: 'user_1' }, { id: 'user_3' }],
      unreadable: [{ objectId: 'user_2' }, { objectId: '' }, { objectId: '' }],
    });
  });

  it('throws IdentityUnreadable for a single object that cannot be read', async () => {
    for (const unreadable of [{ ...user('user_1'), banned: 'no' }, user(42), {}]) {
      json(200, unreadable);
      await expect(directory().fetchUser('user_1')).rejects.toBeInstanceOf(IdentityUnreadable);
    }
    json(200, { data: [{ id: 7, public_user_data: { user_id: 'user_1' } }], total_count: 1 });
    await expect(directory().fetchMembership('org_1', 'user_1')).rejects.toBeInstanceOf(IdentityUnreadable);
    json(200, { ...user('user_1'), banned: 'no' });
    await expect(directory().fetchUser('user_1')).rejects.toBeInstanceOf(IdentityUnreadable);
    await expect(directory().setUserRole('user_1', 'admin')).rejects.toBeInstanceOf(IdentityUnreadable);
  });

  it('reads text that PostgreSQL rejects as a webhook would', async () => {
    json(200, `{"id":"user_1","created_at":1,"updated_at":1,"public_metadata":{"role":"teacher\\u0000"}}`);
    expect((await directory().fetchUser('user_1'))?.role).toBe('teacher\ufffd');
  });

  it('gives up after five seconds on a missing or dripping response', { timeout: 15_000 }, async () => {
    answer = (request, response) => {
      if (request.url?.includes('silent')) return;
      response.writeHead(200, { 'content-type': 'application/json' });
      const drip = setInterval(() => response.write(' '), 200);
      response.on('close', () => clearInterval(drip));
    };
    const clerk = directory();
    const startedAt = performance.now();
    const failures = await Promise.allSettled([clerk.fetchUser('user_silent'), clerk.fetchUser('user_drip')]);
    expect(failures.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(performance.now() - startedAt).toBeLessThan(6_000);
  });
});
