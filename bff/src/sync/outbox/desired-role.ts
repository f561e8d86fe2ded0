import type { Tx } from '../../db/tenant-tx.ts';
import { appRoleName } from '../role-names.ts';

/** A member whose role is pushed to the provider. */
export interface PushTarget {
  tenantId: string;
  objectType: 'user' | 'membership';
  userId: string;
}

/** The role the provider should have. */
export interface DesiredRole {
  role: string | null;
  /** Whether nothing needs to be pushed where the provider has this role. */
  accepts(providerRole: string | null): boolean;
  /** As far as we know the provider has it. */
  isCurrent: boolean;
  organizationId: string | null;
  /** The member joined here, and the provider knows of no membership. */
  isLocal: boolean;
  /** When an assignment begins or ends, so that another role is desired. */
  changesAt: Date | null;
}

interface Row {
  isOver: boolean;
  appRole: string | null;
  orgRole: string | null;
  organizationId: string | null;
  isLocal: boolean;
  /** What the default role is called in an organization. */
  defaultOrgRole: string | null;
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
      member.identity_membership_id IS NULL AND member.status <> 'left' AS "isLocal", (
        SELECT identity_role FROM role WHERE role.tenant_id = member.tenant_id AND role.is_default AND role.deleted_at IS NULL
      ) AS "defaultOrgRole",
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

function appRole({ held, appRole: providerRole, changesAt }: Row): DesiredRole {
  const [primary] = held;
  const role = primary ? appRoleName(primary) : null;
  // No role at the provider stands for the default role here.
  const accepts = (there: string | null) => role === there || (there === null && primary?.isDefault === true);
  return { role, accepts, isCurrent: accepts(providerRole), organizationId: null, isLocal: false, changesAt };
}

/** Members need a role there: those without one that has a name there join with the default role, and keep what they have. */
function organizationRole(row: Row): DesiredRole | null {
  const { held, orgRole: providerRole, organizationId, isLocal, defaultOrgRole, changesAt } = row;
  const named = held.find(({ identityRole }) => identityRole !== null)?.identityRole ?? null;
  const role = named ?? (isLocal ? defaultOrgRole : null);
  if (!organizationId || (!role && !changesAt)) return null;
  const accepts = (there: string | null) => named === null || named === there;
  return { role, accepts, isCurrent: !isLocal && accepts(providerRole), organizationId, isLocal, changesAt };
}
