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
  const rows = await tx.$queryRaw<{ roles: string; members: string | null; codes: string | null }[]>`
    WITH holder AS MATERIALIZED (
      SELECT membership.id, membership.user_id, array_agg(held.role_id ORDER BY held.role_id) AS roles
      FROM membership
      JOIN tenant ON tenant.id = membership.tenant_id AND tenant.status IN ('trialing', 'active')
      JOIN membership_role held ON held.tenant_id = membership.tenant_id AND held.membership_id = membership.id
        AND held.ended_at IS NULL AND held.valid_from <= clock_timestamp()
        AND (held.valid_until IS NULL OR held.valid_until > transaction_timestamp())
      WHERE membership.tenant_id = ${tenantId}::uuid AND membership.status = 'active'
      GROUP BY membership.id, membership.user_id
    )
    SELECT array_to_string(roles, ',') AS roles, string_agg(holder.id::text, ',') AS members, NULL AS codes
    FROM holder JOIN "user" person ON person.id = holder.user_id AND person.deleted_at IS NULL AND NOT person.banned
    GROUP BY roles
    UNION ALL
    SELECT role.id::text, NULL, array_to_string(role.effective_permissions || CASE WHEN role.is_owner THEN ARRAY(
      SELECT permission.code FROM permission
      WHERE permission.retired_at IS NULL AND (permission.scope = 'tenant' OR tenant.kind = 'platform')
    ) ELSE '{}' END, ',')
    FROM role JOIN tenant ON tenant.id = role.tenant_id
    WHERE role.tenant_id = ${tenantId}::uuid AND role.deleted_at IS NULL`;
  const given = new Map(rows.flatMap(({ roles, codes }) => (codes ? [[roles, codes.split(',')] as const] : [])));
  return new Map(
    rows.flatMap(({ roles, members }) => {
      const codes = [...new Set(roles.split(',').flatMap((role) => given.get(role) ?? NOTHING))].sort();
      return (members?.split(',') ?? []).map((member) => [member, codes] as const);
    }),
  );
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
