import type { z } from 'zod';
import { type ActorAccess, readAccess } from '../../access/actor.ts';
import { replaceAssignments } from '../../access/assignments/replace.ts';
import { isTenantUsable } from '../../access/tenant-status.ts';
import { change } from '../../audit/change.ts';
import type { RequestContext } from '../../core/context.ts';
import { AppError } from '../../core/errors.ts';
import { roleRef } from '../../core/schema.ts';
import { tenantRead } from '../../db/tenant-tx.ts';
import { listRoleChoices, rolesToChoose } from './queries.ts';
import type { RoleChoice, RoleChoices } from './schema.ts';

/**
 * Assigns a self-assignable role to its user, once, in place of the default role. Needs no permission beyond the role being
 * self-assignable. Throws not_found or role_already_chosen.
 */
export async function chooseRole(
  request: RequestContext,
  { tenantId, roleId }: z.output<typeof RoleChoice>,
): Promise<RoleChoices> {
  const context = { ...request, scope: { ...request.scope, tenantId } };
  const userId = request.scope.userId ?? '';
  // Before the tenant's queue and lock, which strangers must not hold up.
  if (!isActiveMember(await tenantRead(request.services.db.server, context.scope, readAccess)))
    throw new AppError('not_found');
  await change(
    context,
    { action: 'member.roles_changed', category: 'membership', permission: null },
    async ({ tx, access }) => {
      const role = await tx.role.findFirst({
        where: { tenantId, id: roleId, isSelfAssignable: true, isOwner: false, deletedAt: null },
      });
      if (!isActiveMember(access) || !role) throw new AppError('not_found');
      const choices = await rolesToChoose(tx, userId);
      if (!choices.some(({ id }) => id === roleId)) throw new AppError('role_already_chosen');

      const memberId = access.membership?.id ?? '';
      const held = await tx.membershipRole.findMany({
        where: { tenantId, membershipId: memberId, endedAt: null },
        include: { role: true },
      });
      const own = { tenantId, memberId, userId, by: userId };
      // A chosen default role counts as a choice: the user is not asked again.
      await replaceAssignments(tx, { ...own, wanted: [] });
      await replaceAssignments(tx, { ...own, wanted: [{ roleId, isPrimary: true, validUntil: null }] });
      await tx.membership.update({
        where: { tenantId_id: { tenantId, id: memberId } },
        data: { version: { increment: 1 } },
      });
      return {
        result: undefined,
        before: { roles: held.map((assignment) => roleRef(assignment.role)) },
        after: { roles: [roleRef(role)], isSelfAssigned: true },
        target: { type: 'member', id: memberId, label: null },
        subjectId: userId,
      };
    },
  );
  return listRoleChoices(request);
}

const isActiveMember = ({ membership, tenant }: ActorAccess): boolean =>
  membership?.status === 'active' && tenant?.kind === 'customer' && isTenantUsable(tenant.status);
