import pg from 'pg';
import pino from 'pino';
import { expect, it, vi } from 'vitest';
import { readConfig } from '../core/config.ts';
import { aTenant, aUser } from '../testing/fixtures/builders.ts';
import { harnessForThisTest } from '../testing/fixtures/harness.ts';
import { createRateLimits } from './rate-limits.ts';

const limited = (settings: Record<string, string> = {}) => harnessForThisTest({ RATE_LIMITS: 'true', ...settings });

it('limits an actor over all instances', async () => {
  const [one, other] = [await limited({ RATE_LIMIT_ACTOR: '20' }), await limited({ RATE_LIMIT_ACTOR: '20' })];
  const user = await aUser(one);
  const callMe = async (harness: typeof one, times: number) => {
    const answers = [];
    for (let call = 0; call < times; call++) answers.push((await harness.as(user.cookie)('GET', '/api/me')).status);
    return answers;
  };
  expect(await callMe(one, 15)).toEqual(Array(15).fill(200));
  await one.services.rateLimits.share();
  expect(await callMe(other, 2)).toEqual([200, 200]);
  await other.services.rateLimits.share();
  expect(await callMe(other, 5)).toEqual([200, 200, 200, 429, 429]);
});

it('leaves other actors alone, and states the limit on every response', async () => {
  const harness = await limited({ RATE_LIMIT_ACTOR: '2' });
  const [busy, calm] = [await aUser(harness), await aUser(harness)];
  for (let call = 0; call < 2; call++) await busy.call('GET', '/api/me');
  const refused = await busy.call('GET', '/api/me');
  expect([refused.status, refused.body.code]).toEqual([429, 'rate_limited']);
  expect(refused.headers.get('content-type')).toContain('application/problem+json');
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(50);
  expect(refused.headers.get('ratelimit-remaining')).toBe('0');

  const { status, headers } = await calm.call('GET', '/api/me');
  const named = ['limit', 'remaining', 'policy'].map((name) => headers.get(`ratelimit-${name}`));
  expect([status, ...named]).toEqual([200, '2', '1', '2;w=60']);
  expect(Number(headers.get('ratelimit-reset'))).toBeGreaterThan(50);
});

it('spends no statement on the flood of one session', async () => {
  const harness = await limited({ RATE_LIMIT_ACTOR: '2' });
  const { call } = await aUser(harness);
  for (let count = 0; count < 3; count++) await call('GET', '/api/me');
  const { together, authPool } = harness.services.db;
  const [asked, used] = [vi.spyOn(together, 'server'), vi.spyOn(authPool, 'connect')];
  const answers = await Promise.all(Array.from({ length: 50 }, () => call('GET', '/api/me')));
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([429]));
  expect([asked.mock.calls, used.mock.calls]).toEqual([[], []]);
});

it('refuses cookies of any text in little time', async () => {
  const harness = await limited({ RATE_LIMIT_ADDRESS: '1' });
  const startedAt = performance.now();
  for (let count = 0; count < 3; count++) {
    const cookie = `rolecall.session_token=${count}; ${'session'.repeat(15_000)}`;
    expect((await harness.as(cookie, '192.0.2.77')('GET', '/api/me')).status).toBe(count === 0 ? 401 : 429);
  }
  expect(performance.now() - startedAt).toBeLessThan(5_000);
});

it('counts a tenant only for its members', async () => {
  const harness = await limited({ RATE_LIMIT_TENANT: '3' });
  const [owner, stranger] = [await aUser(harness), await aUser(harness)];
  const tenant = await aTenant(harness, { owner });
  const members = `${tenant.path}/members`;
  for (let call = 0; call < 5; call++) expect((await stranger.call('GET', members)).status).toBe(404);
  const answers = [];
  for (let call = 0; call < 4; call++) answers.push((await owner.call('GET', members)).status);
  expect(answers).toEqual([200, 200, 200, 429]);
  expect((await owner.call('GET', '/api/me')).status).toBe(200);
});

it('limits an address without a session, and its sessions not', async () => {
  const harness = await limited({ RATE_LIMIT_ADDRESS: '3' });
  const user = await aUser(harness);
  const address = '2001:db8:1:2::7';
  const anonymous = async (ip: string) => (await harness.as(null, ip)('GET', '/api/session-info')).status;
  expect([await anonymous(address), await anonymous(address)]).toEqual([200, 200]);
  expect((await harness.as('rolecall.session_token=forged', address)('GET', '/api/me')).status).toBe(401);
  expect([await anonymous('2001:db8:1:2:ffff::1'), await anonymous('2001:db8:1:3::7')]).toEqual([429, 200]);
  expect((await harness.as('rolecall.session_token=other', address)('GET', '/api/me')).status).toBe(429);
  expect((await harness.as(user.cookie, address)('GET', '/api/me')).status).toBe(200);
});

it('limits each API key, and addresses that try unknown ones', async () => {
  const harness = await limited({ RATE_LIMIT_API_KEY: '3', RATE_LIMIT_ADDRESS: '4' });
  const owner = await aUser(harness);
  const tenant = await aTenant(harness, { owner });
  const createKey = async () =>
    (await owner.call('POST', `${tenant.path}/api-keys`, { name: 'app', expiresInDays: 1 })).body.key as string;
  const [busy, calm] = [await createKey(), await createKey()];
  const check = async (key: string, ip: string) => {
    const checks = [{ userId: owner.id, tenantId: tenant.id, permission: 'members:read' }];
    const headers = { authorization: `Bearer ${key}` };
    return (await harness.as(null, ip)('POST', '/api/access/check', { checks }, headers)).status;
  };
  const answers = [];
  for (let call = 0; call < 4; call++) answers.push(await check(busy, '192.0.2.1'));
  expect(answers).toEqual([200, 200, 200, 429]);
  expect(await check(calm, '192.0.2.1')).toBe(200);
  const guesses = [];
  for (let guess = 0; guess < 6; guess++) guesses.push(await check(`rck_guess${guess}`, '192.0.2.2'));
  expect(guesses).toEqual([401, 401, 401, 401, 429, 429]);
  expect(await check(calm, '192.0.2.2')).toBe(200);
});

it('names the limit of which least is left to an API key too', async () => {
  const harness = await limited({ RATE_LIMIT_TENANT: '5', RATE_LIMIT_API_KEY: '9' });
  const owner = await aUser(harness);
  const tenant = await aTenant(harness, { owner });
  const { key } = (await owner.call('POST', `${tenant.path}/api-keys`, { name: 'app', expiresInDays: 1 })).body;
  const checks = [{ userId: owner.id, tenantId: tenant.id, permission: 'members:read' }];
  const answer = await harness.anonymous('POST', '/api/access/check', { checks }, { authorization: `Bearer ${key}` });
  expect([answer.headers.get('ratelimit-limit'), answer.headers.get('ratelimit-remaining')]).toEqual(['5', '4']);
});

it('counts in the process while the database is unreachable', async () => {
  const { rateLimits: config } = readConfig({ RATE_LIMIT_SIGN_INS: '3' });
  expect(config.isOn).toBe(true);
  const pool = new pg.Pool({ host: '127.0.0.1', port: 1 });
  const limits = createRateLimits({ config, pool, log: pino({ level: 'silent' }), onExceeded: () => undefined });
  for (let count = 0; count < 3; count++) await limits.consume('signIn', 'a');
  await expect(limits.consume('signIn', 'a')).rejects.toMatchObject({ code: 'rate_limited' });
  await limits.consume('signIn', 'b');
  limits.close();
});
