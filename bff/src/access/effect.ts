import type { Effect } from '../core/schema.ts';
import type { Tx } from '../db/tenant-tx.ts';
import { countByCode, differenceBetween, type PermissionsByMember } from './difference.ts';
import { readRolePermissions } from './role-permissions.ts';
import { readSchedule, type Schedule, stepsBetween } from './schedule.ts';

const MEMBERS_SHOWN = 50;
const DATES_SHOWN = 50;

/** What all members of a tenant may do, now and when their roles start or end. */
export interface AccessSnapshot {
  now: PermissionsByMember;
  schedule: Schedule;
}

interface MemberRow {
  roles: string;
  members: string;
}

/**
 * Reads what all members of the tenant may do now, as the guard would decide it, whatever resource it is about: as `code`, or as
 * `code {conditions}` where it is held only under conditions. Roles end by the time at which the transaction began, so that none
 * runs out between two reads within it.
 */
export async function readAccessSnapshot(tx: Tx, tenantId: string): Promise<AccessSnapshot> {
  const rows = await tx.$queryRaw<MemberRow[]>`
    SELECT array_to_string(roles, ',') AS roles, string_agg(id::text, ',') AS members
    FROM (
      SELECT member.id, array_agg(assignment.role_id) AS roles
      FROM acting_members() member
      JOIN membership_role assignment ON assignment.tenant_id = ${tenantId}::uuid AND assignment.membership_id = member.id
        AND assignment.ended_at IS NULL AND assignment.valid_from <= clock_timestamp()
        AND (assignment.valid_until IS NULL OR assignment.valid_until > transaction_timestamp())
      GROUP BY member.id
    ) holder
    GROUP BY roles`;
  const permissionsOf = await readRolePermissions(tx, tenantId);
  const now = new Map(
    rows.flatMap(({ roles, members }) => {
      const held = permissionsOf(roles.split(','));
      return members.split(',').map((member) => [member, held] as const);
    }),
  );
  return { now, schedule: await readSchedule(tx, tenantId, permissionsOf) };
}

/**
 * Returns the difference between then and now. A permission under conditions counts apart from the same one without, or under
 * others. Members are named only to those who may know them.
 */
export async function effectSince(
  tx: Tx,
  tenantId: string,
  before: AccessSnapshot,
  mayReadMembers: boolean,
): Promise<Effect> {
  const after = await readAccessSnapshot(tx, tenantId);
  const deltas = differenceBetween(before.now, after.now);
  const steps = stepsBetween(before, after);
  const affected = new Set([...deltas.keys(), ...steps.map(({ memberId }) => memberId)]);
  const all = [...deltas.values()];
  const named = mayReadMembers ? await firstByName(tx, tenantId, [...affected]) : [];
  return {
    affected: affected.size,
    gains: counted(all.map(({ gains }) => gains)),
    loses: counted(all.map(({ loses }) => loses)),
    members: named.map(({ memberId, userId, name }) => ({
      memberId,
      user: { id: userId, name },
      gains: codesOf(deltas.get(memberId)?.gains ?? []),
      loses: codesOf(deltas.get(memberId)?.loses ?? []),
    })),
    later: [...Map.groupBy(steps, ({ at }) => at)]
      .sort(([one], [other]) => one - other)
      .slice(0, DATES_SHOWN)
      .map(([at, together]) => ({
        at: new Date(at).toISOString(),
        gains: counted(together.map(({ gains }) => gains)),
        loses: counted(together.map(({ loses }) => loses)),
        keeps: counted(together.map(({ keeps }) => keeps)),
        forgoes: counted(together.map(({ forgoes }) => forgoes)),
      })),
  };
}

const codeOf = (held: string) => held.split(' ', 1)[0] ?? '';
const codesOf = (held: readonly string[]) => [...new Set(held.map(codeOf))];

/** Each kind once: `code`, or `code ` for all that is held under some conditions. */
const kindsOf = (held: readonly string[]) => [
  ...new Set(held.map((each) => (each.includes(' ') ? `${codeOf(each)} ` : each))),
];

/** Counts the members per kind; one list per member, which many share. */
const counted = (held: readonly (readonly string[])[]): Effect['gains'] =>
  countByCode([...Map.groupBy(held, (each) => each)].map(([each, { length }]) => [kindsOf(each), length] as const)).map(
    ({ code, count }) => ({
      code: codeOf(code),
      count,
      ...(code.endsWith(' ') ? { conditional: true } : {}),
    }),
  );

const firstByName = (tx: Tx, tenantId: string, memberIds: string[]) =>
  tx.$queryRaw<{ memberId: string; userId: string; name: string }[]>`
    SELECT membership.id::text AS "memberId", person.id AS "userId", person.name
    FROM membership JOIN "user" person ON person.id = membership.user_id
    WHERE membership.tenant_id = ${tenantId}::uuid AND membership.id = ANY (${memberIds}::uuid[])
    ORDER BY membership.sort_name, membership.id LIMIT ${MEMBERS_SHOWN}`;
