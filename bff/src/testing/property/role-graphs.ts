import { v7 as uuid } from 'uuid';
import type { Term } from '../../access/conditions.ts';
import { PLATFORM_TENANT_ID } from '../../access/permissions.ts';
import { refreshEffective } from '../../access/roles/graph.ts';
import { insertAudit } from '../../audit/record.ts';
import { type Random, seededRandom } from '../../core/random.ts';
import { searchTextOf, sortNameOf } from '../../core/text/user-names.ts';
import { type Tx, tenantTx } from '../../db/tenant-tx.ts';
import { aTenant, aUser, type TestUser } from '../fixtures/builders.ts';
import type { Harness } from '../fixtures/harness.ts';

const DAY_MS = 86_400_000;
const BY_TEST = {
  actor: { type: 'system', id: 'test', sessionId: null },
  origin: { requestId: 'test', ip: null, userAgent: null },
} as const;
const TENANTS = 10;
const USERS = 24;
const STAFF = 5;
const CUSTOM_ROLES = 12;
const MAX_DEPTH = 8;

export interface RoleGraphs {
  random: Random;
  users: TestUser[];
  tenantIds: string[];
  codes: string[];
}

/**
 * Creates tenants with random users, roles and states: every way to hold a permission and to lack it.
 * The platform owner also gets a role with the retired permissions, which an owner lacks.
 */
export async function createRoleGraphs(harness: Harness, seed: string, platformOwner: TestUser): Promise<RoleGraphs> {
  const random = seededRandom(seed);
  const { server, sync } = harness.services.db;
  const resource = `graph-${uuid().slice(-8)}`;
  const codes = Array.from({ length: 14 }, (_, index) => `${resource}:act-${index}`);
  const inTenant = (tenantId: string, work: (tx: Tx) => Promise<unknown>, client = server) =>
    tenantTx(client, { tenantId, userId: null }, async (tx) => {
      await work(tx);
      await insertAudit(tx, { tenantId, ...BY_TEST, action: 'test.created', category: 'access' });
    });

  await inTenant(PLATFORM_TENANT_ID, (tx) =>
    tx.permission.createMany({
      data: codes.map((code, index) => ({
        code,
        description: code,
        scope: index === 13 ? 'platform' : 'tenant',
        retiredAt: index > 10 && index < 13 ? new Date() : null,
      })),
    }),
  );
  await inTenant(PLATFORM_TENANT_ID, (tx) => grantAllCodes(tx, codes, platformOwner));
  const users: TestUser[] = [];
  for (let index = 0; index < USERS; index++) users.push(await aUser(harness, { name: `Graph ${index}` }));
  const owner = await aUser(harness, { name: 'Graph owner' });
  const tenantIds: string[] = [];
  for (let index = 0; index < TENANTS; index++) tenantIds.push((await aTenant(harness, { owner })).id);

  for (const tenantId of [...tenantIds, PLATFORM_TENANT_ID]) {
    await inTenant(tenantId, async (tx) => {
      const roleIds = await createRoles(tx, tenantId, codes, random);
      const memberUsers =
        tenantId === PLATFORM_TENANT_ID ? users.slice(0, STAFF) : users.filter(() => random.chance(0.85));
      await createMembers(tx, tenantId, memberUsers, roleIds, random);
    });
  }
  for (const [index, status] of (['suspended', 'archived', 'trialing'] as const).entries()) {
    const id = tenantIds[index] ?? '';
    await inTenant(id, (tx) => tx.tenant.update({ where: { id }, data: { status } }));
  }
  const states = [{ banned: true }, { banned: true }, { banned: true }, { deletedAt: new Date() }];
  const change = async (tx: Tx) => {
    for (const [index, data] of states.entries()) {
      await tx.user.update({ where: { id: users[STAFF - 2 + index]?.id ?? '' }, data });
    }
  };
  await inTenant(PLATFORM_TENANT_ID, change, sync);
  return { random, users: [...users, owner], tenantIds, codes };
}

const AMOUNTS = [10, 50, 90];
const COLOURS = ['red', 'blue', 'green'];

/** Terms about the user, the tenant or the resource, some of which are never met. */
const randomTerms = (random: Random): Term[] => {
  const term = (): Term =>
    random.pick<Term>([
      { attribute: 'resource.ownerId', operator: 'equals', value: { attribute: 'user.id' } },
      { attribute: 'resource.ownerId', operator: 'notEquals', value: { attribute: 'user.id' } },
      { attribute: 'resource.amount', operator: random.pick(['lessThan', 'atLeast']), value: random.pick(AMOUNTS) },
      { attribute: 'resource.colour', operator: random.pick(['in', 'notIn']), value: ['red', random.pick(COLOURS)] },
      { attribute: 'resource.tags', operator: 'contains', value: random.pick(COLOURS) },
      { attribute: 'resource.deep.level', operator: 'equals', value: true },
      { attribute: 'user.email', operator: 'contains', value: random.pick(['@example.test', '@other.test']) },
      { attribute: 'user.emailVerified', operator: 'equals', value: random.chance(0.5) },
      { attribute: 'tenant.slug', operator: random.pick(['greaterThan', 'atMost']), value: 't-8' },
    ]);
  return random.chance(0.7) ? [term()] : [term(), term()];
};

/** Returns a random resource, sometimes an empty one. */
export const randomResource = (random: Random, users: readonly { id: string }[]): Record<string, unknown> => ({
  ...(random.chance(0.8) ? { ownerId: random.pick(users).id } : {}),
  ...(random.chance(0.7) ? { amount: random.pick([0, 10, 49.5, 90, '50']) } : {}),
  ...(random.chance(0.7) ? { colour: random.pick([...COLOURS, null, 7]) } : {}),
  ...(random.chance(0.7) ? { tags: random.shuffled(COLOURS).slice(0, random.integer(0, 3)) } : {}),
  ...(random.chance(0.5) ? { deep: { level: random.chance(0.5) } } : {}),
});

/** Creates roles up to the maximum depth, the first nine in one chain. Returns them with the tenant's system roles. */
async function createRoles(tx: Tx, tenantId: string, codes: string[], random: Random): Promise<string[]> {
  const system = await tx.role.findMany({ where: { tenantId, isSystem: true, deletedAt: null } });
  const depths = new Map(system.map(({ id }) => [id, 0]));
  const roles = Array.from({ length: CUSTOM_ROLES }, (_, index) => ({ id: uuid(), index }));
  for (const [index, { id }] of roles.entries()) {
    const inChain = index > 0 && index <= MAX_DEPTH ? roles[index - 1]?.id : undefined;
    const possible = [...depths].flatMap(([other, depth]) => (depth < MAX_DEPTH ? [other] : []));
    const parentRoleId = inChain ?? (index > 0 && random.chance(0.6) ? random.pick(possible) : null);
    const isOwner = index === CUSTOM_ROLES - 1 && tenantId !== PLATFORM_TENANT_ID && random.chance(0.5);
    depths.set(id, parentRoleId ? (depths.get(parentRoleId) ?? 0) + 1 : 0);
    await tx.role.create({
      data: { tenantId, id, key: `graph-${id.slice(-12)}`, name: `Graph ${index}`, parentRoleId, isOwner },
    });
  }
  await tx.rolePermission.createMany({
    data: roles.flatMap(({ id }) =>
      codes
        .filter(() => random.chance(0.4))
        .map((permissionCode) => ({
          ...{ tenantId, roleId: id, permissionCode },
          ...(random.chance(0.5) ? { conditions: randomTerms(random) } : {}),
        })),
    ),
  });
  await refreshEffective(tx, tenantId);
  return [...(tenantId === PLATFORM_TENANT_ID ? [] : system.map(({ id }) => id)), ...roles.map(({ id }) => id)];
}

async function createMembers(
  tx: Tx,
  tenantId: string,
  memberUsers: TestUser[],
  roleIds: string[],
  random: Random,
): Promise<void> {
  const members = memberUsers.map((user) => ({
    id: uuid(),
    user,
    status: random.pick(['active', 'active', 'active', 'active', 'suspended', 'left'] as const),
  }));
  await tx.membership.createMany({
    data: members.map(({ id, user, status }) => ({
      ...{ tenantId, id, userId: user.id, status, source: 'platform' },
      ...{ sortName: sortNameOf(user.name), searchText: searchTextOf(user.name, user.email) },
    })),
  });
  const at = (days: number) => new Date(Date.now() + days * DAY_MS);
  await tx.membershipRole.createMany({
    data: members.flatMap(({ id, user, status }) =>
      random
        .shuffled(roleIds)
        .slice(0, random.integer(0, 4))
        .map((roleId) => ({
          ...{ tenantId, id: uuid(), membershipId: id, userId: user.id, roleId },
          ...random.pick([
            { validFrom: at(-2) },
            { validFrom: at(-2) },
            { validFrom: at(-2), validUntil: at(2) },
            { validFrom: at(-3), validUntil: at(-1) },
            { validFrom: at(1) },
            { validFrom: at(-3), endedAt: at(-1) },
          ]),
          ...(status === 'left' ? { endedAt: at(-1) } : {}),
        })),
    ),
  });
}

async function grantAllCodes(tx: Tx, codes: string[], platformOwner: TestUser): Promise<void> {
  const tenantId = PLATFORM_TENANT_ID;
  const roleId = uuid();
  const member = await tx.membership.findFirstOrThrow({ where: { tenantId, userId: platformOwner.id } });
  await tx.role.create({ data: { tenantId, id: roleId, key: `graph-${roleId.slice(-12)}`, name: 'Graph owner' } });
  await tx.rolePermission.createMany({ data: codes.map((permissionCode) => ({ tenantId, roleId, permissionCode })) });
  await tx.membershipRole.create({
    data: { tenantId, id: uuid(), membershipId: member.id, userId: platformOwner.id, roleId },
  });
  await refreshEffective(tx, tenantId);
}
