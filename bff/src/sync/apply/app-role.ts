import { withPrimary } from '../../access/assignments/primary.ts';
import { replaceAssignments } from '../../access/assignments/replace.ts';
import type { IdentityUser } from '../../core/identity-provider.ts';
import type { Tx } from '../../db/tenant-tx.ts';
import { recordSync, type SyncContext } from '../context.ts';
import { appRoleName, roleOfAppName, rolesComeIn } from '../role-names.ts';
import { isToBeTold, living } from './membership-roles.ts';

/**
 * Takes public_metadata.role as the primary role in the default tenant, where the provider may give it; what it may not give is
 * recorded and changes nothing. The caller holds the tenant's lock.
 */
export async function takeAppRole(tx: Tx, tenantId: string, user: IdentityUser, cause: SyncContext): Promise<void> {
  const member = await tx.membership.findFirst({ where: { tenantId, userId: user.id } });
  if (!member || member.status === 'left' || (await isToBeTold(tx, tenantId, user.id, cause))) return;
  const roles = await tx.role.findMany({ where: { tenantId, deletedAt: null }, orderBy: { name: 'asc' } });
  const held = await tx.membershipRole.findMany({ where: { tenantId, membershipId: member.id, ...living() } });
  const primary = roles.find(({ id }) => id === held.find(({ isPrimary }) => isPrimary)?.roleId);
  if (primary && (appRoleName(primary) === user.role || (user.role === null && primary.isDefault))) return;

  const wanted = user.role === null ? roles.find((role) => role.isDefault) : roleOfAppName(roles, user.role);
  const about = { tenantId, category: 'membership', subjectId: user.id, context: { identityRole: user.role } };
  const target = { type: 'member', id: member.id, label: null };
  if (!wanted || primary?.isOwner || !rolesComeIn(cause.settings)) {
    const reason = rolesComeIn(cause.settings)
      ? 'The identity provider may not give this role, or take the one they hold'
      : 'Roles are not taken from the identity provider';
    await recordSync(tx, cause, { ...about, action: 'member.role_refused', severity: 'notice', target, reason });
    return;
  }
  const tell = (ids: string[]) => roles.filter(({ id }) => ids.includes(id)).map(({ id, name }) => ({ id, name }));
  const after = withPrimary(held, wanted.id);
  await replaceAssignments(tx, { tenantId, memberId: member.id, userId: user.id, by: null, wanted: after });
  await tx.membership.update({
    where: { tenantId_id: { tenantId, id: member.id } },
    data: { version: { increment: 1 } },
  });
  await recordSync(tx, cause, {
    ...about,
    action: 'member.roles_changed',
    target,
    before: { roles: tell(held.map(({ roleId }) => roleId)) },
    after: { roles: tell(after.map(({ roleId }) => roleId)) },
  });
}
