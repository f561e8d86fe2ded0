import { v7 as uuid } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PLATFORM_TENANT_ID, SYSTEM_PERMISSIONS } from '../../access/permissions.ts';
import {
  aMember,
  aStaffMember,
  aTenant,
  aUser,
  setBan,
  type TestTenant,
  type TestUser,
} from '../../testing/fixtures/builders.ts';
import { type Harness, startHarness } from '../../testing/fixtures/harness.ts';

let harness: Harness;
let tenant: TestTenant;
let otherTenant: TestTenant;
let owner: TestUser;
let member: TestUser;
let neighbour: TestUser;
let staff: TestUser;
let stranger: TestUser;
let tenantKey: string;
let platformKey: string;

interface Check {
  userId: string;
  tenantId: string;
  permission: string;
  resource?: object;
}

beforeAll(async () => {
  harness = await startHarness();
  const person = () => aUser(harness);
  [owner, member, neighbour, staff, stranger] = await Promise.all([person(), person(), person(), person(), person()]);
  tenant = await aTenant(harness, { owner });
  otherTenant = await aTenant(harness, { owner: neighbour });
  await aMember(harness, tenant, member, 'member');
  await aMember(harness, otherTenant, member, 'admin');
  await aStaffMember(harness, staff, 'admin');
  tenantKey = await keyOf(owner, tenant.id);
  platformKey = await keyOf(staff, PLATFORM_TENANT_ID);
});
afterAll(() => harness.close());

const keyOf = async (user: TestUser, tenantId: string): Promise<string> => {
  const path = `/api/admin/tenants/${tenantId}/api-keys`;
  return (await user.call('POST', path, { name: 'Host app', expiresInDays: null })).body.key;
};
const post = (key: string, body: unknown) =>
  harness.anonymous('POST', '/api/access/check', body, { authorization: `Bearer ${key}` });
const ask = async (key: string, checks: Check[]): Promise<boolean[]> => {
  const answer = await post(key, { checks });
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
  return answer.body.results.map(({ allowed }: { allowed: boolean }) => allowed);
};
const may = async (user: TestUser, permission: string, tenantId = tenant.id, key = platformKey) =>
  (await ask(key, [{ userId: user.id, tenantId, permission }]))[0];

/** Reads the same decision from /api/me, as the console does. */
async function allowedByMe(user: TestUser, { tenantId, permission }: Check): Promise<boolean> {
  const { memberships, platform } = (await user.call('GET', '/api/me')).body;
  const here = memberships.find((each: { tenantId: string }) => each.tenantId === tenantId);
  return platform.permissions.includes(permission) || (here?.permissions.includes(permission) ?? false);
}

describe('an access check', () => {
  it('answers 100 questions in order as /api/me does for each user', async () => {
    const people = [owner, member, neighbour, staff, stranger];
    const tenants = [tenant.id, otherTenant.id, PLATFORM_TENANT_ID];
    const codes = Object.keys(SYSTEM_PERMISSIONS);
    const asked = Array.from({ length: 100 }, (_, index) => ({
      user: people[index % people.length] as TestUser,
      tenantId: tenants[Math.floor(index / 3) % tenants.length] as string,
      permission: codes[(index * 7) % codes.length] as string,
    }));
    const expected = await Promise.all(
      asked.map(({ user, ...rest }) => allowedByMe(user, { userId: user.id, ...rest })),
    );
    const answers = await ask(
      platformKey,
      asked.map(({ user, ...rest }) => ({ userId: user.id, ...rest })),
    );
    expect(answers).toEqual(expected);
    expect(new Set(answers)).toEqual(new Set([true, false]));
  });

  it('agrees with the guard', async () => {
    const paths = { 'members:read': 'members', 'invitations:read': 'invitations', 'audit:read': 'audit-logs' };
    for (const user of [owner, member, neighbour, staff, stranger]) {
      for (const [permission, path] of Object.entries(paths)) {
        const { status } = await user.call('GET', `${tenant.path}/${path}`);
        expect(await may(user, permission), `${user.id} ${permission}`).toBe(status === 200);
      }
    }
  });

  it('is denied for another tenant than that of the key', async () => {
    expect(await may(owner, 'members:read', tenant.id, tenantKey)).toBe(true);
    const foreign = [neighbour, member, staff].map(({ id }) => ({ userId: id, permission: 'members:read' }));
    for (const tenantId of [otherTenant.id, PLATFORM_TENANT_ID, uuid()]) {
      const answer = await post(tenantKey, { checks: foreign.map((check) => ({ ...check, tenantId })) });
      expect(answer.body).toEqual({ results: foreign.map(() => ({ allowed: false })) });
    }
    expect(await may(neighbour, 'members:read', otherTenant.id, platformKey)).toBe(true);
  });

  it('is denied for unknown tenants, users and permissions, also for staff', async () => {
    expect(await may(staff, 'members:read', uuid())).toBe(false);
    expect(await may({ ...owner, id: 'unknown' }, 'members:read')).toBe(false);
    expect(await may(owner, 'unknown:code')).toBe(false);
  });

  it('takes 1 to 100 questions', async () => {
    const check = {
      userId: owner.id,
      tenantId: tenant.id.toUpperCase(),
      permission: 'members:read',
      resource: { id: 7 },
    };
    expect(await ask(tenantKey, [check])).toEqual([true]);
    for (const checks of [[], Array(101).fill(check), 'all']) {
      expect((await post(tenantKey, { checks })).status, JSON.stringify(checks[0])).toBe(422);
    }
  });

  it('reflects a removed role, suspension, ban or closed tenant immediately', async () => {
    const user = await aUser(harness);
    const ownTenant = await aTenant(harness, { owner });
    const memberId = await aMember(harness, ownTenant, user, 'admin');
    const path = `${ownTenant.path}/members/${memberId}`;
    const key = await keyOf(owner, ownTenant.id);
    const mayNow = (code = 'members:invite') => may(user, code, ownTenant.id, key);
    const change = async (body: object) => expect((await owner.call('PATCH', path, body)).status).toBe(200);
    expect(await mayNow()).toBe(true);

    await change({ roles: [{ roleId: ownTenant.roleId('member') }] });
    expect([await mayNow(), await mayNow('members:read')]).toEqual([false, true]);
    await change({ status: 'suspended' });
    expect(await mayNow('members:read')).toBe(false);
    await change({ status: 'active' });
    expect(await mayNow('members:read')).toBe(true);

    await setBan(harness, user.id, true);
    expect(await mayNow('members:read')).toBe(false);
    await setBan(harness, user.id, false);
    expect(await mayNow('members:read')).toBe(true);

    const boss = await aUser(harness);
    await aStaffMember(harness, boss, 'owner');
    const closed = await boss.call('PATCH', `/api/admin/tenants/${ownTenant.id}`, { status: 'suspended' });
    expect(closed.status).toBe(200);
    expect([await mayNow('members:read'), await may(boss, 'members:read', ownTenant.id, key)]).toEqual([false, true]);
  });
});

describe('an access check about a resource', () => {
  const term = { attribute: 'resource.ownerId', operator: 'equals', value: { attribute: 'user.id' } };
  const about = (resource?: object) =>
    ask(tenantKey, [
      { userId: member.id, tenantId: tenant.id, permission: 'audit:read', ...(resource ? { resource } : {}) },
    ]);

  it('evaluates conditions as the explanation and the list of holders do', async () => {
    const role = { name: 'Own only', permissions: ['audit:read'], conditions: { 'audit:read': [term] } };
    const { id } = (await owner.call('POST', `${tenant.path}/roles`, role)).body;
    const found = (await owner.call('GET', `${tenant.path}/members?userId=${member.id}`)).body.data[0];
    await owner.call('PATCH', `${tenant.path}/members/${found.id}`, { roles: [{ roleId: id }] });

    expect(await about({ ownerId: member.id })).toEqual([true]);
    for (const resource of [undefined, {}, { ownerId: owner.id }, { ownerId: null }]) {
      expect(await about(resource)).toEqual([false]);
    }
    const access = `${tenant.path}/access`;
    const asked = `permission=audit:read&resource=${encodeURIComponent(JSON.stringify({ ownerId: member.id }))}`;
    const yes = (await owner.call('GET', `${access}/explain?userId=${member.id}&${asked}`)).body;
    expect(yes).toMatchObject({ allowed: true, paths: [{ role: { id }, conditions: [term] }] });
    const no = (await owner.call('GET', `${access}/explain?userId=${member.id}&permission=audit:read`)).body;
    expect(no).toMatchObject({
      allowed: false,
      missing: { reason: 'condition_not_met', role: { id }, conditions: [term], unmet: [term] },
    });
    const names = async (query: string) =>
      (await owner.call('GET', `${access}/holders?${query}`)).body.data.flatMap(
        ({ user, isConditional }: { user: { id: string } | null; isConditional: boolean }) =>
          user?.id === member.id ? [isConditional] : [],
      );
    expect(await names(asked)).toEqual([false]);
    expect(await names('permission=audit:read')).toEqual([]);
    expect(await names('permission=audit:read&conditional=true')).toEqual([true]);
    expect((await member.call('GET', '/api/me')).body.memberships[0].permissions).not.toContain('audit:read');
  });

  it('rejects a resource that is too large, too deep or not JSON', async () => {
    const deep = { a: { b: { c: { d: { e: 1 } } } } };
    expect(await about(deep)).toEqual([false]);
    for (const resource of [{ a: deep }, { a: 'x'.repeat(8_200) }, []]) {
      const checks = [{ userId: member.id, tenantId: tenant.id, permission: 'audit:read', resource }];
      const [result] = (await post(tenantKey, { checks })).body.results;
      expect(result, JSON.stringify(resource).slice(0, 40)).toMatchObject({ allowed: false, reason: 'invalid_check' });
    }
    const path = `${tenant.path}/access/explain?userId=${member.id}&permission=audit:read`;
    const broken = encodeURIComponent('{"a":"\\u0000"}');
    expect((await owner.call('GET', `${path}&resource=${broken}`)).status).toBe(400);
    expect((await owner.call('GET', `${path}&resource=%7Bno`)).body).toMatchObject({
      ...{ status: 400, errors: { resource: ['not_json'] } },
    });
  });
});
