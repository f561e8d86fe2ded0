import type { PrismaClient } from '@rolecall/prisma/client';
import type { RequestContext } from '../../core/context.ts';
import { tenantRead } from '../../db/tenant-tx.ts';
import type { RoleChoices } from './schema.ts';

type Choice = RoleChoices['choices'][number];

export async function listRoleChoices({ services, scope }: RequestContext): Promise<RoleChoices> {
  const { server } = services.db;
  const userId = scope.userId ?? '';
  const tenants = await tenantRead(
    server,
    scope,
    (client) => client.$queryRaw<Choice['tenant'][]>`
      SELECT tenant_id::text AS id, tenant_name AS name, tenant_slug AS slug FROM actor_memberships()
      WHERE tenant_kind = 'customer' AND tenant_is_usable(tenant_status::"TenantStatus") AND membership_status = 'active'`,
  );
  const choices: Choice[] = [];
  for (const tenant of tenants) {
    const roles = await tenantRead(server, { tenantId: tenant.id, userId }, (client) => rolesToChoose(client, userId));
    if (roles.length > 0) choices.push({ tenant, roles });
  }
  return { choices };
}

/**
 * Returns the self-assignable roles of the current tenant for a member who never held another role than the default one, and never lost
 * that: a role that was removed or has ended cannot be regained this way. Empty when only the default role could be chosen.
 */
export async function rolesToChoose(client: Pick<PrismaClient, '$queryRaw'>, userId: string): Promise<Choice['roles']> {
  const roles = await client.$queryRaw<Choice['roles']>`
    SELECT role.id::text, role.key, role.name, role.description, role.is_default AS "isDefault"
    FROM role JOIN membership member ON member.tenant_id = role.tenant_id AND member.user_id = ${userId} AND member.status = 'active'
    WHERE role.tenant_id = current_tenant_id()
      AND role.is_self_assignable AND NOT role.is_owner AND role.deleted_at IS NULL
      AND NOT EXISTS (
        SELECT 1 FROM membership_role assignment
        JOIN role other ON other.tenant_id = assignment.tenant_id AND other.id = assignment.role_id
        WHERE assignment.tenant_id = member.tenant_id AND assignment.membership_id = member.id
          AND (assignment.granted_by = member.user_id OR NOT other.is_default
            OR assignment.valid_until IS NOT NULL OR assignment.ended_by IS NOT NULL))
    ORDER BY role.is_default DESC, role.name`;
  return roles.some((role) => !role.isDefault) ? roles : [];
}
