import type { PrismaClient } from '@rolecall/prisma/client';
import { AppError } from '../../core/errors.ts';
import type { RoleRef } from '../../core/schema.ts';
import { onlyRow } from '../../db/rows.ts';
import type { Tx } from '../../db/tenant-tx.ts';
import type { Grant } from '../conditions.ts';
import type { GrantingAssignment, Standing } from '../explain/snapshot.ts';
import { lineage } from '../lineage.ts';

export type Reader = Pick<PrismaClient | Tx, '$queryRaw'>;

/** A role as it was. */
export interface RoleAt {
  via: 'tenant' | 'platform';
  id: string;
  key: string;
  name: string;
  isOwner: boolean;
  version: number;
  parentRoleId: string | null;
  /** What it granted itself; the two sets below include what it inherited. */
  own: Grant[];
  unconditional: ReadonlySet<string>;
  conditional: Grant[];
}
export type RolesAt = ReadonlyMap<string, RoleAt>;

/** An assignment that was in effect. Of an assignment by the platform only the role is known, and the user only to who may know. */
export interface AssignmentAt extends Pick<GrantingAssignment, 'via' | 'membershipId' | 'validFrom' | 'validUntil'> {
  userId: string | null;
  roleId: string;
  isPrimary: boolean;
  grantedBy: GrantingAssignment['grantedBy'];
  grantedAt: string | null;
  /** Codes that the role granted under conditions, which were met. */
  met: string[];
}

/** What the guard would have read. */
export interface AccessAt extends Standing {
  permissions: ReadonlySet<string>;
  platformPermissions: ReadonlySet<string>;
}

/**
 * Returns the instant a question is about, to the microsecond: the one asked for, or now. Throws validation_failed for the future,
 * and for a time before the tenant. `field` names the parameter in the error.
 */
export async function resolveAsOf(
  client: Reader,
  tenantId: string,
  asked: string | undefined,
  field = 'asOf',
): Promise<string> {
  const rows = await client.$queryRaw<{ asOf: string; isFuture: boolean; isKnown: boolean }[]>`
    SELECT to_char(as_of AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS "asOf", as_of > clock_timestamp() AS "isFuture",
      EXISTS (SELECT 1 FROM access_history WHERE tenant_id = ${tenantId}::uuid AND kind = 'tenant' AND at <= as_of) AS "isKnown"
    FROM (SELECT coalesce(${asked ?? null}::timestamptz, clock_timestamp()) AS as_of) asked`;
  const found = onlyRow(rows);
  if (found.isFuture) throw new AppError('validation_failed', { errors: { [field]: ['in_the_future'] } });
  if (!found.isKnown) throw new AppError('validation_failed', { errors: { [field]: ['before_the_tenant'] } });
  return found.asOf;
}

export async function readAccessAt(
  client: Reader,
  userId: string,
  tenantId: string,
  asOf: string,
  resource: object = {},
): Promise<AccessAt> {
  const [row] = await client.$queryRaw<
    {
      state: AccessAt['userState'];
      tenant: string | null;
      id: string | null;
      status: 'active' | 'suspended';
      own: string[];
      platform: string[];
    }[]
  >`
    SELECT user_state AS state, tenant_status AS tenant, membership_id::text AS id, membership_status AS status,
      permissions AS own, platform_permissions AS platform
    FROM access_as_of(${userId}, ${tenantId}::uuid, ${asOf}::timestamptz, ${JSON.stringify(resource)}::jsonb)`;
  if (!row) throw new Error('access_as_of() was asked about another tenant than the current one');
  return {
    userState: row.state,
    tenantStatus: row.tenant,
    membership: row.id ? { id: row.id, status: row.status } : null,
    permissions: new Set(row.own),
    platformPermissions: new Set(row.platform),
  };
}

type RoleState = Pick<RoleAt, 'key' | 'name' | 'isOwner' | 'version' | 'parentRoleId' | 'own'>;

/** Returns the roles of the current tenant and of the platform, by id. */
export async function readRolesAt(client: Reader, asOf: string): Promise<RolesAt> {
  const rows = await client.$queryRaw<
    { via: RoleAt['via']; id: string; state: RoleState; unconditional: string[]; conditional: Grant[] }[]
  >`
    SELECT via, role_id::text AS id, state, unconditional, conditional
    FROM tenant_roles_as_of(${asOf}::timestamptz)`;
  return new Map(
    rows.map(({ via, id, state, unconditional, conditional }) => [
      id,
      { ...state, via, id, unconditional: new Set(unconditional), conditional },
    ]),
  );
}

/** Returns the assignments that were in effect, of one user or (null) of all. */
export const readAssignmentsAt = (
  client: Reader,
  tenantId: string,
  userId: string | null,
  asOf: string,
  resource: object = {},
): Promise<AssignmentAt[]> =>
  client.$queryRaw<AssignmentAt[]>`
    SELECT assignment.via, assignment.user_id AS "userId", assignment.membership_id::text AS "membershipId",
      assignment.role_id::text AS "roleId",
      to_json(assignment.valid_from) #>> '{}' AS "validFrom", to_json(assignment.valid_until) #>> '{}' AS "validUntil",
      assignment.is_primary AS "isPrimary", to_json(assignment.granted_at) #>> '{}' AS "grantedAt",
      CASE WHEN assignment.granted_by IS NOT NULL THEN
        jsonb_build_object('id', assignment.granted_by, 'name', coalesce(granter.name, assignment.granted_by)) END AS "grantedBy",
      assignment.met
    FROM tenant_assignments_as_of(${userId}, ${asOf}::timestamptz, ${JSON.stringify(resource)}::jsonb) assignment
    LEFT JOIN audit_subject granter
      ON granter.tenant_id = ${tenantId}::uuid AND granter.user_id = assignment.granted_by
    ORDER BY assignment.is_primary DESC, assignment.valid_from`;

/** Returns the assignments in effect whose role granted the permission, whether its conditions were met or not. */
export function grantingAssignments(
  code: string,
  assignments: readonly AssignmentAt[],
  roles: RolesAt,
): GrantingAssignment[] {
  return assignments.flatMap(({ roleId, met, userId: _, isPrimary: __, ...assignment }) => {
    const role = roles.get(roleId);
    const conditions = role && conditionsOf(role, code);
    if (!role || conditions === undefined) return [];
    const { id, key, name, isOwner, version } = role;
    return [
      {
        ...assignment,
        membershipId: assignment.via === 'tenant' ? assignment.membershipId : null,
        role: { id, key, name, isOwner, version },
        state: 'current' as const,
        path: isOwner ? null : { chain: chainTo(code, role, roles), conditions },
        conditionsMet: conditions === null || met.includes(code),
        endedAt: null,
      },
    ];
  });
}

/** Returns what must hold for a role to grant a permission: null for nothing, undefined where it does not grant it at all. */
export function conditionsOf(role: RoleAt, code: string): Grant['conditions'] | undefined {
  if (role.unconditional.has(code)) return null;
  return role.conditional.find((grant) => grant.code === code)?.conditions;
}

/** The roles from the assigned one up to the nearest that grants the permission itself. */
function chainTo(code: string, assigned: RoleAt, roles: RolesAt): RoleRef[] {
  const isUnconditional = assigned.unconditional.has(code);
  const chain: RoleRef[] = [];
  for (const { id, key, name, own } of lineage(assigned, ({ parentRoleId }) => roles.get(parentRoleId ?? ''))) {
    chain.push({ id, key, name });
    if (own.some((grant) => grant.code === code && (!isUnconditional || grant.conditions === null))) return chain;
  }
  return [];
}
