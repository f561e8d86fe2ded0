import type { Effect } from '../core/schema.ts';
import type { Tx } from '../db/tenant-tx.ts';

const PEOPLE_SHOWN = 50;
const NOTHING: readonly string[] = [];

/**
 * Who holds what in a tenant: membership id -> what is held, as `code`, or as `code {conditions}` where it is held only so. Members
 * who hold the same roles share one array.
 */
type Held = ReadonlyMap<string, readonly string[]>;

interface HeldRow {
  roles: string;
  members: string | null;
  always: string[] | null;
  sometimes: [code: string, conditions: string][] | null;
}

/**
 * What everybody in the tenant may do at this moment, as the guard would decide it, whatever resource it is about. Ends are
 * judged by the beginning of the transaction, so that no role runs out between two looks within it.
 */
export async function readEffectivePermissions(tx: Tx, tenantId: string): Promise<Held> {
  const rows = await tx.$queryRaw<HeldRow[]>`
    WITH holder AS MATERIALIZED (
      SELECT membership.id, membership.user_id, array_agg(held.role_id ORDER BY held.role_id) AS roles
      FROM membership
      JOIN tenant ON tenant.id = membership.tenant_id AND tenant.status IN ('trialing', 'active')
      JOIN membership_role held ON held.tenant_id = membership.tenant_id AND held.membership_id = membership.id
        AND held.ended_at IS NULL AND held.valid_from <= clock_timestamp()
        AND (held.valid_until IS NULL OR held.valid_until > transaction_timestamp())
      WHERE membership.tenant_id = ${tenantId}::uuid AND membership.status = 'active'
      GROUP BY membership.id, membership.user_id
    ), living AS MATERIALIZED (SELECT code, scope FROM permission WHERE retired_at IS NULL)
    SELECT array_to_string(roles, ',') AS roles, string_agg(holder.id::text, ',') AS members,
      NULL::jsonb AS always, NULL::jsonb AS sometimes
    FROM holder JOIN "user" person ON person.id = holder.user_id AND person.deleted_at IS NULL AND NOT person.banned
    GROUP BY roles
    UNION ALL
    SELECT role.id::text, NULL,
      coalesce((SELECT jsonb_agg(code) FROM living WHERE code = ANY (role.effective_permissions)
        OR (role.is_owner AND (living.scope = 'tenant' OR tenant.kind = 'platform'))), '[]'),
      coalesce((SELECT jsonb_agg(jsonb_build_array(living.code, (entry -> 'conditions')::text))
        FROM jsonb_array_elements(role.conditional_permissions) AS entry JOIN living ON living.code = entry ->> 'code'), '[]')
    FROM role JOIN tenant ON tenant.id = role.tenant_id
    WHERE role.tenant_id = ${tenantId}::uuid AND role.deleted_at IS NULL`;
  const given = new Map(rows.flatMap((row) => (row.members === null ? [[row.roles, row] as const] : [])));
  return new Map(
    rows.flatMap(({ roles, members }) => {
      if (members === null) return [];
      const parts = roles.split(',').flatMap((role) => given.get(role) ?? []);
      const always = new Set(parts.flatMap((part) => part.always ?? []));
      const only = parts.flatMap((part) => part.sometimes ?? []).filter(([code]) => !always.has(code));
      const all = [...always, ...new Set(only.map(([code, conditions]) => `${code} ${conditions}`))].sort();
      return members.split(',').map((member) => [member, all] as const);
    }),
  );
}

/**
 * The difference between then and now. A permission held under conditions counts apart from the same one held always, and under
 * other conditions: who gets new conditions loses the old and gains the new. Names are told only to who may know them.
 */
export async function effectSince(tx: Tx, tenantId: string, before: Held, mayReadPeople: boolean): Promise<Effect> {
  const after = await readEffectivePermissions(tx, tenantId);
  const moved = new Map<string, { gains: string[]; loses: string[] }>();
  for (const memberId of new Set([...before.keys(), ...after.keys()])) {
    const had = before.get(memberId) ?? NOTHING;
    const has = after.get(memberId) ?? NOTHING;
    const [gains, loses] = [without(has, had), without(had, has)];
    if (gains.length + loses.length > 0) moved.set(memberId, { gains, loses });
  }
  return {
    affected: moved.size,
    gains: counted([...moved.values()].flatMap(({ gains }) => kindsOf(gains))),
    loses: counted([...moved.values()].flatMap(({ loses }) => kindsOf(loses))),
    people: mayReadPeople
      ? (await firstByName(tx, tenantId, [...moved.keys()])).map(({ memberId, userId, name }) => ({
          memberId,
          user: { id: userId, name },
          gains: codesOf(moved.get(memberId)?.gains ?? NOTHING),
          loses: codesOf(moved.get(memberId)?.loses ?? NOTHING),
        }))
      : [],
  };
}

function without(all: readonly string[], some: readonly string[]): string[] {
  const excluded = new Set(some);
  return all.filter((code) => !excluded.has(code));
}

const codeOf = (held: string) => held.split(' ', 1)[0] ?? '';
const codesOf = (held: readonly string[]) => [...new Set(held.map(codeOf))];

/** One of each kind: whatever the conditions are, what is held under some is one. */
const kindsOf = (held: readonly string[]) => [
  ...new Set(held.map((each) => (each.includes(' ') ? `${codeOf(each)} ` : each))),
];

/** How often each occurs; conditional ones, which end in a space, apart. */
function counted(kinds: readonly string[]): Effect['gains'] {
  const counts = new Map<string, number>();
  for (const kind of kinds) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return [...counts]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([kind, count]) => ({ code: codeOf(kind), count, ...(kind.endsWith(' ') ? { conditional: true } : {}) }));
}

const firstByName = (tx: Tx, tenantId: string, memberIds: string[]) =>
  tx.$queryRaw<{ memberId: string; userId: string; name: string }[]>`
    SELECT membership.id::text AS "memberId", person.id AS "userId", person.name
    FROM membership JOIN "user" person ON person.id = membership.user_id
    WHERE membership.tenant_id = ${tenantId}::uuid AND membership.id = ANY (${memberIds}::uuid[])
    ORDER BY membership.sort_name, membership.id LIMIT ${PEOPLE_SHOWN}`;
