import type { Tx } from '../db/tenant-tx.ts';
import { AppError } from '../errors.ts';
import { type ActorAccess, holds, requirePermission } from './actor.ts';

/**
 * Nobody gives what they lack: throws grant_exceeds_own with the first permission that the actor does not hold. Every
 * path that hands out permissions asks here, inside the transaction that does it.
 */
export function requireOwnAll(access: ActorAccess, permissions: Iterable<string>): void {
  const missing = [...permissions].filter((permission) => !holds(access, permission)).sort();
  const [first] = missing;
  if (first) throw new AppError('grant_exceeds_own', { permission: first, detail: missing.join(', ') });
}

/**
 * Inviting is one right and giving roles another: only the tenant's default role needs no more than the first. Throws
 * permission_denied or grant_exceeds_own.
 */
export function requireMayInviteWith(access: ActorAccess, roles: readonly RoleGrant[]): void {
  requirePermission(access, 'members:invite');
  if (roles.some((role) => !role.isDefault)) requirePermission(access, 'roles:assign');
  requireOwnAll(
    access,
    roles.flatMap((role) => role.permissions),
  );
}

/**
 * What each of these roles gives: an owner role gives every permission of its tenant. Throws validation_failed when one is not
 * a living role of the current tenant.
 */
export async function permissionsOfRoles(
  tx: Tx,
  tenantId: string,
  roleIds: readonly string[],
): Promise<Map<string, RoleGrant>> {
  const rows = await tx.$queryRaw<RoleGrant[]>`
    SELECT role.id::text, role.key, role.name, role.is_owner AS "isOwner", role.is_default AS "isDefault",
      CASE WHEN role.is_owner
        THEN (SELECT array_agg(code) FROM permission
              WHERE retired_at IS NULL AND (scope = 'tenant' OR (SELECT kind FROM tenant WHERE id = ${tenantId}::uuid) = 'platform'))
        ELSE role.effective_permissions END AS permissions
    FROM role WHERE role.tenant_id = ${tenantId}::uuid AND role.id = ANY (${[...roleIds]}::uuid[]) AND role.deleted_at IS NULL`;
  const found = new Map(rows.map((role) => [role.id, role]));
  const unknown = roleIds.filter((id) => !found.has(id));
  if (unknown.length > 0)
    throw new AppError('validation_failed', { errors: { roles: unknown.map(() => 'unknown_role') } });
  return found;
}

export interface RoleGrant {
  id: string;
  key: string;
  name: string;
  isOwner: boolean;
  isDefault: boolean;
  permissions: string[];
}
