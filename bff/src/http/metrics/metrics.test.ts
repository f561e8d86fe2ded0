import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { aMember, aTenant, aUser } from '../../testing/fixtures/builders.ts';
import { type Harness, harnessForThisTest, startHarness } from '../../testing/fixtures/harness.ts';

const TOKEN = 'a-token-of-some-length';

let harness: Harness;
beforeAll(async () => {
  harness = await startHarness();
});
afterAll(() => harness.close());

async function scrape(of: Harness): Promise<string> {
  const answer = await of.from('127.0.0.1')('GET', '/metrics');
  expect(answer.status).toBe(200);
  return answer.body;
}

function sampleOf(text: string, sample: string): number | undefined {
  const line = text.split('\n').find((each) => each.startsWith(`${sample} `));
  return line === undefined ? undefined : Number(line.slice(sample.length + 1));
}

const afterCache = () => new Promise((resume) => setTimeout(resume, 1_100));

describe('GET /metrics', () => {
  it('is answered to this machine only, by the address of the connection', async () => {
    const statusOf = async (peer: string, headers = {}, of = harness) =>
      (await of.from(peer)('GET', '/metrics', undefined, headers)).status;
    expect(await statusOf('127.0.0.1')).toBe(200);
    expect(await statusOf('::ffff:127.0.0.1')).toBe(200);
    expect(await statusOf('203.0.113.7')).toBe(404);
    expect(await statusOf('203.0.113.7', { 'x-forwarded-for': '127.0.0.1' })).toBe(404);
    expect(await statusOf('127.0.0.1', { 'x-forwarded-for': '127.0.0.1' }), 'a proxy of this machine').toBe(404);
    const proxied = await harnessForThisTest({ TRUSTED_PROXIES: '127.0.0.1' });
    expect(await statusOf('127.0.0.1', {}, proxied), 'a trusted proxy').toBe(404);
  });

  it('needs the token where one is set, from anywhere', async () => {
    const guarded = await harnessForThisTest({ METRICS_TOKEN: TOKEN });
    const answerTo = (peer: string, authorization?: string) =>
      guarded.from(peer)('GET', '/metrics', undefined, authorization ? { authorization } : {});
    expect((await answerTo('203.0.113.7', `Bearer ${TOKEN}`)).status).toBe(200);
    for (const wrong of [undefined, `Bearer ${TOKEN}x`, `Basic ${TOKEN}`]) {
      const refused = await answerTo('127.0.0.1', wrong);
      expect([refused.status, refused.headers.get('www-authenticate')]).toEqual([401, 'Bearer']);
    }
  });

  it('exports what OPERATING.md describes, and nothing else of its own', async () => {
    const exported = [...(await scrape(harness)).matchAll(/^# TYPE (\w+) (\w+)$/gm)].map(([, name, type]) => [
      name,
      type,
    ]);
    const described = readFileSync(new URL('../../../OPERATING.md', import.meta.url), 'utf8')
      .split('\n')
      .flatMap((line) => {
        const [names = '', type] = line
          .split('|')
          .slice(1)
          .map((cell) => cell.trim());
        return [...names.matchAll(/`((?:rolecall|nodejs|process)_\w+)`/g)].map((match) => [match[1], type]);
      });
    const isOwn = ([name]: (string | undefined)[]) => name?.startsWith('rolecall_') === true;
    expect(exported).toEqual(expect.arrayContaining(described));
    expect(described.filter(isOwn).sort()).toEqual(exported.filter(isOwn).sort());
  });
});

describe('metrics', () => {
  it('count requests by operation and status, whatever their paths', async () => {
    const own = await harnessForThisTest({});
    const owner = await aUser(own);
    const tenant = await aTenant(own, { owner });
    await owner.call('GET', `${tenant.path}/api-keys`);
    await owner.call('GET', `${tenant.path}/api-keys?limit=0`);
    for (let path = 0; path < 30; path++) {
      await own.anonymous('GET', `/api/${path}`);
      await own.anonymous('GET', `/${path}`);
    }
    const text = await scrape(own);
    expect(sampleOf(text, 'rolecall_http_requests_total{operation="api-key.list",status="200"}')).toBe(1);
    expect(sampleOf(text, 'rolecall_http_requests_total{operation="api-key.list",status="400"}')).toBe(1);
    expect(sampleOf(text, 'rolecall_http_requests_total{operation="unknown",status="404"}')).toBe(30);
    expect(sampleOf(text, 'rolecall_http_request_duration_seconds_count{operation="api-key.list"}')).toBe(2);
    expect(sampleOf(text, 'rolecall_problems_total{code="malformed_request"}')).toBe(1);
    expect(text).not.toContain(tenant.id);
  });

  it('count denials', async () => {
    const own = await harnessForThisTest({});
    const tenant = await aTenant(own, { owner: await aUser(own) });
    const member = await aUser(own);
    await aMember(own, tenant, member, 'member');
    await member.call('POST', `${tenant.path}/invitations`, { email: 'a@b.test', roleIds: [] });
    expect(sampleOf(await scrape(own), 'rolecall_denials_total{reason="permission_denied"}')).toBe(1);
  });

  it('tell the age of the oldest event, push and job that wait', async () => {
    const { sync } = harness.services.db;
    const id = `metrics-${process.pid}`;
    await sync.$executeRaw`
      INSERT INTO webhook_event (id, source, type, payload, received_at, next_attempt_at)
      VALUES (${id}, 'clerk', 'user.created', '{}', clock_timestamp() - interval '1 hour', clock_timestamp() + interval '1 hour')`;
    await afterCache();
    const text = await scrape(harness);
    await sync.$executeRaw`UPDATE webhook_event SET status = 'ignored', next_attempt_at = NULL WHERE id = ${id}`;
    expect(sampleOf(text, 'rolecall_inbox_oldest_seconds')).toBeGreaterThanOrEqual(3_600);
    expect(sampleOf(text, 'rolecall_inbox_waiting')).toBeGreaterThanOrEqual(1);
    expect(sampleOf(text, 'rolecall_jobs_oldest_seconds{queue="member-roles"}')).toBeGreaterThanOrEqual(0);
    expect(sampleOf(text, 'rolecall_pool_max_connections{pool="server"}')).toBe(10);
    expect(sampleOf(text, 'rolecall_database_up')).toBe(1);
  });

  it('read the database once a second for all scrapes', async () => {
    await afterCache();
    const query = vi.spyOn(harness.services.db.platform, '$queryRaw');
    await Promise.all(Array.from({ length: 20 }, () => scrape(harness)));
    expect(query).toHaveBeenCalledTimes(1);
    query.mockRestore();
  });

  it('of the process remain while the database is unreachable', async () => {
    const broken = await harnessForThisTest({ DATABASE_URL: 'postgres://owner:none@127.0.0.1:1/none' });
    const text = await scrape(broken);
    expect(sampleOf(text, 'rolecall_database_up')).toBe(0);
    expect(sampleOf(text, 'rolecall_inbox_waiting')).toBeUndefined();
    expect(sampleOf(text, 'process_resident_memory_bytes')).toBeGreaterThan(0);
    expect(sampleOf(text, 'nodejs_eventloop_lag_p99_seconds')).toBeGreaterThanOrEqual(0);
  });
});
