import { v7 as uuid } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { databaseNow } from '../../db/clock.ts';
import { aMember, aStaffMember, aTenant, aUser, setBan, type TestTenant, type TestUser } from '../fixtures/builders.ts';
import { type Harness, startHarness } from '../fixtures/harness.ts';
import { knob } from '../knobs.ts';

const REVOCATIONS = knob('TEST_REVOCATIONS');

let serverA: Harness;
let serverB: Harness;
let platformOwner: TestUser;

/** Two servers on one database: what one revokes, the other must deny immediately. */
beforeAll(async () => {
  [serverA, serverB] = await Promise.all([startHarness(), startHarness()]);
  platformOwner = await aUser(serverA, { name: 'Platform owner' });
  await aStaffMember(serverA, platformOwner, 'owner');
});
afterAll(() => Promise.all([serverA.close(), serverB.close()]));

interface RevocationFixture {
  tenant: TestTenant;
  owner: TestUser;
  user: TestUser;
  memberId: string;
  roleId: string;
  keyId: string;
  apiKey: string;
}

interface RevocationCase {
  name: string;
  /** Revokes the permission on one server. */
  revoke: (fixture: RevocationFixture) => Promise<{ status: number } | undefined>;
  /** Returns whether the other server still allows it. */
  isAllowed?: (fixture: RevocationFixture) => Promise<boolean>;
  /** Grants it again; a case without this gets a new fixture. */
  restore?: (fixture: RevocationFixture) => Promise<unknown>;
}

const memberPath = ({ tenant, memberId }: RevocationFixture) => `${tenant.path}/members/${memberId}`;
const rolePath = ({ tenant, roleId }: RevocationFixture) => `${tenant.path}/roles/${roleId}`;
const canListInvitations = async ({ tenant, user }: RevocationFixture) => {
  const call = serverB.as(user.cookie);
  const { status } = await call('GET', `${tenant.path}/invitations`);
  expect([200, 401, 403, 404], 'a response of the guard').toContain(status);
  return status === 200;
};
const assignRoles = (fixture: RevocationFixture, roleIds: string[]) =>
  fixture.owner.call('PATCH', memberPath(fixture), { roles: roleIds.map((roleId) => ({ roleId })) });
/** What the host app hears from the other server. */
const hostAppAllows = async ({ apiKey, tenant, user }: RevocationFixture) => {
  const checks = [{ userId: user.id, tenantId: tenant.id, permission: 'invitations:read' }];
  const response = await serverB.anonymous(
    'POST',
    '/api/access/check',
    { checks },
    { authorization: `Bearer ${apiKey}` },
  );
  expect([200, 401]).toContain(response.status);
  return response.status === 200 && response.body.results[0].allowed === true;
};
const CODES = ['members:read', 'invitations:read'];

const CASES: RevocationCase[] = [
  {
    name: 'the role is removed',
    revoke: (fixture) => assignRoles(fixture, [fixture.tenant.roleId('member')]),
    restore: (fixture) => assignRoles(fixture, [fixture.roleId]),
  },
  {
    name: 'the role loses the permission',
    revoke: (fixture) => fixture.owner.call('PATCH', rolePath(fixture), { permissions: ['members:read'] }),
    restore: (fixture) => fixture.owner.call('PATCH', rolePath(fixture), { permissions: CODES }),
  },
  {
    name: 'the role loses its parent',
    revoke: async (fixture) => {
      const parent = await fixture.owner.call('POST', `${fixture.tenant.path}/roles`, {
        name: `Parent ${uuid().slice(-12)}`,
        permissions: CODES,
      });
      await fixture.owner.call('PATCH', rolePath(fixture), { permissions: [], parentRoleId: parent.body.id });
      expect(await canListInvitations(fixture)).toBe(true);
      return fixture.owner.call('PATCH', rolePath(fixture), { parentRoleId: null });
    },
    restore: (fixture) => fixture.owner.call('PATCH', rolePath(fixture), { permissions: CODES }),
  },
  {
    name: 'an older version of the role is restored',
    revoke: async (fixture) => {
      const { body } = await fixture.owner.call('PATCH', rolePath(fixture), { permissions: ['members:read'] });
      await fixture.owner.call('PATCH', rolePath(fixture), { permissions: CODES });
      expect(await canListInvitations(fixture)).toBe(true);
      return fixture.owner.call('POST', `${rolePath(fixture)}/versions/${body.version}/restore`, {});
    },
    restore: (fixture) => fixture.owner.call('PATCH', rolePath(fixture), { permissions: CODES }),
  },
  {
    name: 'the role is deleted and remapped',
    revoke: (fixture) =>
      fixture.owner.call('DELETE', `${rolePath(fixture)}?remapTo=${fixture.tenant.roleId('member')}`),
  },
  {
    name: 'the member is suspended',
    revoke: (fixture) => fixture.owner.call('PATCH', memberPath(fixture), { status: 'suspended' }),
    restore: (fixture) => fixture.owner.call('PATCH', memberPath(fixture), { status: 'active' }),
  },
  { name: 'the member is removed', revoke: (fixture) => fixture.owner.call('DELETE', memberPath(fixture)) },
  {
    name: 'the tenant is suspended',
    revoke: ({ tenant }) => platformOwner.call('PATCH', `/api/admin/tenants/${tenant.id}`, { status: 'suspended' }),
    restore: ({ tenant }) => platformOwner.call('PATCH', `/api/admin/tenants/${tenant.id}`, { status: 'active' }),
  },
  {
    name: 'the user is banned at the provider',
    revoke: async (fixture) => {
      await setBan(serverA, fixture.user.id, true);
      return undefined;
    },
    restore: (fixture) => setBan(serverA, fixture.user.id, false),
  },
  { name: 'the session ends', revoke: ({ user }) => user.call('POST', '/api/auth/sign-out', {}) },
  {
    name: 'the API key is revoked',
    revoke: ({ owner, tenant, keyId }) => owner.call('POST', `${tenant.path}/api-keys/${keyId}/revoke`, {}),
    isAllowed: hostAppAllows,
  },
  {
    name: 'the role is removed and the host app asks',
    revoke: (fixture) => assignRoles(fixture, [fixture.tenant.roleId('member')]),
    isAllowed: hostAppAllows,
    restore: (fixture) => assignRoles(fixture, [fixture.roleId]),
  },
];

async function createFixture(): Promise<RevocationFixture> {
  const [owner, user] = [await aUser(serverA), await aUser(serverA)];
  const tenant = await aTenant(serverA, { owner });
  const memberId = await aMember(serverA, tenant, user, 'member');
  const role = await owner.call('POST', `${tenant.path}/roles`, { name: 'Reader', permissions: CODES });
  const key = await owner.call('POST', `${tenant.path}/api-keys`, { name: 'App', expiresInDays: 1 });
  expect([role.status, key.status], JSON.stringify(key.body)).toEqual([201, 201]);
  const fixture = { tenant, owner, user, memberId, roleId: role.body.id, keyId: key.body.id, apiKey: key.body.key };
  expect((await assignRoles(fixture, [fixture.roleId])).status).toBe(200);
  return fixture;
}

describe.concurrent(`${REVOCATIONS} revocations on one server`, { timeout: 3_600_000 }, () => {
  it.each(CASES)('take effect on the other when $name', async ({ revoke, isAllowed = canListInvitations, restore }) => {
    const rounds = Math.ceil(REVOCATIONS / CASES.length / (restore ? 1 : 2));
    let fixture = await createFixture();
    for (let round = 0; round < rounds; round++) {
      expect(await isAllowed(fixture), 'allowed before').toBe(true);
      const response = await revoke(fixture);
      if (response) expect(response.status, JSON.stringify(response)).toBeLessThan(300);
      expect(await isAllowed(fixture), 'allowed after').toBe(false);
      if (restore) await restore(fixture);
      else if (round < rounds - 1) fixture = await createFixture();
    }
  });
});

it('allows from the instant a role begins to that at which it ends, without a job', async () => {
  const fixture = await createFixture();
  const clock = (await databaseNow(serverA.services.db.server)).getTime();
  const [begin, end] = [clock + 1_500, clock + 3_000];
  const [validFrom, validUntil] = [begin, end].map((at) => new Date(at).toISOString());
  const roles = [{ roleId: fixture.roleId, validFrom, validUntil }, { roleId: fixture.tenant.roleId('member') }];
  await assignRoles(fixture, [fixture.tenant.roleId('member')]);
  expect((await fixture.owner.call('PATCH', memberPath(fixture), { roles })).status).toBe(200);
  const samples: { sentAt: number; receivedAt: number; isAllowed: boolean }[] = [];
  const now = async () => (await databaseNow(serverA.services.db.server)).getTime();
  while (Date.now() < end + 300) {
    const sentAt = await now();
    const isAllowed = await canListInvitations(fixture);
    samples.push({ sentAt, receivedAt: await now(), isAllowed });
  }
  const isOutside = ({ sentAt, receivedAt }: (typeof samples)[number]) => receivedAt < begin || sentAt >= end;
  const isInside = ({ sentAt, receivedAt }: (typeof samples)[number]) => sentAt >= begin && receivedAt < end;
  expect(samples.filter((one) => isOutside(one) && one.isAllowed)).toEqual([]);
  expect(samples.filter((one) => isInside(one) && !one.isAllowed)).toEqual([]);
  expect(samples.some(isInside)).toBe(true);
});
