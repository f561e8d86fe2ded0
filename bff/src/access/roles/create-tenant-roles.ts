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

/** Creates the system roles of a new tenant, in the transaction that creates the tenant and its audit row. */
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
