import { Prisma } from '@rolecall/prisma/client';
import { allOf, type Read } from '../../http/read.ts';
import type { RoleCounts } from './schema.ts';

const DEFAULT_TENANT = Prisma.sql`SELECT id FROM tenant WHERE is_default`;

/**
 * Counts the users of each role: primary roles in the default tenant; without one, all roles of all customers by their keys.
 */
export const countRoles = (): Read<RoleCounts> => ({
  login: 'platform',
  statements: [
    Prisma.sql`SELECT id::text, name, slug FROM tenant WHERE is_default`,
    Prisma.sql`
      SELECT role.key, role.name, count(DISTINCT member.user_id)::int AS users
      FROM role
      LEFT JOIN active_assignment assignment
        ON assignment.tenant_id = role.tenant_id AND assignment.role_id = role.id AND assignment.is_primary
      LEFT JOIN membership member ON member.tenant_id = assignment.tenant_id AND member.id = assignment.membership_id
        AND member.status <> 'left'
      WHERE role.tenant_id = (${DEFAULT_TENANT}) AND role.deleted_at IS NULL
      GROUP BY role.id, role.key, role.name ORDER BY users DESC, role.name`,
    Prisma.sql`
      SELECT role.key, min(role.name) AS name, count(DISTINCT member.user_id)::int AS users
      FROM active_assignment assignment
      JOIN role ON role.tenant_id = assignment.tenant_id AND role.id = assignment.role_id
      JOIN tenant ON tenant.id = role.tenant_id AND tenant.kind = 'customer' AND tenant.status <> 'archived'
      JOIN membership member ON member.tenant_id = assignment.tenant_id AND member.id = assignment.membership_id
        AND member.status <> 'left'
      WHERE NOT EXISTS (${DEFAULT_TENANT})
      GROUP BY role.key ORDER BY users DESC, name LIMIT 50`,
  ],
  answer([tenants, ofTenant, ofCustomers]) {
    const [tenant = null] = allOf<NonNullable<RoleCounts['tenant']>>(tenants);
    return { tenant, roles: allOf(tenant ? ofTenant : ofCustomers) };
  },
});
