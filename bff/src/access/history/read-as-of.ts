import { type AccessSnapshot, type GrantingAssignment, type Question, unknownPermission } from '../explain/snapshot.ts';
import { readAbout } from './about.ts';
import {
  conditionsOf,
  grantingAssignments,
  type Reader,
  type RoleAt,
  readAccessAt,
  readAssignmentsAt,
  readRolesAt,
} from './as-of.ts';

/** Reads what the guard would have decided for the user at that instant, and why. */
export async function readAsOf(
  client: Reader,
  { tenantId, userId, permission, resource }: Question,
  asOf: string,
): Promise<AccessSnapshot> {
  const [access, roles, assignments, about, catalogued] = await Promise.all([
    readAccessAt(client, userId, tenantId, asOf, resource),
    readRolesAt(client, asOf),
    readAssignmentsAt(client, tenantId, userId, asOf, resource),
    readAbout(client, tenantId, userId),
    readPermissionAt(client, permission, asOf),
  ]);
  const granting = [...roles.values()].filter((role) => conditionsOf(role, permission) !== undefined);
  return {
    permission: catalogued,
    user: about.user,
    tenant: about.tenant,
    standing: { ...access, userState: about.isKnown ? access.userState : null },
    allowed: {
      viaTenant: access.permissions.has(permission),
      viaPlatform: access.platformPermissions.has(permission),
    },
    assignments: [
      ...grantingAssignments(permission, assignments, roles),
      ...(await readOtherAssignments(client, { tenantId, userId, asOf }, granting)),
    ],
  };
}

async function readPermissionAt(client: Reader, code: string, asOf: string): Promise<AccessSnapshot['permission']> {
  const [found] = await client.$queryRaw<AccessSnapshot['permission'][]>`
    SELECT code, description, scope::text, is_system AS "isSystem", CASE
      WHEN code IN (SELECT code FROM permissions_as_of(${asOf}::timestamptz)) THEN 'active'
      WHEN created_at <= ${asOf}::timestamptz THEN 'retired' ELSE 'unknown' END AS state
    FROM permission WHERE code = ${code}`;
  return found ?? unknownPermission(code);
}

/** Returns the user's assignments of these roles that had ended or not started. */
async function readOtherAssignments(
  client: Reader,
  { tenantId, userId, asOf }: { tenantId: string; userId: string; asOf: string },
  roles: readonly RoleAt[],
): Promise<GrantingAssignment[]> {
  const rows = await client.$queryRaw<{ roleId: string; state: 'upcoming' | 'ended'; at: string }[]>`
    SELECT assignment.role_id::text AS "roleId", CASE WHEN span.is_over THEN 'ended' ELSE 'upcoming' END AS state,
      to_json(CASE WHEN span.is_over THEN span.ended_at ELSE span.valid_from END) #>> '{}' AS at
    FROM membership
    JOIN membership_role assignment ON assignment.tenant_id = membership.tenant_id AND assignment.membership_id = membership.id
    CROSS JOIN LATERAL (
      SELECT (state -> 'ended')::boolean AS is_ended, at AS changed_at,
        (state ->> 'validFrom')::timestamp AT TIME ZONE 'UTC' AS valid_from,
        (state ->> 'validUntil')::timestamp AT TIME ZONE 'UTC' AS valid_until
      FROM access_history
      WHERE tenant_id = assignment.tenant_id AND kind = 'assignment' AND entity_id = assignment.id::text AND at <= ${asOf}::timestamptz
      ORDER BY at DESC LIMIT 1) last
    CROSS JOIN LATERAL (
      SELECT last.valid_from, coalesce(last.is_ended OR last.valid_until <= ${asOf}::timestamptz, false) AS is_over,
        least(last.valid_until, CASE WHEN last.is_ended THEN last.changed_at END) AS ended_at) span
    WHERE membership.tenant_id = ${tenantId}::uuid AND membership.user_id = ${userId}
      AND assignment.role_id = ANY (${roles.map(({ id }) => id)}::uuid[])
      AND (span.is_over OR span.valid_from > ${asOf}::timestamptz)`;
  return rows.flatMap(({ roleId, state, at }) => {
    const role = roles.find(({ id }) => id === roleId);
    if (!role) return [];
    const { id, key, name, isOwner, version } = role;
    return [
      {
        via: 'tenant' as const,
        membershipId: null,
        role: { id, key, name, isOwner, version },
        state,
        path: null,
        conditionsMet: false,
        validFrom: state === 'upcoming' ? at : null,
        validUntil: null,
        endedAt: state === 'ended' ? at : null,
        grantedAt: null,
        grantedBy: null,
      },
    ];
  });
}
