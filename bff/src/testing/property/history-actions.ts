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

/** Some tenants and people whose access changes by chance, by every way there is to change it. */
export interface MovingWorld {
  harness: Harness;
  random: Random;
  /** A platform owner, who does everything that a person may do. */
  boss: TestUser;
  people: TestUser[];
  tenants: TestTenant[];
  /** The permissions it plays with. */
  codes: string[];
  /** In the name of each role it plays with: the platform's roles are other suites' too. */
  tag: string;
}

export async function aMovingWorld(harness: Harness, seed: string): Promise<MovingWorld> {
  const random = seededRandom(seed);
  const boss = await aUser(harness, { name: 'Boss' });
  await aStaffMember(harness, boss, 'owner');
  const people: TestUser[] = [];
  for (let index = 0; index < 7; index++) people.push(await aUser(harness, { name: `Person ${index}` }));
  const tenants: TestTenant[] = [];
  for (let index = 0; index < 2; index++)
    tenants.push(await aTenant(harness, { owner: boss, name: `Moving ${index}` }));
  const tag = `past-${boss.email.slice(2, 10)}`;
  const codes: string[] = [];
  for (let index = 0; index < 6; index++) {
    const code = `${tag}:act-${index}`;
    await boss.call('POST', '/api/admin/permissions', { code, description: code });
    codes.push(code);
  }
  return { harness, random, boss, people, tenants, codes, tag };
}

/** A condition that some people meet, and some only with the right resource. */
const aTerm = ({ random, people }: MovingWorld) =>
  random.pick([
    {
      attribute: 'user.id',
      operator: 'in',
      value: random
        .shuffled(people)
        .slice(0, 3)
        .map(({ id }) => id),
    },
    { attribute: 'user.emailVerified', operator: 'equals', value: random.chance(0.5) },
    { attribute: 'resource.ownerId', operator: 'equals', value: { attribute: 'user.id' } },
  ]);

type Move = (world: MovingWorld) => Promise<boolean>;
interface Listed {
  id: string;
  name: string;
  version: number;
}

const pathOf = ({ random, tenants }: MovingWorld): string =>
  // Roles of the platform count everywhere.
  random.chance(0.25) ? `/api/admin/tenants/${PLATFORM_TENANT_ID}` : random.pick(tenants).path;
const listed = async ({ boss }: MovingWorld, path: string): Promise<Listed[]> =>
  (await boss.call('GET', `${path}?limit=100`)).body.data;
const ownRoles = async (world: MovingWorld, path: string) =>
  (await listed(world, `${path}/roles`)).filter(({ name }) => name.startsWith(world.tag));
const done = async (answer: ReturnType<TestUser['call']>) => (await answer).status < 300;

async function shapeOf(world: MovingWorld, path: string) {
  const { random, codes } = world;
  const roles = await ownRoles(world, path);
  const permissions = random.shuffled(codes).slice(0, random.integer(0, 4));
  const limited = permissions.filter(() => random.chance(0.3));
  return {
    permissions,
    conditions: Object.fromEntries(limited.map((code) => [code, [aTerm(world)]])),
    parentRoleId: roles.length > 0 && random.chance(0.6) ? random.pick(roles).id : null,
  };
}

export const MOVES: Record<string, Move> = {
  createRole: async (world) => {
    const path = pathOf(world);
    const body = { name: `${world.tag} ${world.random.integer(0, 1e9)}`, ...(await shapeOf(world, path)) };
    return done(world.boss.call('POST', `${path}/roles`, body));
  },
  editRole: async (world) => {
    const path = pathOf(world);
    const roles = await ownRoles(world, path);
    if (roles.length === 0) return false;
    return done(world.boss.call('PATCH', `${path}/roles/${world.random.pick(roles).id}`, await shapeOf(world, path)));
  },
  restoreRole: async (world) => {
    const path = pathOf(world);
    const roles = (await ownRoles(world, path)).filter(({ version }) => version > 1);
    if (roles.length === 0) return false;
    return done(world.boss.call('POST', `${path}/roles/${world.random.pick(roles).id}/versions/1/restore`, {}));
  },
  deleteRole: async (world) => {
    const path = pathOf(world);
    const roles = await ownRoles(world, path);
    if (roles.length < 4) return false;
    const [gone, heir] = world.random.shuffled(roles);
    return done(world.boss.call('DELETE', `${path}/roles/${gone?.id}?remapTo=${heir?.id}`));
  },
  giveRoles: async (world) => {
    const path = pathOf(world);
    const { boss, people, random } = world;
    const { body } = await boss.call('GET', `${path}/members?userId=${random.pick(people).id}`);
    const member = body.data[0];
    const roles = await ownRoles(world, path);
    if (!member || roles.length === 0) return false;
    const soon = () => new Date(Date.now() + random.integer(150, 900)).toISOString();
    const wanted = random.shuffled(roles).slice(0, random.integer(1, 3));
    const given = wanted.map(({ id }) => ({
      roleId: id,
      ...random.pick([{}, {}, { validUntil: soon() }, { validFrom: soon() }]),
    }));
    return done(boss.call('PATCH', `${path}/members/${member.id}`, { roles: given }));
  },
  join: async (world) => {
    const path = pathOf(world);
    const person = world.random.pick(world.people);
    const role = (await ownRoles(world, path))[0];
    if (!role) return false;
    const letter = await world.boss.call('POST', `${path}/invitations`, { email: person.email, roleIds: [role.id] });
    return letter.status < 300 && done(person.call('POST', `/api/invitations/${letter.body.token}/accept`, {}));
  },
  suspendOrRemove: async (world) => {
    const path = pathOf(world);
    const { boss, people, random } = world;
    const { body } = await boss.call('GET', `${path}/members?userId=${random.pick(people).id}`);
    const member = body.data[0];
    if (!member) return false;
    if (random.chance(0.3)) return done(boss.call('DELETE', `${path}/members/${member.id}`));
    const status = member.status === 'active' ? 'suspended' : 'active';
    return done(boss.call('PATCH', `${path}/members/${member.id}`, { status }));
  },
  suspendTenant: async ({ boss, random, tenants }) => {
    const { path } = random.pick(tenants);
    const { body } = await boss.call('GET', path);
    if (body.status === 'active' && random.chance(0.5)) return false;
    return done(boss.call('PATCH', path, { status: body.status === 'active' ? 'suspended' : 'active' }));
  },
  ban: async (world) => {
    const { id } = world.random.pick(world.people);
    const banned = world.random.chance(0.5);
    await setBan(world.harness, id, banned);
    return true;
  },
  retire: async (world) => {
    const code = world.random.pick(world.codes);
    const retiredAt = world.random.chance(0.4) ? new Date() : null;
    const scope = { tenantId: PLATFORM_TENANT_ID, userId: null };
    await tenantTx(world.harness.services.db.server, scope, async (tx) => {
      await tx.permission.update({ where: { code }, data: { retiredAt } });
      await insertAudit(tx, { tenantId: PLATFORM_TENANT_ID, ...BY_TEST, action: 'test.moved', category: 'access' });
    });
    return true;
  },
};

/** The database's time, to the microsecond. */
export async function exactClock({ services }: Harness): Promise<string> {
  const [row] = await services.db.platform.$queryRaw<{ now: string }[]>`
    SELECT to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS now`;
  return row?.now ?? '';
}

export async function ask<T>(asker: TestUser, path: string, query: Record<string, string>): Promise<T> {
  const answer = await asker.call('GET', `${path}?${new URLSearchParams(query)}`);
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
  return answer.body;
}
