import { requirePermission } from '../../access/actor.ts';
import { remapAssignments, remapInvitations } from '../../access/assignments/remap.ts';
import { assertCanGrant, assertHoldsAll, permissionsOfRoles } from '../../access/grants.ts';
import { type ChangeScope, change } from '../../audit/change.ts';
import type { RequestContext } from '../../core/context.ts';
import { AppError } from '../../core/errors.ts';
import type { Tx } from '../../db/tenant-tx.ts';
import { requireVersion } from '../../http/version.ts';
import { findRole } from './queries.ts';
import { recordVersion, settle, snapshot } from './rules.ts';
import type { RoleDetail } from './schema.ts';

/**
 * Deletes a role. What depends on it is handed on when `remapTo` says to which role: members and open invitations get that one,
 * roles below it its parent. Throws role_in_use without `remapTo`, role_is_system, grant_exceeds_own or validation_failed.
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
      requireVersion(context.ifMatch, stored, stored);
      if (stored.isSystem) throw new AppError('role_is_system');
      assertHoldsAll(access, (await permissionsOfRoles(tx, tenantId, [roleId])).get(roleId)?.grants ?? []);
      const handedOn = remapTo ? await handOn(context, scope, stored, remapTo) : await requireUnused(tx, stored);
      await tx.role.update({
        where: { tenantId_id: { tenantId, id: roleId } },
        data: { deletedAt: new Date(), isDefault: false, version: { increment: 1 } },
      });
      if (remapTo && stored.isDefault) await passDefaultOn(tx, context, remapTo);
      return {
        result: undefined,
        before: snapshot(stored),
        after: null,
        target: { type: 'role', id: roleId, label: stored.name },
        context: handedOn,
      };
    },
  );
}

async function requireUnused(tx: Tx, role: RoleDetail): Promise<null> {
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
  return null;
}

/** Giving the other role is a grant like any: it needs the right to give, and all that is given. */
async function handOn(context: RequestContext, { tx, access }: ChangeScope, role: RoleDetail, remapTo: string) {
  const { tenantId } = context.scope;
  requirePermission(access, 'roles:assign');
  if (remapTo === role.id) throw new AppError('validation_failed', { errors: { remapTo: ['same_role'] } });

  for (const child of role.children) {
    await tx.role.update({
      where: { tenantId_id: { tenantId, id: child.id } },
      data: { parentRoleId: role.parent?.id ?? null, version: { increment: 1 } },
    });
  }
  await settle(tx, access, tenantId, role.id);
  for (const child of role.children) await recordVersion(tx, context, child.id, undefined);

  const given = (await permissionsOfRoles(tx, tenantId, [remapTo])).get(remapTo);
  assertCanGrant(access, given?.grants ?? [], null);
  const members = await remapAssignments(tx, { tenantId, from: role.id, to: remapTo, by: context.actor.id });
  const invitations = await remapInvitations(tx, { tenantId, from: role.id, to: remapTo });
  return {
    remappedTo: { id: remapTo, name: given?.name ?? null },
    members,
    invitations,
    roles: role.children.map(({ id, name }) => ({ id, name })),
  };
}

/** Newcomers get the other role from now on; an owner role is nobody's by default. */
async function passDefaultOn(tx: Tx, context: RequestContext, roleId: string): Promise<void> {
  const { tenantId } = context.scope;
  const { count } = await tx.role.updateMany({
    where: { tenantId, id: roleId, isOwner: false },
    data: { isDefault: true, version: { increment: 1 } },
  });
  if (count > 0) await recordVersion(tx, context, roleId, undefined);
}
