import { isDeepStrictEqual } from 'node:util';
import type { z } from 'zod';
import { assertPermission } from '../../access/actor.ts';
import { refreshEffective } from '../../access/roles/graph.ts';
import { type Changed, type ChangeScope, change } from '../../audit/change.ts';
import type { RequestContext } from '../../core/context.ts';
import { AppError } from '../../core/errors.ts';
import { searchText } from '../../core/text/fold.ts';
import type { Tx } from '../../db/tenant-tx.ts';
import { assertVersion } from '../../http/version.ts';
import { clearDefaultRole } from './default-role.ts';
import { assertMayChangeRole, type DesiredGrants, setPermissions } from './permissions.ts';
import { findRole } from './queries.ts';
import { recordVersion, snapshotOf } from './record-version.ts';
import { assertProviderRoleNameFree, assertValidParent, becomesAssignableByOthers, sorted } from './rules.ts';
import type { RoleDetail, RoleRestore, RoleUpdate } from './schema.ts';
import { findVersion } from './version-queries.ts';

type Edit = z.output<typeof RoleUpdate>;

/** Throws role_is_system, stale_version, role_cycle, grant_exceeds_own or validation_failed. */
export const updateRole = (context: RequestContext, roleId: string, body: Edit): Promise<RoleDetail> =>
  changeRole(context, roleId, body.reason, (scope) => editRole(context, scope, roleId, body));

/** Restores a version of the role as a new version, by the rules of any other edit. Throws as updateRole, or not_found. */
export const restoreRole = (
  context: RequestContext,
  roleId: string,
  number: number,
  { reason }: z.output<typeof RoleRestore>,
): Promise<RoleDetail> =>
  changeRole(context, roleId, reason, async (scope) => {
    const version = await findVersion(scope.tx, context.scope.tenantId, roleId, number);
    // The name at the provider stays: by now it may be another role's.
    const { identityRole: _, permissions, ...restored } = version;
    const edited = await editRole(context, scope, roleId, { ...restored, permissions: [...permissions], reason });
    return { ...edited, context: { restoredVersion: number } };
  });

const changeRole = (
  context: RequestContext,
  roleId: string,
  reason: string | undefined,
  work: (scope: ChangeScope<RoleDetail>) => Promise<Changed<RoleDetail>>,
): Promise<RoleDetail> => {
  const read = (tx: Tx) => findRole(tx, context.scope.tenantId, roleId);
  return change(context, { action: 'role.updated', category: 'role', permission: 'roles:update', reason, read }, work);
};

/** Edits one role, inside a change that holds the tenant's lock. */
export async function editRole(
  context: RequestContext,
  { tx, access, read }: ChangeScope<RoleDetail | undefined>,
  roleId: string,
  { reason, permissions, conditions, ...fields }: Edit,
): Promise<Changed<RoleDetail>> {
  const { tenantId } = context.scope;
  const author = { changedBy: context.actor.id, reason };
  const stored = (await read) ?? (await findRole(tx, tenantId, roleId));
  assertVersion(context.ifMatch, stored, stored);
  if (stored.isSystem) throw new AppError('role_is_system');
  const target = { type: 'role', id: roleId, label: stored.name };
  const before = snapshotOf(stored);
  const wanted = {
    ...before,
    ...definedOnly(fields),
    ...desiredGrants(before, permissions, conditions),
  };
  if (isDeepStrictEqual(wanted, before)) return { result: stored, before, after: before, target };

  const becomesAssignable = becomesAssignableByOthers(wanted, before);
  if (becomesAssignable) assertPermission(access, 'roles:assign');
  if (fields.parentRoleId) await assertValidParent(tx, tenantId, fields.parentRoleId);
  if (wanted.identityRole !== before.identityRole)
    await assertProviderRoleNameFree(tx, tenantId, roleId, { key: stored.key, identityRole: wanted.identityRole });
  if (fields.isDefault && !stored.isDefault) await clearDefaultRole(tx, tenantId, author);
  await tx.role.update({
    where: { tenantId_id: { tenantId, id: roleId } },
    data: {
      ...definedOnly(fields),
      searchText: searchText(wanted.name, wanted.description),
      version: { increment: 1 },
    },
  });
  if (permissions || conditions) await setPermissions(tx, tenantId, roleId, wanted);
  assertMayChangeRole(access, await refreshEffective(tx, tenantId), roleId, becomesAssignable);
  const role = await recordVersion(tx, tenantId, roleId, author);
  return { result: role, before, after: snapshotOf(role), target };
}

/** Grants that stay keep their conditions, unless all conditions are given. */
function desiredGrants(
  before: DesiredGrants,
  permissions: Edit['permissions'],
  conditions: Edit['conditions'],
): DesiredGrants {
  const codes = permissions ? sorted(permissions) : before.permissions;
  const staying = Object.entries(before.conditions).filter(([code]) => codes.includes(code));
  return { permissions: codes, conditions: conditions ?? Object.fromEntries(staying) };
}

const definedOnly = <T extends object>(fields: T) =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
