import { Prisma } from '@rolecall/prisma/client';
import { allOf, type Read } from '../../http/read.ts';
import type { PermissionUsageCounts } from './schema.ts';

/**
 * Counts, for each permission, the roles that grant it, their tenants, and the members with a current or upcoming assignment, once per
 * tenant. Owner roles are not counted. Members are first grouped by their set of roles.
 */
export const readUsageCounts = (): Read<PermissionUsageCounts> => ({
  login: 'platform',
  statements: [COUNTS],
  answer: ([data]) => ({ data: allOf(data) }),
});

const COUNTS = Prisma.sql`
    WITH role_grant AS MATERIALIZED (
      SELECT role.tenant_id, role.id, granted.code FROM role CROSS JOIN LATERAL (
        SELECT unnest(role.effective_permissions) AS code
        UNION SELECT conditional ->> 'code' FROM jsonb_array_elements(role.conditional_permissions) AS conditional
      ) granted
      WHERE role.deleted_at IS NULL
    ), role_set AS MATERIALIZED (
      SELECT tenant_id, roles, count(*) AS member_count FROM (
        SELECT assignment.tenant_id, assignment.membership_id,
          array_agg(DISTINCT assignment.role_id ORDER BY assignment.role_id) AS roles
        FROM open_assignment assignment
        JOIN membership ON membership.tenant_id = assignment.tenant_id AND membership.id = assignment.membership_id
          AND membership.status <> 'left'
        GROUP BY assignment.tenant_id, assignment.membership_id
      ) member GROUP BY tenant_id, roles
    ), reach AS (
      SELECT code, sum(member_count)::int AS members FROM (
        SELECT DISTINCT role_set.tenant_id, role_set.roles, role_set.member_count, role_grant.code
        FROM role_set JOIN role_grant ON role_grant.tenant_id = role_set.tenant_id AND role_grant.id = ANY (role_set.roles)
      ) once GROUP BY code
    )
    SELECT role_grant.code, count(*)::int AS roles, count(DISTINCT role_grant.tenant_id)::int AS tenants,
      coalesce(max(reach.members), 0)::int AS members
    FROM role_grant LEFT JOIN reach USING (code) GROUP BY role_grant.code ORDER BY role_grant.code`;
