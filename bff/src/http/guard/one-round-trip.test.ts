import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { PLATFORM_TENANT_ID } from '../../access/permissions.ts';
import type { RawRows } from '../../core/services.ts';
import {
  aMember,
  aStaffMember,
  aTenant,
  aUser,
  type TestTenant,
  type TestUser,
} from '../../testing/fixtures/builders.ts';
import { type Harness, startHarness } from '../../testing/fixtures/harness.ts';

let harness: Harness;
let staff: TestUser;
let tenant: TestTenant;
let memberId: string;
let outsider: TestUser;
beforeAll(async () => {
  harness = await startHarness();
  staff = await aUser(harness);
  await aStaffMember(harness, staff, 'owner');
  tenant = await aTenant(harness, { owner: staff });
  memberId = await aMember(harness, tenant, await aUser(harness), 'member');
  outsider = await aUser(harness);
});
afterAll(() => harness.close());

/** Counts the round trips to PostgreSQL of all connections: each ends with one Sync, or is a simple query. */
async function roundTripsOf(work: () => Promise<unknown>): Promise<number> {
  const prototype = pg.Connection.prototype as unknown as { sync(): void; query(): void };
  const spies = [vi.spyOn(prototype, 'sync'), vi.spyOn(prototype, 'query')];
  try {
    await work();
    return spies.reduce((sum, { mock }) => sum + mock.calls.length, 0);
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
}

/** Returns the rows that PostgreSQL sent for each statement of a request's only batch. */
async function rowsOf(login: 'server' | 'platform', request: () => Promise<unknown>): Promise<RawRows[]> {
  const spy = vi.spyOn(harness.services.db.together, login);
  try {
    await request();
    expect(spy.mock.calls).toHaveLength(1);
    return (await spy.mock.results[0]?.value) as RawRows[];
  } finally {
    spy.mockRestore();
  }
}

describe('a guarded read', () => {
  it('takes one round trip', async () => {
    const { id } = (await staff.call('GET', `${tenant.path}/audit-logs?limit=1`)).body.data[0];
    const paths = [
      '/api/me',
      '/api/admin/users',
      `/api/admin/users/${outsider.id}`,
      '/api/admin/tenants?q=test',
      '/api/admin/permissions',
      '/api/admin/permissions/usage',
      '/api/admin/role-counts',
      '/api/admin/audit-logs',
      '/api/admin/webhook-events',
      '/api/admin/sync/health',
      '/api/admin/sync-runs',
      '/api/admin/identity-pushes',
      tenant.path,
      `${tenant.path}/members`,
      `${tenant.path}/members/${memberId}`,
      `${tenant.path}/roles`,
      `${tenant.path}/roles?key=admin`,
      `${tenant.path}/roles/matrix`,
      `${tenant.path}/roles/${tenant.roleId('admin')}`,
      `${tenant.path}/invitations`,
      `${tenant.path}/api-keys`,
      `${tenant.path}/audit-logs?action=member.`,
      `${tenant.path}/audit-logs/${id}`,
    ];
    for (const path of paths) {
      const read = async () => expect((await staff.call('GET', path)).status, path).toBe(200);
      // The first request of a connection prepares what it needs.
      await read();
      expect(await roundTripsOf(read), path).toBe(1);
    }
  });

  it('by API key takes one round trip, and without a valid key returns no row', async () => {
    const { key } = (await staff.call('POST', `${tenant.path}/api-keys`, { name: 'App', expiresInDays: null })).body;
    const checks = [{ userId: staff.id, tenantId: tenant.id, permission: 'members:read' }];
    const ask = (by: string) =>
      harness.anonymous('POST', '/api/access/check', { checks }, { authorization: `Bearer ${by}` });
    // The first request prepares what it needs, the second finds its use recorded.
    await ask(key);
    await expect.poll(() => roundTripsOf(async () => expect((await ask(key)).body.results).toHaveLength(1))).toBe(1);
    const rows = await rowsOf('server', async () => expect((await ask(`${key}x`)).status).toBe(401));
    expect(rows.map((each) => each.rows.length)).toEqual([0, 0]);
  });

  it('of a caller without the permission returns no row, and is recorded as a denial', async () => {
    const refused = [
      { login: 'server', path: `${tenant.path}/members`, tenantId: PLATFORM_TENANT_ID, status: 404 },
      { login: 'platform', path: '/api/admin/users', tenantId: PLATFORM_TENANT_ID, status: 403 },
    ] as const;
    for (const { login, path, tenantId, status } of refused) {
      const permitted = await rowsOf(login, () => staff.call('GET', path));
      expect(permitted[2]?.rows.length, path).toBeGreaterThan(0);
      let requestId = '';
      const [session, access, ...rows] = await rowsOf(login, async () => {
        const answer = await outsider.call('GET', path);
        requestId = answer.headers.get('x-request-id') ?? '';
        expect(answer.status, path).toBe(status);
      });
      expect([session?.rows.length, access?.rows.length], path).toEqual([1, 1]);
      expect(
        rows.flatMap((each) => each.rows),
        path,
      ).toEqual([]);
      const denials = await harness.services.db.platform.auditLog.findMany({ where: { requestId, tenantId } });
      expect(
        denials.map(({ outcome, actorId }) => [outcome, actorId]),
        path,
      ).toEqual([['denied', outsider.id]]);
    }
  });

  it('is refused before its input is validated', async () => {
    for (const query of ['?limit=0', '?cursor=forged', '?unknown=1']) {
      expect((await harness.anonymous('GET', `${tenant.path}/members${query}`)).status, query).toBe(401);
      expect((await outsider.call('GET', `${tenant.path}/members${query}`)).status, query).toBe(404);
      expect((await outsider.call('GET', `/api/admin/users${query}`)).status, query).toBe(403);
      expect((await staff.call('GET', `${tenant.path}/members${query}`)).status, query).toBe(400);
    }
  });

  it('knows a session by its signature, and leaves other cookies to the provider', async () => {
    const [name = '', value = ''] = staff.cookie.split('=');
    const status = async (cookie: string) => (await harness.as(cookie)('GET', '/api/me')).status;
    const forged = `${name}=${value.replace(/^./, (first) => (first === 'a' ? 'b' : 'a'))}`;
    expect(await status(`theme=dark; ${staff.cookie}; other=1`)).toBe(200);
    expect(await status(forged)).toBe(401);
    expect(await status(`${name}=${value.split('.')[0]}`)).toBe(401);
    expect(await status(`${staff.cookie}; ${staff.cookie}`)).toBe(200);
  });
});
