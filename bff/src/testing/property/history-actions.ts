import { expect } from 'vitest';
import { PLATFORM_TENANT_ID } from '../../access/permissions.ts';
import { insertAudit } from '../../audit/record.ts';
import { type Random, seededRandom } from '../../core/random.ts';
import { tenantTx } from '../../db/tenant-tx.ts';
import { aStaffMember, aTenant, aUser, setBan, type TestTenant, type TestUser } from '../fixtures/builders.ts';
import type { Harness } from '../fixtures/harness.ts';

const BY_TEST = {
  actor: { type: 'system', id: 'test', sessionId: null },
  origin: { requestId: 'test', ip: null, userAgent: null },
} as const;

/** Tenants and users whose access changes at random, in every way the product has. */
export interface HistoryFixture {
  harness: Harness;
  random: Random;
  /** A platform owner, who performs all actions. */
  platformOwner: TestUser;
  users: TestUser[];
  tenants: TestTenant[];
  /** The permissions that the actions grant. */
  codes: string[];
  /** Part of the name of each role, because the platform's roles are shared with other suites. */
  tag: string;
}

export async function createHistoryFixture(harness: Harness, seed: string): Promise<HistoryFixture> {
  const random = seededRandom(seed);
  const platformOwner = await aUser(harness, { name: 'Platform owner' });
  await aStaffMember(harness, platformOwner, 'owner');
  const users: TestUser[] = [];
  for (let index = 0; index < 7; index++) users.push(await aUser(harness, { name: `User ${index}` }));
  const tenants: TestTenant[] = [];
  for (let index = 0; index < 2; index++)
    tenants.push(await aTenant(harness, { owner: platformOwner, name: `History ${index}` }));
  const tag = `past-${platformOwner.email.slice(2, 10)}`;
  const codes: string[] = [];
  for (let index = 0; index < 6; index++) {
    const code = `${tag}:act-${index}`;
    await platformOwner.call('POST', '/api/admin/permissions', { code, description: code });
    codes.push(code);
  }
  return { harness, random, platformOwner, users, tenants, codes, tag };
}

/** A condition that some users meet, some only with the right resource. */
const aTerm = ({ random, users }: HistoryFixture) =>
  random.pick([
    {
      attribute: 'user.id',
      operator: 'in',
      value: random
        .shuffled(users)
        .slice(0, 3)
        .map(({ id }) => id),
    },
    { attribute: 'user.emailVerified', operator: 'equals', value: random.chance(0.5) },
    { attribute: 'resource.ownerId', operator: 'equals', value: { attribute: 'user.id' } },
  ]);

type Action = (fixture: HistoryFixture) => Promise<boolean>;
interface ListedRole {
  id: string;
  name: string;
  version: number;
}

const pathOf = ({ random, tenants }: HistoryFixture): string =>
  // Roles of the platform count in every tenant.
  random.chance(0.25) ? `/api/admin/tenants/${PLATFORM_TENANT_ID}` : random.pick(tenants).path;
const listRoles = async ({ platformOwner }: HistoryFixture, path: string): Promise<ListedRole[]> =>
  (await platformOwner.call('GET', `${path}?limit=100`)).body.data;
const ownRoles = async (fixture: HistoryFixture, path: string) =>
  (await listRoles(fixture, `${path}/roles`)).filter(({ name }) => name.startsWith(fixture.tag));
const succeeded = async (response: ReturnType<TestUser['call']>) => (await response).status < 300;

async function randomRoleFields(fixture: HistoryFixture, path: string) {
  const { random, codes } = fixture;
  const roles = await ownRoles(fixture, path);
  const permissions = random.shuffled(codes).slice(0, random.integer(0, 4));
  const conditional = permissions.filter(() => random.chance(0.3));
  return {
    permissions,
    conditions: Object.fromEntries(conditional.map((code) => [code, [aTerm(fixture)]])),
    parentRoleId: roles.length > 0 && random.chance(0.6) ? random.pick(roles).id : null,
  };
}

export const ACTIONS: Record<string, Action> = {
  createRole: async (fixture) => {
    const path = pathOf(fixture);
    const body = {
      name: `${fixture.tag} ${fixture.random.integer(0, 1e9)}`,
      ...(await randomRoleFields(fixture, path)),
    };
    return succeeded(fixture.platformOwner.call('POST', `${path}/roles`, body));
  },
  editRole: async (fixture) => {
    const path = pathOf(fixture);
    const roles = await ownRoles(fixture, path);
    if (roles.length === 0) return false;
    return succeeded(
      fixture.platformOwner.call(
        'PATCH',
        `${path}/roles/${fixture.random.pick(roles).id}`,
        await randomRoleFields(fixture, path),
      ),
    );
  },
  restoreRole: async (fixture) => {
    const path = pathOf(fixture);
    const roles = (await ownRoles(fixture, path)).filter(({ version }) => version > 1);
    if (roles.length === 0) return false;
    return succeeded(
      fixture.platformOwner.call('POST', `${path}/roles/${fixture.random.pick(roles).id}/versions/1/restore`, {}),
    );
  },
  deleteRole: async (fixture) => {
    const path = pathOf(fixture);
    const roles = await ownRoles(fixture, path);
    if (roles.length < 4) return false;
    const [deleted, replacement] = fixture.random.shuffled(roles);
    return succeeded(fixture.platformOwner.call('DELETE', `${path}/roles/${deleted?.id}?remapTo=${replacement?.id}`));
  },
  assignRoles: async (fixture) => {
    const path = pathOf(fixture);
    const { platformOwner, users, random } = fixture;
    const { body } = await platformOwner.call('GET', `${path}/members?userId=${random.pick(users).id}`);
    const member = body.data[0];
    const roles = await ownRoles(fixture, path);
    if (!member || roles.length === 0) return false;
    const soon = () => new Date(Date.now() + random.integer(150, 900)).toISOString();
    const selected = random.shuffled(roles).slice(0, random.integer(1, 3));
    const assignments = selected.map(({ id }) => ({
      roleId: id,
      ...random.pick([{}, {}, { validUntil: soon() }, { validFrom: soon() }]),
    }));
    return succeeded(platformOwner.call('PATCH', `${path}/members/${member.id}`, { roles: assignments }));
  },
  join: async (fixture) => {
    const path = pathOf(fixture);
    const user = fixture.random.pick(fixture.users);
    const role = (await ownRoles(fixture, path))[0];
    if (!role) return false;
    const invitation = await fixture.platformOwner.call('POST', `${path}/invitations`, {
      email: user.email,
      roleIds: [role.id],
    });
    return (
      invitation.status < 300 && succeeded(user.call('POST', `/api/invitations/${invitation.body.token}/accept`, {}))
    );
  },
  suspendOrRemove: async (fixture) => {
    const path = pathOf(fixture);
    const { platformOwner, users, random } = fixture;
    const { body } = await platformOwner.call('GET', `${path}/members?userId=${random.pick(users).id}`);
    const member = body.data[0];
    if (!member) return false;
    if (random.chance(0.3)) return succeeded(platformOwner.call('DELETE', `${path}/members/${member.id}`));
    const status = member.status === 'active' ? 'suspended' : 'active';
    return succeeded(platformOwner.call('PATCH', `${path}/members/${member.id}`, { status }));
  },
  suspendTenant: async ({ platformOwner, random, tenants }) => {
    const { path } = random.pick(tenants);
    const { body } = await platformOwner.call('GET', path);
    if (body.status === 'active' && random.chance(0.5)) return false;
    return succeeded(platformOwner.call('PATCH', path, { status: body.status === 'active' ? 'suspended' : 'active' }));
  },
  ban: async (fixture) => {
    const { id } = fixture.random.pick(fixture.users);
    const banned = fixture.random.chance(0.5);
    await setBan(fixture.harness, id, banned);
    return true;
  },
  retire: async (fixture) => {
    const code = fixture.random.pick(fixture.codes);
    const retiredAt = fixture.random.chance(0.4) ? new Date() : null;
    const scope = { tenantId: PLATFORM_TENANT_ID, userId: null };
    await tenantTx(fixture.harness.services.db.server, scope, async (tx) => {
      await tx.permission.update({ where: { code }, data: { retiredAt } });
      await insertAudit(tx, { tenantId: PLATFORM_TENANT_ID, ...BY_TEST, action: 'test.changed', category: 'access' });
    });
    return true;
  },
};

/** Returns the database's time, to the microsecond. */
export async function exactClock({ services }: Harness): Promise<string> {
  const [row] = await services.db.platform.$queryRaw<{ now: string }[]>`
    SELECT to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS now`;
  return row?.now ?? '';
}

export async function ask<T>(asker: TestUser, path: string, query: Record<string, string>): Promise<T> {
  const response = await asker.call('GET', `${path}?${new URLSearchParams(query)}`);
  expect(response.status, JSON.stringify(response.body)).toBe(200);
  return response.body;
}
