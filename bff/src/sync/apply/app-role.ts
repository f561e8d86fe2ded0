import { withPrimary } from '../../access/assignments/primary.ts';
import { replaceAssignments } from '../../access/assignments/replace.ts';
import { roleRef } from '../../core/schema.ts';
import type { Tx } from '../../db/tenant-tx.ts';
import { type AppliedUserUpdate, recordSync } from '../context.ts';
import { decideAppRole, type RoleRefusal } from '../decide-app-role.ts';
import { activeAssignment, hasPendingPush } from './membership-roles.ts';

/**
 * Makes public_metadata.role the primary role in the default tenant. A role that the provider may not grant is audited as refused
 * and changes nothing. So is an absent one, unless it revokes the role that the provider granted before. The caller holds the
 * tenant's lock.
 */
export async function applyAppRole(
  tx: Tx,
  tenantId: string,
  { user, previousRole, ctx }: AppliedUserUpdate,
): Promise<void> {
  const member = await tx.membership.findFirst({ where: { tenantId, userId: user.id } });
  if (!member || member.status === 'left' || (await hasPendingPush(tx, tenantId, user.id, ctx))) return;
  const roles = await tx.role.findMany({ where: { tenantId, deletedAt: null }, orderBy: { name: 'asc' } });
  const held = await tx.membershipRole.findMany({
    where: { tenantId, membershipId: member.id, ...activeAssignment() },
  });
  const assignment = held.find(({ isPrimary }) => isPrimary);
  const primary = roles.find(({ id }) => id === assignment?.roleId);
  const current = { roles, primary, grantedBy: assignment?.grantedBy ?? null, providerRole: previousRole };
  const decision = decideAppRole(current, user.role, ctx.settings);
  if (decision.outcome === 'agrees' || (decision.outcome === 'refused' && user.role === previousRole)) return;

  const entry = { tenantId, category: 'membership' as const, subjectId: user.id, context: { identityRole: user.role } };
  const target = { type: 'member', id: member.id, label: null };
  if (decision.outcome === 'refused') {
    const reason = REASONS[decision.note];
    await recordSync(tx, ctx, { ...entry, action: 'member.role_refused', severity: 'notice', target, reason });
    return;
  }
  const refsOf = (ids: string[]) => roles.filter(({ id }) => ids.includes(id)).map(roleRef);
  const after = withPrimary(held, decision.role.id);
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

const REASONS: Record<RoleRefusal, string> = {
  push_refused: 'The identity provider refused the current role, and its own has not changed since',
  not_pullable: 'Roles are not pulled from the identity provider, or it may not remove the current one',
  role_absent: 'The identity provider names no role, and the current one was assigned here',
  role_unknown: 'The identity provider names no role that it may grant here',
};
