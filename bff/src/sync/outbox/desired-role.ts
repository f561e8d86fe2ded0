import type { Tx } from '../../db/tenant-tx.ts';
import { appRoleName } from '../role-names.ts';

/** A member whose role is pushed to the provider. */
export interface PushTarget {
  tenantId: string;
  objectType: 'user' | 'membership';
  userId: string;
}

/** The role the provider should have, and the one it has as far as we know. */
export interface DesiredRole {
  role: string | null;
  providerRole: string | null;
  /** Nothing needs to be pushed. */
  isCurrent: boolean;
  organizationId: string | null;
  /** When an assignment begins or ends, so that another role is desired. */
  changesAt: Date | null;
}

interface Row {
  isOver: boolean;
  appRole: string | null;
  orgRole: string | null;
  organizationId: string | null;
  held: { key: string; identityRole: string | null; isDefault: boolean }[];
  changesAt: Date | null;
}

/** Returns null when there is nothing to push: the user was deleted, or has no role that has a name at the provider. */
export async function readDesiredRole(
  tx: Tx,
  { tenantId, objectType, userId }: PushTarget,
): Promise<DesiredRole | null> {
  const [row] = await tx.$queryRaw<Row[]>`
    SELECT person.deleted_at IS NOT NULL OR tenant.status = 'archived' AS "isOver", person.identity_role AS "appRole",
      member.identity_role AS "orgRole", tenant.identity_org_id AS "organizationId",
      coalesce(jsonb_agg(jsonb_build_object('key', role.key, 'identityRole', role.identity_role, 'isDefault', role.is_default)
          ORDER BY assignment.is_primary DESC, cardinality(role.effective_permissions) DESC, role.name)
        FILTER (WHERE assignment.valid_from <= clock_timestamp()
          AND (assignment.valid_until IS NULL OR assignment.valid_until > clock_timestamp())),
        '[]') AS held,
      least(min(assignment.valid_from) FILTER (WHERE assignment.valid_from > clock_timestamp()),
        min(assignment.valid_until) FILTER (WHERE assignment.valid_until > clock_timestamp())) AS "changesAt"
    FROM membership member
    JOIN tenant ON tenant.id = member.tenant_id
    JOIN "user" person ON person.id = member.user_id
    LEFT JOIN membership_role assignment ON assignment.tenant_id = member.tenant_id AND assignment.membership_id = member.id
      AND assignment.ended_at IS NULL
    LEFT JOIN role ON role.tenant_id = assignment.tenant_id AND role.id = assignment.role_id
    WHERE member.tenant_id = ${tenantId}::uuid AND member.user_id = ${userId}
    GROUP BY member.tenant_id, member.id, tenant.id, person.id`;
  if (!row || row.isOver) return null;
  return objectType === 'user' ? appRole(row) : organizationRole(row);
}

// No role at the provider stands for the default role here.
function appRole({ held, appRole: providerRole, changesAt }: Row): DesiredRole {
  const [primary] = held;
  const role = primary ? appRoleName(primary) : null;
  const isCurrent = role === providerRole || (providerRole === null && primary?.isDefault === true);
  return { role, providerRole, isCurrent, organizationId: null, changesAt };
}

function organizationRole({ held, orgRole: providerRole, organizationId, changesAt }: Row): DesiredRole | null {
  const role = held.find(({ identityRole }) => identityRole !== null)?.identityRole ?? null;
  if (!organizationId || (!role && !changesAt)) return null;
  return { role, providerRole, isCurrent: role === null || role === providerRole, organizationId, changesAt };
}
