import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import {
  aMember,
  aStaffMember,
  aTenant,
  aUser,
  type TestTenant,
  type TestUser,
} from '../../testing/fixtures/builders.ts';
import type { DatabaseCopy } from '../../testing/fixtures/database-copy.ts';
import { type Harness, startHarness } from '../../testing/fixtures/harness.ts';
import { ownDatabase } from '../../testing/fixtures/own-database.ts';

const SLOW_ROWS = 40;

let database: DatabaseCopy;
let harness: Harness;
let owner: TestUser;
let admins: TestUser[];
let neighbour: TestUser;
let staff: TestUser;
let slow: TestTenant;
let other: TestTenant;

beforeAll(async () => {
  database = await ownDatabase();
  harness = await startHarness({ DATABASE_URL: database.ownerUrl });
  owner = await aUser(harness);
  slow = await aTenant(harness, { owner });
  neighbour = await aUser(harness);
  admins = await Promise.all(Array.from({ length: 4 }, () => aUser(harness)));
  for (const admin of admins) await aMember(harness, slow, admin, 'admin');
  other = await aTenant(harness, { owner: neighbour });
  staff = await aUser(harness);
  await aStaffMember(harness, staff, 'support');
  for (let row = 0; row < SLOW_ROWS; row++) await owner.call('PATCH', slow.path, { name: `Slow ${row}` });
  // Each of these rows takes a quarter of a second to read.
  const client = new pg.Client({ connectionString: database.ownerUrl });
  await client.connect();
  await client.query(`
    CREATE POLICY slow ON audit_log AS RESTRICTIVE FOR SELECT TO rolecall_server, rolecall_platform
    USING (tenant_id <> '${slow.id}' OR pg_sleep(0.25) IS NOT NULL)`);
  await client.end();
}, 60_000);
afterAll(async () => {
  await harness.close();
  await database.stop();
});

const elapsed = async <T>(work: () => Promise<T>) => {
  const startedAt = performance.now();
  const result = await work();
  return { result, ms: performance.now() - startedAt };
};

describe('a list that takes too long', () => {
  it.each(['tenant', 'staff'])('is cancelled at its limit for the %s, and its connections are free', async (caller) => {
    const read = () =>
      caller === 'tenant'
        ? owner.call('GET', `${slow.path}/audit-logs?q=nothing`)
        : staff.call('GET', `/api/admin/audit-logs?q=nothing`);
    const { result, ms } = await elapsed(read);
    expect(result).toMatchObject({ status: 503, body: { code: 'query_timeout' } });
    expect(result.headers.get('retry-after'), 'as soon would take as long').toBe('30');
    expect(ms).toBeGreaterThan(4_500);
    expect(ms).toBeLessThan(8_000);
    await vi.waitFor(() => {
      for (const { total, idle, waiting } of harness.services.db.poolUse())
        expect([total - idle, waiting]).toEqual([0, 0]);
    });
    expect((await owner.call('GET', `${slow.path}/members`)).status).toBe(200);
    expect((await staff.call('GET', '/api/admin/tenants')).status).toBe(200);
  });

  it('leaves connections to the lists of other tenants', async () => {
    const searches = admins.flatMap((user) =>
      Array.from({ length: 4 }, () => user.call('GET', `${slow.path}/audit-logs?q=nothing`)),
    );
    const reads = Array.from({ length: 50 }, async (_, turn) => {
      await new Promise((resume) => setTimeout(resume, turn * 50));
      return elapsed(() => neighbour.call('GET', `${other.path}/members`));
    });
    const seen = await Promise.all(reads);
    expect(new Set(seen.map(({ result }) => result.status))).toEqual(new Set([200]));
    expect(seen.map(({ ms }) => ms).sort((a, b) => a - b)[47]).toBeLessThan(4_000);
    expect((await Promise.all(searches)).every(({ status }) => status === 503)).toBe(true);
  });
});
