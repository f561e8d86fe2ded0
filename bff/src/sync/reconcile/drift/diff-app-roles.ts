import type { Tx } from '../../../db/tenant-tx.ts';
import type { SyncSettings } from '../../context.ts';
import { decideAppRole, type RoleRefusal } from '../../decide-app-role.ts';
import { appRoleName, pullsRoles, pushesRoles } from '../../role-names.ts';
import type { FieldDrift } from './diff.ts';

interface AppRoleDrift {
  field: FieldDrift;
  /** Why pulling changes nothing; null where it does. */
  refusal: RoleRefusal | null;
}

interface Primary {
  userId: string;
  roleId: string | null;
  grantedBy: string | null;
  /** The provider's role as we knew it. */
  providerRole: string | null;
  /** Of our role to the provider; null where none is pushed. */
  pushStatus: string | null;
}

/**
 * Returns a function that compares public_metadata.role with a user's primary role in the default tenant. There is no drift without
 * such a tenant, where roles are not synced, or while our role is on its way to the provider.
 */
export async function appRoleComparer(
  tx: Tx,
  settings: SyncSettings,
  userIds: readonly string[],
): Promise<(userId: string, theirs: string | null) => AppRoleDrift | null> {
  if (!settings.defaultTenant || !(pullsRoles(settings) || pushesRoles(settings))) return () => null;
  const tenant = await tx.tenant.findFirst({ where: { isDefault: true, status: { not: 'archived' } } });
  if (!tenant) return () => null;
  const roles = await tx.role.findMany({ where: { tenantId: tenant.id, deletedAt: null }, orderBy: { name: 'asc' } });
  const primaries = await readPrimaries(tx, tenant.id, userIds);

  return (userId, theirs) => {
    const ours = primaries.get(userId);
    const pushStatus = pushesRoles(settings) ? (ours?.pushStatus ?? null) : null;
    if (!ours || pushStatus === 'pending') return null;
    const primary = roles.find(({ id }) => id === ours.roleId);
    const decision = decideAppRole({ ...ours, roles, primary }, theirs, settings);
    if (decision.outcome === 'agrees') return null;
    const isRefusedThere = pushStatus === 'dead' && theirs === ours.providerRole;
    return {
      field: { field: 'role', ours: primary ? appRoleName(primary) : null, theirs },
      refusal: isRefusedThere ? 'push_refused' : decision.outcome === 'refused' ? decision.note : null,
    };
  };
}

async function readPrimaries(tx: Tx, tenantId: string, userIds: readonly string[]): Promise<Map<string, Primary>> {
  const rows = await tx.$queryRaw<Primary[]>`
    SELECT member.user_id AS "userId", assignment.role_id::text AS "roleId", assignment.granted_by AS "grantedBy",
      person.identity_role AS "providerRole", (
        SELECT push.status FROM identity_push push
        WHERE push.tenant_id = member.tenant_id AND push.object_type = 'user' AND push.object_id = member.user_id) AS "pushStatus"
    FROM membership member
    JOIN "user" person ON person.id = member.user_id
    LEFT JOIN membership_role assignment ON assignment.tenant_id = member.tenant_id AND assignment.membership_id = member.id
      AND assignment.ended_at IS NULL AND assignment.is_primary
    WHERE member.tenant_id = ${tenantId}::uuid AND member.user_id = ANY (${[...userIds]}::text[]) AND member.status <> 'left'`;
  return new Map(rows.map((row) => [row.userId, row]));
}
