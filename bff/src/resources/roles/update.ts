import { isDeepStrictEqual } from 'node:util';
import type { z } from 'zod';
import { type Changed, type ChangeScope, change } from '../../audit/change.ts';
import type { RequestContext } from '../../core/context.ts';
import { AppError } from '../../core/errors.ts';
import { requireVersion } from '../../http/version.ts';
import { findRole } from './queries.ts';
import {
  recordVersion,
  requireFreeIdentityRole,
  requireMayHandOut,
  requireParent,
  setPermissions,
  settle,
  snapshot,
  sorted,
  takeDefault,
  type WantedGrants,
} from './rules.ts';
import type { RoleDetail, RoleRestore, RoleUpdate } from './schema.ts';
import { findSnapshot } from './versions.ts';

type Edit = z.output<typeof RoleUpdate>;

/** Throws role_is_system, stale_version, role_cycle, grant_exceeds_own or validation_failed. */
export const updateRole = (context: RequestContext, roleId: string, body: Edit): Promise<RoleDetail> =>
  changeRole(context, body.reason, (scope) => editRole(context, scope, roleId, body));

/** Makes the role again what it was, as a new version and by the rules of any other edit. Throws as updateRole, or not_found. */
export const restoreRole = (
  context: RequestContext,
  roleId: string,
  number: number,
  { reason }: z.output<typeof RoleRestore>,
): Promise<RoleDetail> =>
  changeRole(context, reason, async (scope) => {
    const wanted = await findSnapshot(scope.tx, context.scope.tenantId, roleId, number);
    return { ...(await editRole(context, scope, roleId, { ...wanted, reason })), context: { restoredVersion: number } };
  });

async function changeRole(
  context: RequestContext,
  reason: string | undefined,
  work: (scope: ChangeScope) => Promise<Changed<RoleDetail>>,
): Promise<RoleDetail> {
  return change(context, { action: 'role.updated', category: 'role', permission: 'roles:update', reason }, work);
}

/** One role as it shall be, inside a change that holds the tenant's lock. */
export async function editRole(
  context: RequestContext,
  { tx, access }: ChangeScope,
  roleId: string,
  { reason, permissions, conditions, ...fields }: Edit,
): Promise<Changed<RoleDetail>> {
  const { tenantId } = context.scope;
  const stored = await findRole(tx, tenantId, roleId);
  requireVersion(context.ifMatch, stored, stored);
  if (stored.isSystem) throw new AppError('role_is_system');
  const target = { type: 'role', id: roleId, label: stored.name };
  const before = snapshot(stored);
  const wanted = {
    ...before,
    ...definedOnly(fields),
    ...wantedGrants(before, permissions, conditions),
  };
  if (isDeepStrictEqual(wanted, before)) return { result: stored, before, after: before, target };

  const isHandedOut = requireMayHandOut(access, wanted, before);
  if (fields.parentRoleId) await requireParent(tx, tenantId, fields.parentRoleId);
  if (wanted.identityRole !== before.identityRole)
    await requireFreeIdentityRole(tx, tenantId, roleId, { key: stored.key, identityRole: wanted.identityRole });
  if (fields.isDefault && !stored.isDefault) await takeDefault(tx, tenantId);
  await tx.role.update({
    where: { tenantId_id: { tenantId, id: roleId } },
    data: { ...definedOnly(fields), version: { increment: 1 } },
  });
  if (permissions || conditions) await setPermissions(tx, tenantId, roleId, wanted);
  await settle(tx, access, tenantId, roleId, isHandedOut);
  const now = await recordVersion(tx, context, roleId, reason);
  return { result: now, before, after: snapshot(now), target };
}

/** Grants that stay keep their conditions, unless it is said what all conditions shall be. */
function wantedGrants(
  before: WantedGrants,
  permissions: Edit['permissions'],
  conditions: Edit['conditions'],
): WantedGrants {
  const codes = permissions ? sorted(permissions) : before.permissions;
  const kept = Object.entries(before.conditions).filter(([code]) => codes.includes(code));
  return { permissions: codes, conditions: conditions ?? Object.fromEntries(kept) };
}

const definedOnly = <T extends object>(fields: T) =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
