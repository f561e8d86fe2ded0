import { SignJWT } from 'jose';
import { v7 as uuid } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { insertAudit } from '../../audit/record.ts';
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
let staff: TestUser;
let tenant: TestTenant;
let member: TestUser;
let memberId: string;
beforeAll(async () => {
  harness = await startHarness();
  staff = await aUser(harness);
  await aStaffMember(harness, staff, 'owner');
  tenant = await aTenant(harness, { owner: staff });
  member = await aUser(harness);
  memberId = await aMember(harness, tenant, member, 'member');
});
afterAll(() => harness.close());

/** Stores an instant of a member as only a faulty version could have. */
const storeInstant = (text: string) =>
  tenantTx(harness.services.db.sync, { tenantId: null, userId: null }, async (tx) => {
    const isBefore = text.startsWith('-') || text.endsWith('BC');
    const [from, until] = isBefore ? [text, null] : ['2026-01-01', text];
    const changed = [
      await tx.$executeRaw`UPDATE "user" SET created_at = ${text}::timestamptz, last_sign_in_at = ${text}::timestamptz WHERE id = ${member.id}`,
      await tx.$executeRaw`UPDATE membership SET created_at = ${text}::timestamptz WHERE id = ${memberId}::uuid`,
      await tx.$executeRaw`
        UPDATE membership_role SET valid_from = ${from}::timestamptz, valid_until = ${until}::timestamptz, created_at = ${text}::timestamptz
        WHERE membership_id = ${memberId}::uuid AND ended_at IS NULL`,
    ];
    expect(changed).toEqual([1, 1, 1]);
    const origin = { requestId: 'test', ip: null, userAgent: null };
    const actor = { type: 'system', id: 'test', sessionId: null } as const;
    await insertAudit(tx, { tenantId: tenant.id, actor, origin, action: 'user.updated', category: 'identity' });
  });

const OUT_OF_RANGE = [
  '2026-01-01T00:00:00+16:00',
  '2026-01-01T00:00:00-23:59',
  '0000-06-01T00:00:00Z',
  '0001-01-01T00:00:00+01:00',
  '9999-12-31T23:59:59-01:00',
  '+058000-01-01T00:00:00Z',
  '2026-02-30T00:00:00Z',
  '2026-01-01T24:00:00Z',
  '2026-01-01T00:00:00',
  'infinity',
  `2026-01-01T00:00:00.${'1'.repeat(200)}Z`,
];
const IN_RANGE = [
  '2026-01-01T00:00:00Z',
  '2026-01-01T00:00:00.123456+14:00',
  '0001-01-01T00:00:00Z',
  '9999-12-31T23:59:59.999Z',
];

describe('an instant of a request', () => {
  it('is rejected outside of the years 1 to 9999 or with an unknown offset', async () => {
    const filters = ['createdAt[gte]', 'createdAt[lte]'];
    const paths = ['/api/admin/users', '/api/admin/tenants', `${tenant.path}/members`, `${tenant.path}/audit-logs`];
    const statusOf = async (path: string, filter: string, text: string) =>
      (await staff.call('GET', `${path}?limit=1&${filter}=${encodeURIComponent(text)}`)).status;
    for (const path of paths) {
      for (const filter of filters) {
        for (const text of OUT_OF_RANGE) expect(await statusOf(path, filter, text), `${filter}=${text}`).toBe(400);
        for (const text of IN_RANGE) expect(await statusOf(path, filter, text), `${filter}=${text}`).toBe(200);
      }
    }
  });

  it('is rejected in a body likewise', async () => {
    const roles = (validUntil: string) => ({ roles: [{ roleId: tenant.roleId('member'), validUntil }] });
    const path = `${tenant.path}/members/${memberId}`;
    for (const text of OUT_OF_RANGE) expect((await staff.call('PATCH', path, roles(text))).status, text).toBe(422);
    const forever = await staff.call('PATCH', path, roles('9999-12-31T23:59:59.9999Z'));
    expect([forever.status, forever.body.roles[0].validUntil.slice(0, 23)]).toEqual([200, '9999-12-31T23:59:59.999']);
  });
});

describe('an instant of the identity provider', () => {
  it('in milliseconds where seconds are due is read as such', async () => {
    const secret = 'a shared secret of more than 32 characters';
    const rules = { IDENTITY_PROVIDER: 'jwt', JWT_ISSUER: 'https://i.example.test/', JWT_AUDIENCE: 'rolecall' };
    const byToken = await harnessForThisTest({ ...rules, JWT_SECRET: secret, JWT_ALGORITHMS: 'HS256' });
    const now = Date.now();
    for (const iat of [now, now * 1000, -1e300, 1e300, 0.5]) {
      const id = `jwt|${uuid()}`;
      const claims = {
        iss: 'https://i.example.test/',
        aud: 'rolecall',
        sub: id,
        exp: Math.floor(now / 1000) + 60,
        iat,
      };
      const token = await new SignJWT(claims)
        .setProtectedHeader({ alg: 'HS256' })
        .sign(new TextEncoder().encode(secret));
      const me = await byToken.anonymous('GET', '/api/me', undefined, { authorization: `Bearer ${token}` });
      const { status, body } = await staff.call('GET', `/api/admin/users/${encodeURIComponent(id)}`);
      expect([me.status, status], String(iat)).toEqual([200, 200]);
      if (iat === now) expect(Math.abs(Date.parse(body.createdAt) - now)).toBeLessThan(60_000);
      expect((await staff.call('GET', '/api/admin/users?sort=-createdAt')).status, String(iat)).toBe(200);
    }
  });
});

describe('an instant of an answer', () => {
  it('is clamped, so that one row never spoils a list', async () => {
    const bad = ['infinity', '-infinity', '58000-01-01T00:00:00Z', '4000-01-01 BC'];
    for (const text of bad) {
      await storeInstant(text);
      const paths = [
        '/api/admin/users?sort=createdAt',
        '/api/admin/users?sort=-createdAt',
        `/api/admin/users?q=${member.email}`,
        `/api/admin/users/${member.id}`,
        `${tenant.path}/members`,
        `${tenant.path}/members?sort=-createdAt`,
        `${tenant.path}/members/${memberId}`,
        `${tenant.path}/access/explain?userId=${member.id}&permission=members:read`,
        `${tenant.path}/access/holders?permission=members:read`,
        `${tenant.path}/access/timeline?userId=${member.id}`,
      ];
      for (const path of paths) {
        const { status, body } = await staff.call('GET', path);
        expect(status, `${text} ${path} ${JSON.stringify(body).slice(0, 300)}`).toBe(200);
      }
      const me = await member.call('GET', '/api/me');
      expect(me.status, text).toBe(200);
      const { body } = await staff.call('GET', `/api/admin/users/${member.id}`);
      expect(body.createdAt, text).toMatch(/^(0001|9999)-/);
      const pages = [];
      for (let query = 'limit=1&sort=createdAt'; query; ) {
        const page = await staff.call('GET', `${tenant.path}/members?${query}`);
        pages.push(...page.body.data);
        query = page.body.page.nextCursor ? `limit=1&sort=createdAt&cursor=${page.body.page.nextCursor}` : '';
      }
      expect(pages, text).toHaveLength(2);
    }
  });
});
