import type { Tx } from '../db/tenant-tx.ts';
import type { Effect } from '../schema.ts';

const PEOPLE_SHOWN = 50;
const NOTHING: readonly string[] = [];

/** Who holds what in a tenant: membership id -> codes. Members who hold the same roles share one array. */
type Held = ReadonlyMap<string, readonly string[]>;

/**
 * What everybody in the tenant may do at this moment, as the guard would decide it. Ends are judged by the beginning of
 * the transaction, so that no role runs out between two looks within it.
 */
export async function readHeld(tx: Tx, tenantId: string): Promise<Held> {
  const groups = await tx.$queryRaw<{ members: string[]; codes: string[] }[]>`
    WITH holder AS (
      SELECT membership.id, array_agg(held.role_id ORDER BY held.role_id) AS roles
      FROM membership
      JOIN tenant ON tenant.id = membership.tenant_id AND tenant.status IN ('trialing', 'active')
      JOIN "user" person ON person.id = membership.user_id AND person.deleted_at IS NULL AND NOT person.banned
      JOIN membership_role held ON held.tenant_id = membership.tenant_id AND held.membership_id = membership.id
        AND held.ended_at IS NULL AND held.valid_from <= clock_timestamp()
        AND (held.valid_until IS NULL OR held.valid_until > transaction_timestamp())
      WHERE membership.tenant_id = ${tenantId}::uuid AND membership.status = 'active'
      GROUP BY membership.id
    ), alike AS (
      SELECT roles, array_agg(id::text) AS members FROM holder GROUP BY roles
    )
    SELECT members, ARRAY(
      SELECT unnest(role.effective_permissions) FROM role
      WHERE role.tenant_id = ${tenantId}::uuid AND role.id = ANY (alike.roles) AND role.deleted_at IS NULL
      UNION
      SELECT permission.code FROM permission
      JOIN role ON role.tenant_id = ${tenantId}::uuid AND role.id = ANY (alike.roles) AND role.deleted_at IS NULL AND role.is_owner
      JOIN tenant ON tenant.id = role.tenant_id
      WHERE permission.retired_at IS NULL AND (permission.scope = 'tenant' OR tenant.kind = 'platform')
    ) AS codes FROM alike`;
  return new Map(groups.flatMap(({ members, codes }) => members.map((member) => [member, codes.sort()] as const)));
}

/** The difference between then and now. Names are told only to who may know them. */
export async function effectSince(tx: Tx, tenantId: string, before: Held, mayReadPeople: boolean): Promise<Effect> {
  const after = await readHeld(tx, tenantId);
  const moved = new Map<string, { gains: string[]; loses: string[] }>();
  for (const memberId of new Set([...before.keys(), ...after.keys()])) {
    const had = before.get(memberId) ?? NOTHING;
    const has = after.get(memberId) ?? NOTHING;
    const [gains, loses] = [without(has, had), without(had, has)];
    if (gains.length + loses.length > 0) moved.set(memberId, { gains, loses });
  }
  return {
    affected: moved.size,
    gains: counted([...moved.values()].flatMap(({ gains }) => gains)),
    loses: counted([...moved.values()].flatMap(({ loses }) => loses)),
    people: mayReadPeople
      ? (await firstByName(tx, tenantId, [...moved.keys()])).map(({ memberId, userId, name }) => ({
          memberId,
          user: { id: userId, name },
          ...(moved.get(memberId) ?? { gains: [], loses: [] }),
        }))
      : [],
  };
}

function without(all: readonly string[], some: readonly string[]): string[] {
  const excluded = new Set(some);
  return all.filter((code) => !excluded.has(code));
}

function counted(codes: readonly string[]): { code: string; count: number }[] {
  const counts = new Map<string, number>();
  for (const code of codes) counts.set(code, (counts.get(code) ?? 0) + 1);
  return [...counts].map(([code, count]) => ({ code, count })).sort((a, b) => (a.code < b.code ? -1 : 1));
}

const firstByName = (tx: Tx, tenantId: string, memberIds: string[]) =>
  tx.$queryRaw<{ memberId: string; userId: string; name: string }[]>`
    SELECT membership.id::text AS "memberId", person.id AS "userId", person.name
    FROM membership JOIN "user" person ON person.id = membership.user_id
    WHERE membership.tenant_id = ${tenantId}::uuid AND membership.id = ANY (${memberIds}::uuid[])
    ORDER BY membership.sort_name, membership.id LIMIT ${PEOPLE_SHOWN}`;
