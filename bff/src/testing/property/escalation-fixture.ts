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

/** Repeatable random choices: a failing test prints its seed. */
export function randomSource(seed: string) {
  const { integer, pick, chance: happens } = seededRandom(seed);
  const below = (limit: number) => integer(0, limit - 1);
  const some = <T>(from: readonly T[], most: number): T[] => [
    ...new Set(Array.from({ length: below(most + 1) }, () => pick(from))),
  ];
  return { below, pick, some, happens };
}
export type RandomSource = ReturnType<typeof randomSource>;

export interface FixtureMember extends TestUser {
  memberId: string;
}

export interface EscalationFixture {
  tenant: TestTenant;
  owner: FixtureMember;
  /** Members other than the owner. */
  others: FixtureMember[];
  /** Returns what a user can do now, as the guard reads it. */
  heldBy(user: TestUser): Promise<ReadonlySet<string>>;
  roles(): Promise<FixtureRole[]>;
  owners(): Promise<number>;
}

type Terms = Conditions | null;

export interface FixtureRole {
  id: string;
  isSystem: boolean;
  parentRoleId: string | null;
  effectivePermissions: string[];
  conditionalPermissions: Grant[];
  own: Grant[];
  isOwner: boolean;
  version: number;
}

export async function createEscalationFixture(
  harness: Harness,
  users: readonly TestUser[],
): Promise<EscalationFixture> {
  const [first, ...rest] = users;
  if (!first) throw new Error('an escalation fixture needs an owner');
  const tenant = await aTenant(harness);
  const owner = { ...first, memberId: await aMember(harness, tenant, first, 'owner') };
  const others: FixtureMember[] = [];
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

/** Creates users one by one: hashing many passwords concurrently starves everything else on a busy machine. */
export async function createUsers(harness: Harness, count: number): Promise<TestUser[]> {
  const users: TestUser[] = [];
  while (users.length < count) users.push(await aUser(harness));
  return users;
}

/** Returns cycles and wrong effective permissions of a role graph, computed independently of the product. */
export function graphViolations(roles: readonly FixtureRole[]): string[] {
  const byId = new Map(roles.map((role) => [role.id, role]));
  return roles.flatMap((role) => {
    const seen = new Set<string>();
    const inherited: Grant[] = [];
    for (let at: FixtureRole | undefined = role; at; at = at.parentRoleId ? byId.get(at.parentRoleId) : undefined) {
      if (seen.has(at.id)) return [`cycle at ${at.id}`];
      if (at.parentRoleId && !byId.has(at.parentRoleId)) return [`${at.id} is below a deleted role`];
      seen.add(at.id);
      inherited.push(...at.own);
    }
    const unconditional = new Set(inherited.flatMap(({ code, conditions }) => (conditions ? [] : [code])));
    const conditional = inherited.filter(({ code }) => !unconditional.has(code)).map(normalized);
    const isRight =
      texts([...unconditional]) === texts(role.effectivePermissions) &&
      texts(conditional) === texts(role.conditionalPermissions.map(normalized));
    const has = [role.effectivePermissions, role.conditionalPermissions];
    return isRight ? [] : [`${role.id} grants ${JSON.stringify(has)} instead of ${JSON.stringify(inherited)}`];
  });
}

/** Removes duplicate terms and sorts them. */
const normalized = ({ code, conditions }: Grant) => ({
  code,
  terms: [...new Set((conditions ?? []).map((term) => JSON.stringify(term, inOrder)))].sort(),
});

const inOrder = (_: string, value: unknown) =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
    : value;
const texts = (list: readonly unknown[]) => [...new Set(list.map((one) => JSON.stringify(one, inOrder)))].sort().join();
