import { SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PLATFORM_TENANT_ID } from '../../access/permissions.ts';
import { tenantTx } from '../../db/tenant-tx.ts';
import {
  aMember,
  aStaffMember,
  aTenant,
  aUser,
  type TestTenant,
  type TestUser,
} from '../../testing/fixtures/builders.ts';
import { type Harness, harnessForThisTest, startHarness } from '../../testing/fixtures/harness.ts';

let harness: Harness;
let owner: TestUser;
let tenant: TestTenant;
let member: TestUser;
let memberId: string;
beforeAll(async () => {
  harness = await startHarness();
  owner = await aUser(harness);
  await aStaffMember(harness, owner, 'owner');
  tenant = await aTenant(harness, { owner });
  member = await aUser(harness);
  memberId = await aMember(harness, tenant, member, 'member');
});
afterAll(() => harness.close());

const unique = () => Math.random().toString(36).slice(2, 10);

describe('a UUID in capitals', () => {
  it('names the same object in paths, queries and bodies', async () => {
    const upper = (id: string) => id.toUpperCase();
    const path = `/api/admin/tenants/${upper(tenant.id)}`;
    expect((await owner.call('GET', `${path}/members/${upper(memberId)}`)).body.id).toBe(memberId);
    const byRole = await owner.call('GET', `${path}/members?roleId=${upper(tenant.roleId('member'))}`);
    expect(byRole.body.data.map(({ id }: { id: string }) => id)).toEqual([memberId]);
    const roles = [{ roleId: upper(tenant.roleId('admin')) }];
    const updated = await owner.call('PATCH', `${path}/members/${memberId}`, { roles });
    expect([updated.status, updated.body.roles?.[0].id]).toEqual([200, tenant.roleId('admin')]);
    const twice = [tenant.roleId('admin'), upper(tenant.roleId('admin'))].map((roleId) => ({ roleId }));
    expect((await owner.call('PATCH', `${path}/members/${memberId}`, { roles: twice })).status).toBe(422);
    const log = await owner.call('GET', `${path}/audit-logs?targetId=${upper(memberId)}`);
    expect(log.body.page.total).toBeGreaterThan(0);
    const bulk = {
      memberIds: [upper(memberId)],
      add: [upper(tenant.roleId('member'))],
      remove: [tenant.roleId('member')],
    };
    expect((await owner.call('POST', `${path}/members/bulk-roles`, bulk)).body.errors).toEqual({
      _: ['added_and_removed'],
    });
  });
});

describe('the id of a user', () => {
  it('is encoded once, whatever the provider allows in it', async () => {
    const secret = 'a shared secret of more than 32 characters';
    const rules = { IDENTITY_PROVIDER: 'jwt', JWT_ISSUER: 'https://i.example.test/', JWT_AUDIENCE: 'rolecall' };
    const byToken = await harnessForThisTest({ ...rules, JWT_SECRET: secret, JWT_ALGORITHMS: 'HS256' });
    const suffix = unique();
    for (const start of [
      'a%2Fb',
      'a/b',
      'a%252Fb',
      'a b',
      'auth0|a',
      'ü',
      'a%',
      'a?b#c',
      'a+b',
      'a\\b',
      'a&userId=b',
    ]) {
      const id = `${start}${suffix}`;
      const claims = {
        iss: 'https://i.example.test/',
        aud: 'rolecall',
        sub: id,
        exp: Math.floor(Date.now() / 1000) + 60,
      };
      const token = await new SignJWT(claims)
        .setProtectedHeader({ alg: 'HS256' })
        .sign(new TextEncoder().encode(secret));
      await byToken.anonymous('GET', '/api/me', undefined, { authorization: `Bearer ${token}` });
      const { status, body } = await owner.call('GET', `/api/admin/users/${encodeURIComponent(id)}`);
      expect([status, body.id], id).toEqual([200, id]);
      const explained = await owner.call(
        'GET',
        `${tenant.path}/access/explain?userId=${encodeURIComponent(id)}&permission=members:read`,
      );
      expect(explained.body.user.id, id).toBe(id);
    }
  });
});

describe('an Idempotency-Key', () => {
  it('has 1 to 200 characters, and is never cut', async () => {
    const create = (key: string) =>
      owner.call('POST', `${tenant.path}/roles`, { name: `Role ${unique()}` }, { 'idempotency-key': key });
    const long = 'k'.repeat(200);
    expect((await create(long)).status).toBe(201);
    for (const key of [`${long}1`, '']) {
      const { status, body } = await create(key);
      expect([status, body.code, body.detail]).toEqual([
        400,
        'malformed_request',
        'Idempotency-Key takes 1 to 200 characters',
      ]);
    }
  });
});

describe('the code of a permission', () => {
  const create = (code: string) => owner.call('POST', '/api/admin/permissions', { code, description: 'A permission' });

  it('has two or three parts, which may hold underscores, dots and hyphens', async () => {
    const suffix = unique();
    const parts = { [`crm_leads:read${suffix}`]: 'crm_leads', [`org:courses.v2:create-${suffix}`]: 'org:courses.v2' };
    for (const [code, resource] of Object.entries(parts)) {
      const created = await create(code);
      expect([created.status, created.body.resource, created.body.action], code).toEqual([
        201,
        resource,
        code.slice(resource.length + 1),
      ]);
      expect((await owner.call('GET', `/api/admin/permissions/${encodeURIComponent(code)}`)).body.code).toBe(code);
      const role = { name: `Role ${unique()}`, permissions: [code], conditions: {} };
      expect((await owner.call('POST', `${tenant.path}/roles`, role)).status, code).toBe(201);
      const explained = await owner.call('GET', `${tenant.path}/access/explain?userId=${owner.id}&permission=${code}`);
      expect(explained.body.allowed, code).toBe(true);
    }
  });

  it('is rejected in any other form, also by the database', async () => {
    const wrong = [
      'courses',
      'a:b:c:d',
      'A:b',
      'a:B',
      '1a:b',
      'a::b',
      'a:b:',
      ':a:b',
      'a:_b',
      'a: b',
      'a:b\n',
      `a:${'b'.repeat(64)}`,
    ];
    for (const code of wrong) expect((await create(code)).status, code).toBe(422);
    const scope = { tenantId: PLATFORM_TENANT_ID, userId: owner.id };
    const stored = tenantTx(harness.services.db.server, scope, (tx) =>
      tx.permission.create({ data: { code: 'Courses', description: 'Not by the API' } }),
    );
    await expect(stored).rejects.toThrow('permission_code_form');
  });
});
