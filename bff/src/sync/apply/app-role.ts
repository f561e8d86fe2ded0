import { withPrimary } from '../../access/assignments/primary.ts';
import { replaceAssignments } from '../../access/assignments/replace.ts';
import type { IdentityUser } from '../../core/identity-provider.ts';
import type { Tx } from '../../db/tenant-tx.ts';
import { recordSync, type SyncContext } from '../context.ts';
import { appRoleName, findAppRole, pullsRoles } from '../role-names.ts';
import { activeAssignment, hasPendingPush } from './membership-roles.ts';

/**
 * Makes public_metadata.role the primary role in the default tenant. A role that the provider may not grant is audited as refused
 * and changes nothing. The caller holds the tenant's lock.
 */
export async function applyAppRole(tx: Tx, tenantId: string, user: IdentityUser, ctx: SyncContext): Promise<void> {
  const member = await tx.membership.findFirst({ where: { tenantId, userId: user.id } });
  if (!member || member.status === 'left' || (await hasPendingPush(tx, tenantId, user.id, ctx))) return;
  const roles = await tx.role.findMany({ where: { tenantId, deletedAt: null }, orderBy: { name: 'asc' } });
  const held = await tx.membershipRole.findMany({
    where: { tenantId, membershipId: member.id, ...activeAssignment() },
  });
  const primary = roles.find(({ id }) => id === held.find(({ isPrimary }) => isPrimary)?.roleId);
  if (primary && (appRoleName(primary) === user.role || (user.role === null && primary.isDefault))) return;

  const next = user.role === null ? roles.find((role) => role.isDefault) : findAppRole(roles, user.role);
  const entry = { tenantId, category: 'membership', subjectId: user.id, context: { identityRole: user.role } };
  const target = { type: 'member', id: member.id, label: null };
  if (!next || primary?.isOwner || !pullsRoles(ctx.settings)) {
    const reason = pullsRoles(ctx.settings)
      ? 'The identity provider may not grant this role, or remove the current one'
      : 'Roles are not pulled from the identity provider';
    await recordSync(tx, ctx, { ...entry, action: 'member.role_refused', severity: 'notice', target, reason });
    return;
  }
  const refsOf = (ids: string[]) => roles.filter(({ id }) => ids.includes(id)).map(({ id, name }) => ({ id, name }));
  const after = withPrimary(held, next.id);
  await replaceAssignments(tx, { tenantId, memberId: member.id, userId: user.id, by: null, wanted: after });
  await tx.membership.update({
    where: { tenantId_id: { tenantId, id: member.id } },
    data: { version: { increment: 1 } },
  });
  await recordSync(tx, ctx, {
    ...entry,
    action: 'member.roles_changed',
    target,
    before: { roles: refsOf(held.map(({ roleId }) => roleId)) },
    after: { roles: refsOf(after.map(({ roleId }) => roleId)) },
  });
}
