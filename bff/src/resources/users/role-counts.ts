import type { RequestContext } from '../../core/context.ts';
import type { RoleCounts } from './schema.ts';

/**
 * Counts the users of each role: primary roles in the default tenant; without one, all roles of all customers by their keys.
 */
export async function countRoles({ services }: RequestContext): Promise<RoleCounts> {
  const client = services.db.platform;
  const [tenant] = await client.$queryRaw<NonNullable<RoleCounts['tenant']>[]>`
    SELECT id::text, name, slug FROM tenant WHERE is_default`;
  const roles = tenant
    ? await client.$queryRaw<RoleCounts['roles']>`
        SELECT role.key, role.name, count(DISTINCT member.user_id)::int AS users
        FROM role
        LEFT JOIN active_assignment assignment
          ON assignment.tenant_id = role.tenant_id AND assignment.role_id = role.id AND assignment.is_primary
        LEFT JOIN membership member ON member.tenant_id = assignment.tenant_id AND member.id = assignment.membership_id
          AND member.status <> 'left'
        WHERE role.tenant_id = ${tenant.id}::uuid AND role.deleted_at IS NULL
        GROUP BY role.id, role.key, role.name ORDER BY users DESC, role.name`
    : await client.$queryRaw<RoleCounts['roles']>`
        SELECT role.key, min(role.name) AS name, count(DISTINCT member.user_id)::int AS users
        FROM active_assignment assignment
        JOIN role ON role.tenant_id = assignment.tenant_id AND role.id = assignment.role_id
        JOIN tenant ON tenant.id = role.tenant_id AND tenant.kind = 'customer' AND tenant.status <> 'archived'
        JOIN membership member ON member.tenant_id = assignment.tenant_id AND member.id = assignment.membership_id
          AND member.status <> 'left'
        GROUP BY role.key ORDER BY users DESC, name LIMIT 50`;
  return { tenant: tenant ?? null, roles };
}
