import type { RequestContext } from '../../core/context.ts';
import type { PermissionUsageCounts } from './schema.ts';

/**
 * Returns how many roles grant each permission, in how many tenants, and how many members have a current or upcoming assignment of one
 * of them, once per tenant. Owner roles are not counted. Members are grouped by the set of roles they share.
 */
export async function readUsageCounts({ services }: RequestContext): Promise<PermissionUsageCounts> {
  const data = await services.db.platform.$queryRaw<PermissionUsageCounts['data']>`
    WITH granting AS MATERIALIZED (
      SELECT role.tenant_id, role.id, granted.code FROM role CROSS JOIN LATERAL (
        SELECT unnest(role.effective_permissions) AS code
        UNION SELECT conditional ->> 'code' FROM jsonb_array_elements(role.conditional_permissions) AS conditional
      ) granted
      WHERE role.deleted_at IS NULL
    ), shared AS MATERIALIZED (
      SELECT tenant_id, roles, count(*) AS member_count FROM (
        SELECT assignment.tenant_id, assignment.membership_id,
          array_agg(DISTINCT assignment.role_id ORDER BY assignment.role_id) AS roles
        FROM open_assignment assignment
        JOIN membership ON membership.tenant_id = assignment.tenant_id AND membership.id = assignment.membership_id
          AND membership.status <> 'left'
        GROUP BY assignment.tenant_id, assignment.membership_id
      ) member GROUP BY tenant_id, roles
    ), reached AS (
      SELECT code, sum(member_count)::int AS members FROM (
        SELECT DISTINCT shared.tenant_id, shared.roles, shared.member_count, granting.code
        FROM shared JOIN granting ON granting.tenant_id = shared.tenant_id AND granting.id = ANY (shared.roles)
      ) once GROUP BY code
    )
    SELECT granting.code, count(*)::int AS roles, count(DISTINCT granting.tenant_id)::int AS tenants,
      coalesce(max(reached.members), 0)::int AS members
    FROM granting LEFT JOIN reached USING (code) GROUP BY granting.code ORDER BY granting.code`;
  return { data };
}
