import { v7 as uuid } from 'uuid';
import { AppError } from '../../core/errors.ts';
import { roleKeyFrom } from '../../core/text/fold.ts';
import type { Tx } from '../../db/tenant-tx.ts';
import { appRoleName } from '../../sync/role-names.ts';

/** Throws validation_failed unless the parent is a role that others may inherit from. */
export async function assertValidParent(tx: Tx, tenantId: string, parentRoleId: string | null): Promise<void> {
  if (!parentRoleId) return;
  const parent = await tx.role.findFirst({ where: { tenantId, id: parentRoleId, deletedAt: null } });
  // No role may inherit from an owner role: what that grants is in no list.
  if (!parent || parent.isOwner)
    throw new AppError('validation_failed', { errors: { parentRoleId: ['unknown_role'] } });
}

interface Assignability {
  isDefault?: boolean | undefined;
  isSelfAssignable?: boolean | undefined;
  identityRole?: string | null | undefined;
}

/**
 * Whether the role becomes one that new members get, that members may choose, or that the identity provider assigns. The actor who
 * makes it so assigns it, and needs roles:assign.
 */
export const becomesAssignableByOthers = (wanted: Assignability, before: Assignability = {}): boolean =>
  Boolean(
    (wanted.isDefault && !before.isDefault) ||
      (wanted.isSelfAssignable && !before.isSelfAssignable) ||
      (wanted.identityRole && wanted.identityRole !== before.identityRole),
  );

interface ProviderRoleName {
  key: string;
  identityRole?: string | null | undefined;
}

/**
 * Whether the provider knows another role by that name: its identityRole with or without the organization prefix, or its key when it
 * has none; in any case, as it is looked up. Two roles with one name would let a user who may assign the weaker one pass it off as
 * the stronger one.
 */
export async function isProviderRoleNameTaken(
  tx: Tx,
  tenantId: string,
  roleId: string | null,
  name: ProviderRoleName,
): Promise<boolean> {
  const namesOf = ({ key, identityRole = null }: ProviderRoleName) =>
    [identityRole ?? key, appRoleName({ key, identityRole })].map((each) => each.toLowerCase());
  const others = await tx.role.findMany({
    where: { tenantId, deletedAt: null, ...(roleId ? { NOT: { id: roleId } } : {}) },
    select: { key: true, identityRole: true },
  });
  const taken = new Set(others.flatMap(namesOf));
  return namesOf(name).some((each) => taken.has(each));
}

/** Throws validation_failed when the provider knows another role by that name. */
export async function assertProviderRoleNameFree(
  tx: Tx,
  tenantId: string,
  roleId: string | null,
  name: ProviderRoleName,
): Promise<void> {
  if (await isProviderRoleNameTaken(tx, tenantId, roleId, name))
    throw new AppError('validation_failed', { errors: { identityRole: ['taken'] } });
}

export const sorted = (codes: readonly string[]) => [...new Set(codes)].sort();

/** "Billing & Tax" -> "billing-tax" */
export const keyOf = (name: string) => roleKeyFrom(name) || `role-${uuid().slice(-12)}`;
