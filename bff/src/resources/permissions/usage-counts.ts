import type { RequestContext } from '../../core/context.ts';
import type { PermissionUsageCounts } from './schema.ts';

/**
 * How many living roles carry each permission, in how many tenants, and how many people hold one of them now or later: a person
 * counts once in each tenant. Owners are not counted. People are taken together by the set of roles they share.
 */
export async function readUsageCounts({ services }: RequestContext): Promise<PermissionUsageCounts> {
  const data = await services.db.platform.$queryRaw<PermissionUsageCounts['data']>`
    WITH carried AS MATERIALIZED (
      SELECT role.tenant_id, role.id, granted.code FROM role CROSS JOIN LATERAL (
        SELECT unnest(role.effective_permissions) AS code
        UNION SELECT conditional ->> 'code' FROM jsonb_array_elements(role.conditional_permissions) AS conditional
      ) granted
      WHERE role.deleted_at IS NULL
    ), shared AS MATERIALIZED (
      SELECT tenant_id, roles, count(*) AS people FROM (
        SELECT assignment.tenant_id, assignment.membership_id,
          array_agg(DISTINCT assignment.role_id ORDER BY assignment.role_id) AS roles
        FROM open_assignment assignment
        JOIN membership ON membership.tenant_id = assignment.tenant_id AND membership.id = assignment.membership_id
          AND membership.status <> 'left'
        GROUP BY assignment.tenant_id, assignment.membership_id
      ) member GROUP BY tenant_id, roles
    ), reached AS (
      SELECT code, sum(people)::int AS members FROM (
        SELECT DISTINCT shared.tenant_id, shared.roles, shared.people, carried.code
        FROM shared JOIN carried ON carried.tenant_id = shared.tenant_id AND carried.id = ANY (shared.roles)
      ) once GROUP BY code
    )
    SELECT carried.code, count(*)::int AS roles, count(DISTINCT carried.tenant_id)::int AS tenants,
      coalesce(max(reached.members), 0)::int AS members
    FROM carried LEFT JOIN reached USING (code) GROUP BY carried.code ORDER BY carried.code`;
  return { data };
}
