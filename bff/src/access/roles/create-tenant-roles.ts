import type { Tx } from '../../db/tenant-tx.ts';
import { templateRows } from './template-rows.ts';

export interface SystemRole {
  id: string;
  key: string;
  name: string;
  isOwner: boolean;
  isDefault: boolean;
  identityRole: string | null;
}

/** Gives a tenant its system roles, in the transaction that makes the tenant and writes its audit row. */
export async function createTenantRoles(
  tx: Tx,
  tenantId: string,
  kind: 'customer' | 'platform',
): Promise<SystemRole[]> {
  const { roles, rolePermissions, roleVersions } = templateRows(tenantId, kind);
  await tx.role.createMany({ data: roles });
  await tx.rolePermission.createMany({ data: rolePermissions });
  await tx.roleVersion.createMany({ data: roleVersions });
  return roles.map(({ id, key, name, isOwner, isDefault, identityRole }) => ({
    id,
    key,
    name,
    isOwner,
    isDefault,
    identityRole,
  }));
}
