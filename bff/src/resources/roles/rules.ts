import { v7 as uuid } from 'uuid';
import { type ActorAccess, requirePermission } from '../../access/actor.ts';
import { requireOwnAll } from '../../access/grants.ts';
import { refreshEffective } from '../../access/role-graph.ts';
import type { Tx } from '../../db/tenant-tx.ts';
import { AppError } from '../../errors.ts';
import type { RequestContext } from '../../http/context.ts';
import { findRole } from './queries.ts';
import type { RoleDetail } from './schema.ts';

/**
 * Refreshes the graph and refuses whatever the actor would give, or take, without holding it: all of this role before
 * and after, and what any other role gains or loses through it.
 */
export async function settle(
  tx: Tx,
  access: ActorAccess,
  tenantId: string,
  roleId: string,
  before: readonly string[],
): Promise<void> {
  const { effective, moved } = await refreshEffective(tx, tenantId);
  requireOwnAll(access, new Set([...before, ...(effective.get(roleId) ?? []), ...moved]));
}

/** Throws validation_failed when one is retired, or not of this kind of tenant. Conditions of grants that stay are kept. */
export async function setPermissions(
  tx: Tx,
  tenantId: string,
  roleId: string,
  wanted: readonly string[],
): Promise<void> {
  const codes = [...new Set(wanted)];
  const tenant = await tx.tenant.findFirst({ where: { id: tenantId }, select: { kind: true } });
  const known = await tx.permission.findMany({
    where: { code: { in: codes }, retiredAt: null, ...(tenant?.kind === 'platform' ? {} : { scope: 'tenant' }) },
    select: { code: true },
  });
  const unknown = codes.filter((code) => !known.some((permission) => permission.code === code));
  if (unknown.length > 0) {
    throw new AppError('validation_failed', {
      errors: { permissions: ['unknown_permission'] },
      detail: unknown.join(', '),
    });
  }
  await tx.rolePermission.deleteMany({ where: { tenantId, roleId, permissionCode: { notIn: codes } } });
  await tx.rolePermission.createMany({
    data: codes.map((permissionCode) => ({ tenantId, roleId, permissionCode })),
    skipDuplicates: true,
  });
}

export async function requireParent(tx: Tx, tenantId: string, parentRoleId: string | null): Promise<void> {
  if (!parentRoleId) return;
  const parent = await tx.role.findFirst({ where: { tenantId, id: parentRoleId, deletedAt: null } });
  // An owner role gives what no list says, so nothing may inherit from it.
  if (!parent || parent.isOwner)
    throw new AppError('validation_failed', { errors: { parentRoleId: ['unknown_role'] } });
}

interface HandedOut {
  isDefault?: boolean | undefined;
  isSelfAssignable?: boolean | undefined;
}

/** A role that newcomers get, or may choose, is given by whoever makes it so: that needs the right to give. */
export function requireMayHandOut(access: ActorAccess, wanted: HandedOut, before: HandedOut = {}): void {
  const isNew = (wanted.isDefault && !before.isDefault) || (wanted.isSelfAssignable && !before.isSelfAssignable);
  if (isNew) requirePermission(access, 'roles:assign');
}

export const takeDefault = (tx: Tx, tenantId: string) =>
  tx.role.updateMany({ where: { tenantId, isDefault: true }, data: { isDefault: false } });

/** Writes what the role is now into its history, and answers it. */
export async function recordVersion(
  tx: Tx,
  context: RequestContext,
  roleId: string,
  reason: string | undefined,
): Promise<RoleDetail> {
  const { tenantId } = context.scope;
  const role = await findRole(tx, tenantId, roleId);
  await tx.roleVersion.create({
    data: {
      tenantId,
      roleId,
      number: role.version,
      snapshot: snapshot(role),
      changedBy: context.actor.id,
      reason: reason ?? null,
    },
  });
  return role;
}

export const codesOf = (role: RoleDetail) => role.permissions.map((granted) => granted.code);

export const snapshot = (role: RoleDetail) => ({
  name: role.name,
  description: role.description,
  permissions: sorted(role.permissions.filter((granted) => !granted.inheritedFrom).map((granted) => granted.code)),
  parentRoleId: role.parent?.id ?? null,
  isDefault: role.isDefault,
  isSelfAssignable: role.isSelfAssignable,
});

export const sorted = (codes: readonly string[]) => [...new Set(codes)].sort();

/** "Billing & Tax" -> "billing-tax" */
export const keyOf = (name: string) =>
  name
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^[-0-9]+|-+$/g, '')
    .slice(0, 60) || `role-${uuid().slice(-12)}`;
