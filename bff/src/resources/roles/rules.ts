import { v7 as uuid } from 'uuid';
import { type ActorAccess, requirePermission } from '../../access/actor.ts';
import type { Conditions } from '../../access/conditions.ts';
import { assertCanGrant, assertHoldsAll } from '../../access/grants.ts';
import { refreshEffective } from '../../access/roles/graph.ts';
import type { RequestContext } from '../../core/context.ts';
import { AppError } from '../../core/errors.ts';
import type { Tx } from '../../db/tenant-tx.ts';
import { appRoleName } from '../../sync/role-names.ts';
import { findRole } from './queries.ts';
import type { RoleDetail } from './schema.ts';

/**
 * Refreshes the graph and refuses whatever the actor would give, or take, without holding it: all of this role before
 * and after, and what any other role gains or loses through it. What is gained is given for good; so is the whole of a role that
 * newcomers get from now on.
 */
export async function settle(
  tx: Tx,
  access: ActorAccess,
  tenantId: string,
  roleId: string,
  isHandedOut = false,
): Promise<void> {
  const { before, after, gained, lost } = await refreshEffective(tx, tenantId);
  const now = after.get(roleId) ?? [];
  assertHoldsAll(access, [...(before.get(roleId) ?? []), ...now, ...lost]);
  assertCanGrant(access, isHandedOut ? [...gained, ...now] : gained, null);
}

export interface WantedGrants {
  permissions: readonly string[];
  conditions: Readonly<Record<string, Conditions>>;
}

/**
 * Throws validation_failed when one is not of this kind of tenant, or retired, unless the role carries it already; and when
 * something is conditional that is not granted.
 */
export async function setPermissions(
  tx: Tx,
  tenantId: string,
  roleId: string,
  { permissions, conditions }: WantedGrants,
): Promise<void> {
  const codes = [...new Set(permissions)];
  const tenant = await tx.tenant.findFirst({ where: { id: tenantId }, select: { kind: true } });
  const known = await tx.permission.findMany({
    where: {
      code: { in: codes },
      OR: [{ retiredAt: null }, { roles: { some: { tenantId, roleId } } }],
      ...(tenant?.kind === 'platform' ? {} : { scope: 'tenant' }),
    },
    select: { code: true },
  });
  const unknown = codes.filter((code) => !known.some((permission) => permission.code === code));
  const unfounded = Object.keys(conditions).filter((code) => !codes.includes(code));
  if (unknown.length + unfounded.length > 0) {
    throw new AppError('validation_failed', {
      errors: {
        ...(unknown.length > 0 ? { permissions: ['unknown_permission'] } : {}),
        ...(unfounded.length > 0 ? { conditions: ['not_granted'] } : {}),
      },
      detail: [...unknown, ...unfounded].join(', '),
    });
  }
  await tx.rolePermission.deleteMany({ where: { tenantId, roleId, permissionCode: { notIn: codes } } });
  await tx.rolePermission.createMany({
    data: codes.map((permissionCode) => ({ tenantId, roleId, permissionCode })),
    skipDuplicates: true,
  });
  const byCode = JSON.stringify(conditions);
  await tx.$executeRaw`
    UPDATE role_permission SET conditions = ${byCode}::jsonb -> permission_code
    WHERE tenant_id = ${tenantId}::uuid AND role_id = ${roleId}::uuid
      AND conditions IS DISTINCT FROM ${byCode}::jsonb -> permission_code`;
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
  identityRole?: string | null | undefined;
}

/**
 * A role that newcomers get, or may choose, or that the identity provider gives, is given by whoever makes it so: that needs the
 * right to give. Answers whether it is becoming such a role.
 */
export function requireMayHandOut(access: ActorAccess, wanted: HandedOut, before: HandedOut = {}): boolean {
  const isNew =
    (wanted.isDefault && !before.isDefault) ||
    (wanted.isSelfAssignable && !before.isSelfAssignable) ||
    (wanted.identityRole && wanted.identityRole !== before.identityRole);
  if (isNew) requirePermission(access, 'roles:assign');
  return Boolean(isNew);
}

interface Called {
  key: string;
  identityRole?: string | null | undefined;
}

/**
 * Whether the provider knows another role by that name: by what it is called there, with or without the prefix of organizations, or by
 * its key when it is called nothing. One name for two would let whoever may give a weak one pass it off as a strong one.
 */
export async function isCalledAsAnother(tx: Tx, tenantId: string, roleId: string | null, called: Called) {
  const namesOf = ({ key, identityRole = null }: Called) => [identityRole ?? key, appRoleName({ key, identityRole })];
  const others = await tx.role.findMany({
    where: { tenantId, deletedAt: null, ...(roleId ? { NOT: { id: roleId } } : {}) },
    select: { key: true, identityRole: true },
  });
  const taken = new Set(others.flatMap(namesOf));
  return namesOf(called).some((name) => taken.has(name));
}

/** Throws validation_failed when the provider knows another role by that name. */
export async function requireFreeIdentityRole(
  tx: Tx,
  tenantId: string,
  roleId: string | null,
  called: Called,
): Promise<void> {
  if (await isCalledAsAnother(tx, tenantId, roleId, called))
    throw new AppError('validation_failed', { errors: { identityRole: ['taken'] } });
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

const ownOf = (role: RoleDetail) => role.permissions.filter((granted) => !granted.inheritedFrom);
const conditionsOf = (role: RoleDetail): Record<string, Conditions> =>
  Object.fromEntries(ownOf(role).flatMap(({ code, conditions }) => (conditions ? [[code, conditions]] : [])));

export const snapshot = (role: RoleDetail) => ({
  name: role.name,
  description: role.description,
  permissions: sorted(ownOf(role).map((granted) => granted.code)),
  conditions: conditionsOf(role),
  parentRoleId: role.parent?.id ?? null,
  isDefault: role.isDefault,
  isSelfAssignable: role.isSelfAssignable,
  identityRole: role.identityRole,
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
