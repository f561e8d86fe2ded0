import { assertPermission } from '../../access/actor.ts';
import { remapAssignments, remapInvitations } from '../../access/assignments/remap.ts';
import { assertCanGrant, assertHoldsAll, permissionsOfRoles } from '../../access/grants.ts';
import { refreshEffective } from '../../access/roles/graph.ts';
import { type ChangeScope, change } from '../../audit/change.ts';
import type { RequestContext } from '../../core/context.ts';
import { AppError } from '../../core/errors.ts';
import type { Tx } from '../../db/tenant-tx.ts';
import { assertVersion } from '../../http/version.ts';
import { makeDefaultRole } from './default-role.ts';
import { assertMayChangeRole } from './permissions.ts';
import { findRole } from './queries.ts';
import { recordVersion, snapshotOf } from './record-version.ts';
import type { RoleDetail } from './schema.ts';

/**
 * Deletes a role. With `remapTo`, members and open invitations get that role in its place, and roles below it get its parent. Throws
 * role_in_use without `remapTo`, role_is_system, grant_exceeds_own or validation_failed.
 */
export async function deleteRole(
  context: RequestContext,
  roleId: string,
  remapTo: string | undefined,
): Promise<undefined> {
  const { tenantId } = context.scope;
  await change(
    context,
    { action: 'role.deleted', category: 'role', permission: 'roles:delete', severity: 'notice' },
    async (scope) => {
      const { tx, access } = scope;
      const stored = await findRole(tx, tenantId, roleId);
      assertVersion(context.ifMatch, stored, stored);
      if (stored.isSystem) throw new AppError('role_is_system');
      assertHoldsAll(access, (await permissionsOfRoles(tx, tenantId, [roleId])).get(roleId)?.grants ?? []);
      if (!remapTo) await assertUnused(tx, stored);
      const remapped = remapTo ? await remapDependents(context, scope, stored, remapTo) : null;
      await tx.role.update({
        where: { tenantId_id: { tenantId, id: roleId } },
        data: { deletedAt: new Date(), isDefault: false, version: { increment: 1 } },
      });
      if (remapTo && stored.isDefault) await makeDefaultRole(tx, tenantId, remapTo, { changedBy: context.actor.id });
      return {
        result: undefined,
        before: snapshotOf(stored),
        after: null,
        target: { type: 'role', id: roleId, label: stored.name },
        context: remapped,
      };
    },
  );
}

async function assertUnused(tx: Tx, role: RoleDetail): Promise<void> {
  const openInvitations = await tx.invitationRole.count({
    where: {
      tenantId: role.tenantId,
      roleId: role.id,
      invitation: { status: 'pending', expiresAt: { gt: new Date() } },
    },
  });
  if (role.memberCount + role.children.length + openInvitations > 0) {
    throw new AppError('role_in_use', {
      detail: `${role.memberCount} members, ${role.children.length} roles, ${openInvitations} invitations`,
    });
  }
}

/** Assigning the other role needs the permission to assign, and everything that the other role grants. */
async function remapDependents(
  context: RequestContext,
  { tx, access }: ChangeScope,
  role: RoleDetail,
  remapTo: string,
) {
  const { tenantId } = context.scope;
  const changedBy = context.actor.id;
  assertPermission(access, 'roles:assign');
  if (remapTo === role.id) throw new AppError('validation_failed', { errors: { remapTo: ['same_role'] } });

  for (const child of role.children) {
    await tx.role.update({
      where: { tenantId_id: { tenantId, id: child.id } },
      data: { parentRoleId: role.parent?.id ?? null, version: { increment: 1 } },
    });
  }
  assertMayChangeRole(access, await refreshEffective(tx, tenantId), role.id);
  for (const child of role.children) await recordVersion(tx, tenantId, child.id, { changedBy });

  const other = (await permissionsOfRoles(tx, tenantId, [remapTo])).get(remapTo);
  assertCanGrant(access, other?.grants ?? [], null);
  const members = await remapAssignments(tx, { tenantId, from: role.id, to: remapTo, by: changedBy });
  const invitations = await remapInvitations(tx, { tenantId, from: role.id, to: remapTo });
  return {
    remappedTo: { id: remapTo, name: other?.name ?? null },
    members,
    invitations,
    roles: role.children.map(({ id, name }) => ({ id, name })),
  };
}
