import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PLATFORM_TENANT_ID } from '../../access/permissions.ts';
import { insertAudit } from '../../audit/record.ts';
import { tenantTx } from '../../db/tenant-tx.ts';
import { aMember, aStaffMember, aTenant, aUser, setBan, type TestUser } from '../../testing/fixtures/builders.ts';
import { type Harness, startHarness } from '../../testing/fixtures/harness.ts';

let harness: Harness;
let staff: TestUser;
let support: TestUser;

beforeAll(async () => {
  harness = await startHarness();
  staff = await aUser(harness, { name: 'Petra Platform' });
  await aStaffMember(harness, staff, 'owner');
  support = await aUser(harness);
  await aStaffMember(harness, support, 'support');
});
afterAll(() => harness.close());

const setTenant = (id: string, data: { createdAt: Date } | { ownerlessSince: Date }) =>
  tenantTx(harness.services.db.server, { tenantId: id, userId: staff.id }, async (tx) => {
    await tx.tenant.update({ where: { id }, data });
    const actor = { type: 'system', id: 'test', sessionId: null } as const;
    const origin = { requestId: 'test', ip: null, userAgent: null };
    await insertAudit(tx, { tenantId: id, actor, origin, action: 'tenant.updated', category: 'tenant' });
  });
const newSlug = () => `s-${crypto.randomUUID()}`;

describe('tenant', () => {
  it('is created once per Idempotency-Key, with roles and an audit row', async () => {
    const slug = newSlug();
    const headers = { 'idempotency-key': slug };
    const made = await staff.call('POST', '/api/admin/tenants', { name: 'Fresh', slug }, headers);
    expect(made.status, JSON.stringify(made.body)).toBe(201);
    const retry = await staff.call('POST', '/api/admin/tenants', { name: 'Fresh', slug }, headers);
    expect(retry.body.id).toBe(made.body.id);
    const again = await staff.call('POST', '/api/admin/tenants', { name: 'Fresh', slug });
    expect(again.body).toMatchObject({ status: 409, code: 'slug_taken' });
    const roles = await staff.call('GET', `/api/admin/tenants/${made.body.id}/roles`);
    expect(roles.body.data.map((role: { key: string }) => role.key)).toEqual(['admin', 'auditor', 'member', 'owner']);
    const trail = await staff.call('GET', `/api/admin/audit-logs?tenantId=${made.body.id}`);
    expect(trail.body.data).toMatchObject([{ action: 'tenant.created', actor: { name: 'Petra Platform' } }]);
  });

  it('grants its members nothing while suspended', async () => {
    const owner = await aUser(harness);
    const tenant = await aTenant(harness, { owner });
    const suspended = await staff.call('PATCH', tenant.path, { status: 'suspended', reason: 'Unpaid' });
    expect(suspended.body.status).toBe('suspended');
    expect((await owner.call('GET', `${tenant.path}/members`)).body.code).toBe('tenant_suspended');
    expect((await staff.call('GET', `${tenant.path}/members`)).status).toBe(200);
    await staff.call('PATCH', tenant.path, { status: 'active' });
    expect((await owner.call('GET', `${tenant.path}/members`)).status).toBe(200);
  });

  it('cannot be suspended as the platform tenant', async () => {
    const answer = await staff.call('PATCH', `/api/admin/tenants/${PLATFORM_TENANT_ID}`, { status: 'suspended' });
    expect(answer.status).toBe(409);
  });

  it('lets its owner rename it, but not change its slug or status', async () => {
    const owner = await aUser(harness);
    const tenant = await aTenant(harness, { owner });
    expect((await owner.call('PATCH', tenant.path, { name: 'Renamed' })).body.name).toBe('Renamed');
    for (const body of [{ slug: newSlug() }, { status: 'archived' }]) {
      expect((await owner.call('PATCH', tenant.path, body)).body).toMatchObject({
        status: 403,
        permission: 'tenants:update',
      });
    }
  });

  it('lets support read it, but not change it', async () => {
    const owner = await aUser(harness);
    const tenant = await aTenant(harness, { owner });
    const member = await aMember(harness, tenant, support, 'member').catch(() => '');
    for (const path of ['', '/members', '/roles', '/invitations', '/audit-logs']) {
      expect((await support.call('GET', `${tenant.path}${path}`)).status, path).toBe(200);
    }
    expect((await support.call('PATCH', `${tenant.path}/members/${member}`, { status: 'suspended' })).status).toBe(403);
    expect((await support.call('POST', '/api/admin/tenants', { name: 'No', slug: newSlug() })).status).toBe(403);
  });
});

describe('new tenant', () => {
  it('is ownerless until its first owner accepts, without an alarm in the meantime', async () => {
    const made = await staff.call('POST', '/api/admin/tenants', { name: 'Unowned', slug: newSlug() });
    const path = `/api/admin/tenants/${made.body.id}`;
    const alarms = async () =>
      (await staff.call('GET', `/api/admin/tenants?slug=${made.body.slug}&ownerless=true`)).body.data.length;
    const ownership = async () => (await staff.call('GET', path)).body.ownership;
    expect(made.body).toMatchObject({ ownership: 'new', ownerlessSince: expect.any(String) });
    expect(await alarms()).toBe(0);

    await setTenant(made.body.id, { createdAt: new Date(Date.now() - 2 * 86_400_000) });
    expect([await ownership(), await alarms()]).toEqual(['missing', 1]);

    const [role] = (await staff.call('GET', `${path}/roles?key=owner`)).body.data;
    const email = `first-owner-${made.body.slug}@example.test`;
    const { token } = (await staff.call('POST', `${path}/invitations`, { email, roleIds: [role.id] })).body;
    expect([await ownership(), await alarms()]).toEqual(['invited', 0]);

    const owner = await aUser(harness, { email });
    expect((await owner.call('POST', `/api/invitations/${token}/accept`, {})).status).toBe(200);
    expect((await owner.call('GET', path)).body).toMatchObject({ ownership: 'owned', ownerlessSince: null });
  });

  it('is created with the invitation of its first owner, or not at all', async () => {
    const slug = newSlug();
    const headers = { 'idempotency-key': slug };
    const body = { name: 'With owner', slug, ownerEmail: `first-${slug}@example.test` };
    const invalid = await staff.call('POST', '/api/admin/tenants', { ...body, ownerEmail: 'no address' });
    expect(invalid.body).toMatchObject({ status: 422, errors: { ownerEmail: ['invalid_email'] } });
    const created = await staff.call('POST', '/api/admin/tenants', body, headers);
    expect(created.status, JSON.stringify(created.body)).toBe(201);
    expect(created.body).toMatchObject({ ownership: 'invited', ownerInvitation: { email: body.ownerEmail } });
    const retry = await staff.call('POST', '/api/admin/tenants', body, headers);
    expect(retry.body).toMatchObject({ id: created.body.id, ownerInvitation: null });
    const trail = await staff.call('GET', `/api/admin/audit-logs?tenantId=${created.body.id}`);
    const requests = trail.body.data.map((row: { action: string; requestId: string }) => [row.action, row.requestId]);
    expect(requests.map(([action]: [string]) => action).sort()).toEqual(['invitation.created', 'tenant.created']);
    expect(requests[0][1]).toBe(requests[1][1]);

    const owner = await aUser(harness, { email: body.ownerEmail });
    const token = created.body.ownerInvitation.acceptUrl.split('/').at(-1);
    expect((await owner.call('POST', `/api/invitations/${token}/accept`, {})).status).toBe(200);
    expect((await owner.call('GET', `/api/admin/tenants/${created.body.id}`)).body.ownership).toBe('owned');
  });

  it('is not created by staff who cannot invite its owner', async () => {
    const path = `/api/admin/tenants/${PLATFORM_TENANT_ID}`;
    const key = `creator-${crypto.randomUUID()}`;
    const role = await staff.call('POST', `${path}/roles`, { key, name: key, permissions: ['tenants:create'] });
    expect(role.status, JSON.stringify(role.body)).toBe(201);
    const creator = await aUser(harness);
    await aStaffMember(harness, creator, key);
    const slug = newSlug();
    const body = { name: 'No owner', slug, ownerEmail: `first-${slug}@example.test` };
    const denied = await creator.call('POST', '/api/admin/tenants', body);
    expect(denied.body).toMatchObject({ status: 403, permission: 'members:invite' });
    expect((await staff.call('GET', `/api/admin/tenants?slug=${slug}`)).body.data).toEqual([]);
  });

  it('raises the alarm again once its only owner is gone, despite an invitation', async () => {
    const owner = await aUser(harness);
    const tenant = await aTenant(harness, { owner });
    await setBan(harness, owner.id, true);
    await setTenant(tenant.id, { ownerlessSince: new Date() });
    const body = { email: `next-${tenant.slug}@example.test`, roleIds: [tenant.roleId('owner')] };
    expect((await staff.call('POST', `${tenant.path}/invitations`, body)).status).toBe(201);
    expect((await staff.call('GET', tenant.path)).body.ownership).toBe('missing');
  });
});

describe('the members of a tenant who have access', () => {
  it('are counted alike on its page and in the preview of its suspension, apart from those who get access later', async () => {
    const owner = await aUser(harness);
    const tenant = await aTenant(harness, { owner });
    const [suspended, banned, roleless, upcoming] = await Promise.all([1, 2, 3, 4].map(() => aUser(harness)));
    const ids = new Map<string, string>();
    for (const user of [suspended, banned, roleless, upcoming]) {
      if (user) ids.set(user.id, await aMember(harness, tenant, user, 'member'));
    }
    const change = (user: TestUser | undefined, body: object) =>
      owner.call('PATCH', `${tenant.path}/members/${ids.get(user?.id ?? '')}`, body);
    expect((await change(suspended, { status: 'suspended' })).status).toBe(200);
    expect((await change(roleless, { roles: [] })).status).toBe(200);
    const later = new Date(Date.now() + 86_400_000).toISOString();
    const roles = [{ roleId: tenant.roleId('member'), validFrom: later }];
    expect((await change(upcoming, { roles })).status).toBe(200);
    await setBan(harness, banned?.id ?? '', true);

    const { memberCount, activeMemberCount } = (await staff.call('GET', tenant.path)).body;
    expect({ memberCount, activeMemberCount }).toEqual({ memberCount: 5, activeMemberCount: 1 });
    const { body } = await staff.call('PATCH', `${tenant.path}?dryRun=true`, { status: 'suspended' });
    const losing = body.members.filter((member: { loses: string[] }) => member.loses.length > 0);
    expect(losing).toHaveLength(activeMemberCount);
    expect(body.affected).toBe(activeMemberCount + 1);
    expect(body.later).toMatchObject([{ at: later }]);
    expect(body.later[0].forgoes).toContainEqual({ code: 'tenant:read', count: 1 });
  });
});

describe('invalid input', () => {
  const cases: [why: string, body: unknown, headers: Record<string, string>, status: number, code: string][] = [
    ['broken JSON', '{"name":', {}, 400, 'malformed_request'],
    ['an array', [], {}, 400, 'malformed_request'],
    ['a NUL in the text', '{"name":"a\\u0000b","slug":"abc"}', {}, 400, 'malformed_request'],
    ['deep nesting', `{"name":${'['.repeat(30)}${']'.repeat(30)}}`, {}, 400, 'malformed_request'],
    ['an unknown field', { name: 'A', slug: 'abc', kind: 'platform' }, {}, 400, 'unknown_field'],
    ['another media type', 'name=A', { 'content-type': 'text/plain' }, 415, 'unsupported_media_type'],
    ['a large body', { name: 'x'.repeat(200_000), slug: 'abc' }, {}, 413, 'too_large'],
    ['invalid values', { name: ' ', slug: 'Not A Slug' }, {}, 422, 'validation_failed'],
  ];
  it.each(cases)('rejects %s', async (_, body, headers, status, code) => {
    const answer = await staff.call('POST', '/api/admin/tenants', body, headers);
    expect(answer.body, JSON.stringify(answer.body)).toMatchObject({
      status,
      code,
      requestId: answer.headers.get('x-request-id'),
    });
  });

  it('returns the allowed methods of a path', async () => {
    const answer = await staff.call('DELETE', '/api/admin/tenants');
    expect(answer.status).toBe(405);
    expect(answer.headers.get('allow')).toBe('GET, POST');
  });
});

describe('trends', () => {
  it('count what was added on each of the last 30 days', async () => {
    const trends = async () => (await staff.call('GET', '/api/admin/trends')).body;
    const before = await trends();
    const made = await staff.call('POST', '/api/admin/tenants', { name: 'Grown', slug: newSlug() });
    await setTenant(made.body.id, { createdAt: new Date(Date.now() - 40 * 86_400_000) });
    await staff.call('POST', '/api/admin/tenants', { name: 'New', slug: newSlug() });
    const { tenants, users } = await trends();
    expect(tenants.perDay).toHaveLength(30);
    const older = ({ total, perDay }: { total: number; perDay: number[] }) =>
      total - perDay.reduce((sum, count) => sum + count, 0);
    // Other suites create tenants too.
    expect(tenants.total - before.tenants.total).toBeGreaterThanOrEqual(2);
    expect(older(tenants) - older(before.tenants)).toBeGreaterThanOrEqual(1);
    expect(users.total).toBeGreaterThan(0);
  });
});
