import type { Effect } from '../core/schema.ts';
import type { Tx } from '../db/tenant-tx.ts';
import { countByCode, differenceBetween, type PermissionsByMember } from './difference.ts';

const MEMBERS_SHOWN = 50;

interface EffectiveRow {
  roles: string;
  members: string | null;
  unconditional: string[] | null;
  conditional: [code: string, conditions: string][] | null;
}

/**
 * Reads what all members of the tenant may do now, as the guard would decide it, whatever resource it is about: as `code`, or as
 * `code {conditions}` where it is held only under conditions. Roles end by the time at which the transaction began, so that none
 * runs out between two reads within it.
 */
export async function readEffectivePermissions(tx: Tx, tenantId: string): Promise<PermissionsByMember> {
  const rows = await tx.$queryRaw<EffectiveRow[]>`
    WITH member AS MATERIALIZED (
      SELECT membership.id, membership.user_id, array_agg(assignment.role_id ORDER BY assignment.role_id) AS roles
      FROM membership
      JOIN tenant ON tenant.id = membership.tenant_id AND tenant_is_usable(tenant.status)
      JOIN membership_role assignment ON assignment.tenant_id = membership.tenant_id AND assignment.membership_id = membership.id
        AND assignment.ended_at IS NULL AND assignment.valid_from <= clock_timestamp()
        AND (assignment.valid_until IS NULL OR assignment.valid_until > transaction_timestamp())
      WHERE membership.tenant_id = ${tenantId}::uuid AND membership.status = 'active'
      GROUP BY membership.id, membership.user_id
    ), catalogue AS MATERIALIZED (SELECT code, scope FROM permission WHERE retired_at IS NULL)
    SELECT array_to_string(roles, ',') AS roles, string_agg(member.id::text, ',') AS members,
      NULL::jsonb AS unconditional, NULL::jsonb AS conditional
    FROM member JOIN "user" person ON person.id = member.user_id AND person.deleted_at IS NULL AND NOT person.banned
    GROUP BY roles
    UNION ALL
    SELECT role.id::text, NULL,
      coalesce((SELECT jsonb_agg(code) FROM catalogue WHERE code = ANY (role.effective_permissions)
        OR (role.is_owner AND (catalogue.scope = 'tenant' OR tenant.kind = 'platform'))), '[]'),
      coalesce((SELECT jsonb_agg(jsonb_build_array(catalogue.code, (entry -> 'conditions')::text))
        FROM jsonb_array_elements(role.conditional_permissions) AS entry JOIN catalogue ON catalogue.code = entry ->> 'code'), '[]')
    FROM role JOIN tenant ON tenant.id = role.tenant_id
    WHERE role.tenant_id = ${tenantId}::uuid AND role.deleted_at IS NULL`;
  const grantsOf = new Map(rows.flatMap((row) => (row.members === null ? [[row.roles, row] as const] : [])));
  return new Map(
    rows.flatMap(({ roles, members }) => {
      if (members === null) return [];
      const parts = roles.split(',').flatMap((role) => grantsOf.get(role) ?? []);
      const unconditional = new Set(parts.flatMap((part) => part.unconditional ?? []));
      const conditional = parts.flatMap((part) => part.conditional ?? []).filter(([code]) => !unconditional.has(code));
      const held = new Set([...unconditional, ...conditional.map(([code, conditions]) => `${code} ${conditions}`)]);
      return members.split(',').map((member) => [member, held] as const);
    }),
  );
}

/**
 * Returns the difference between then and now. A permission under conditions counts apart from the same one without, or under
 * others. Members are named only to those who may know them.
 */
export async function effectSince(
  tx: Tx,
  tenantId: string,
  before: PermissionsByMember,
  mayReadMembers: boolean,
): Promise<Effect> {
  const deltas = differenceBetween(before, await readEffectivePermissions(tx, tenantId));
  const all = [...deltas.values()];
  const named = mayReadMembers ? await firstByName(tx, tenantId, [...deltas.keys()]) : [];
  return {
    affected: deltas.size,
    gains: counted(all.flatMap(({ gains }) => kindsOf(gains))),
    loses: counted(all.flatMap(({ loses }) => kindsOf(loses))),
    members: named.map(({ memberId, userId, name }) => ({
      memberId,
      user: { id: userId, name },
      gains: codesOf(deltas.get(memberId)?.gains ?? []),
      loses: codesOf(deltas.get(memberId)?.loses ?? []),
    })),
  };
}

const codeOf = (held: string) => held.split(' ', 1)[0] ?? '';
const codesOf = (held: readonly string[]) => [...new Set(held.map(codeOf))];

/** Each kind once: `code`, or `code ` for all that is held under some conditions. */
const kindsOf = (held: readonly string[]) => [
  ...new Set(held.map((each) => (each.includes(' ') ? `${codeOf(each)} ` : each))),
];

const counted = (kinds: readonly string[]): Effect['gains'] =>
  countByCode(kinds).map(({ code, count }) => ({
    code: codeOf(code),
    count,
    ...(code.endsWith(' ') ? { conditional: true } : {}),
  }));

const firstByName = (tx: Tx, tenantId: string, memberIds: string[]) =>
  tx.$queryRaw<{ memberId: string; userId: string; name: string }[]>`
    SELECT membership.id::text AS "memberId", person.id AS "userId", person.name
    FROM membership JOIN "user" person ON person.id = membership.user_id
    WHERE membership.tenant_id = ${tenantId}::uuid AND membership.id = ANY (${memberIds}::uuid[])
    ORDER BY membership.sort_name, membership.id LIMIT ${MEMBERS_SHOWN}`;
