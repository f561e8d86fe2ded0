import { readAccess } from '../../access/actor.ts';
import type { Conditions, Grant } from '../../access/conditions.ts';
import { SYSTEM_PERMISSIONS } from '../../access/permissions.ts';
import { seededRandom } from '../../core/random.ts';
import { tenantRead } from '../../db/tenant-tx.ts';
import { aMember, aTenant, aUser, type TestTenant, type TestUser } from '../fixtures/builders.ts';
import type { Harness } from '../fixtures/harness.ts';

export const TENANT_CODES = Object.entries(SYSTEM_PERMISSIONS).flatMap(([code, { scope }]) =>
  scope === 'tenant' ? [code] : [],
);

/** Chance that can be repeated: a failing test names its seed. */
export function chance(seed: string) {
  const { integer, pick, chance: happens } = seededRandom(seed);
  const below = (limit: number) => integer(0, limit - 1);
  const some = <T>(from: readonly T[], most: number): T[] => [
    ...new Set(Array.from({ length: below(most + 1) }, () => pick(from))),
  ];
  return { below, pick, some, happens };
}
export type Chance = ReturnType<typeof chance>;

export interface Fighter extends TestUser {
  memberId: string;
}

export interface Arena {
  tenant: TestTenant;
  owner: Fighter;
  /** Members who are not the owner. */
  others: Fighter[];
  /** What somebody may do now, by the guard's own reading. */
  heldBy(user: TestUser): Promise<ReadonlySet<string>>;
  roles(): Promise<ArenaRole[]>;
  owners(): Promise<number>;
}

type Terms = Conditions | null;

export interface ArenaRole {
  id: string;
  isSystem: boolean;
  parentRoleId: string | null;
  effectivePermissions: string[];
  conditionalPermissions: Grant[];
  own: Grant[];
  isOwner: boolean;
  version: number;
}

export async function anArena(harness: Harness, people: readonly TestUser[]): Promise<Arena> {
  const [first, ...rest] = people;
  if (!first) throw new Error('an arena needs an owner');
  const tenant = await aTenant(harness);
  const owner = { ...first, memberId: await aMember(harness, tenant, first, 'owner') };
  const others: Fighter[] = [];
  for (const user of rest) others.push({ ...user, memberId: await aMember(harness, tenant, user, 'member') });
  const scope = { tenantId: tenant.id, userId: null };
  return {
    tenant,
    owner,
    others,
    heldBy: async (user) => {
      const access = await tenantRead(harness.services.db.server, { ...scope, userId: user.id }, readAccess);
      return access.permissions;
    },
    roles: async () =>
      (
        await tenantRead(harness.services.db.server, scope, (client) =>
          client.role.findMany({
            where: { tenantId: tenant.id, deletedAt: null },
            include: { permissions: { select: { permissionCode: true, conditions: true } } },
          }),
        )
      ).map(({ permissions, conditionalPermissions, ...role }) => ({
        ...role,
        conditionalPermissions: conditionalPermissions as unknown as Grant[],
        own: permissions.map(({ permissionCode: code, conditions }) => ({ code, conditions: conditions as Terms })),
      })),
    owners: async () => {
      const [row] = await tenantRead(
        harness.services.db.server,
        scope,
        (client) => client.$queryRaw<{ count: number }[]>`
          SELECT count(*)::int AS count FROM membership_role held
          JOIN role ON role.tenant_id = held.tenant_id AND role.id = held.role_id AND role.is_owner
          JOIN membership ON membership.tenant_id = held.tenant_id AND membership.id = held.membership_id
          WHERE held.tenant_id = ${tenant.id}::uuid AND held.ended_at IS NULL AND held.valid_until IS NULL AND membership.status = 'active'`,
      );
      return row?.count ?? 0;
    },
  };
}

/** One after the other: hashing many passwords at once keeps a busy machine from answering anything else in time. */
export async function somePeople(harness: Harness, count: number): Promise<TestUser[]> {
  const people: TestUser[] = [];
  while (people.length < count) people.push(await aUser(harness));
  return people;
}

/** What is wrong with a role graph, computed apart from the program: cycles, and what roles give that differs. */
export function faultsOf(roles: readonly ArenaRole[]): string[] {
  const byId = new Map(roles.map((role) => [role.id, role]));
  return roles.flatMap((role) => {
    const seen = new Set<string>();
    const given: Grant[] = [];
    for (let at: ArenaRole | undefined = role; at; at = at.parentRoleId ? byId.get(at.parentRoleId) : undefined) {
      if (seen.has(at.id)) return [`cycle at ${at.id}`];
      if (at.parentRoleId && !byId.has(at.parentRoleId)) return [`${at.id} is below a deleted role`];
      seen.add(at.id);
      given.push(...at.own);
    }
    const always = new Set(given.flatMap(({ code, conditions }) => (conditions ? [] : [code])));
    const sometimes = given.filter(({ code }) => !always.has(code)).map(sayingItOnce);
    const isRight =
      texts([...always]) === texts(role.effectivePermissions) &&
      texts(sometimes) === texts(role.conditionalPermissions.map(sayingItOnce));
    const has = [role.effectivePermissions, role.conditionalPermissions];
    return isRight ? [] : [`${role.id} gives ${JSON.stringify(has)} instead of ${JSON.stringify(given)}`];
  });
}

/** Whoever says a term twice, or in another order, says no more. */
const sayingItOnce = ({ code, conditions }: Grant) => ({
  code,
  terms: [...new Set((conditions ?? []).map((term) => JSON.stringify(term, inOrder)))].sort(),
});

const inOrder = (_: string, value: unknown) =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
    : value;
const texts = (list: readonly unknown[]) => [...new Set(list.map((one) => JSON.stringify(one, inOrder)))].sort().join();
