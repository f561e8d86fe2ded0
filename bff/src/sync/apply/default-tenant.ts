import { joinTenant } from '../../access/assignments/join-tenant.ts';
import { roleRef } from '../../core/schema.ts';
import { lockTenant } from '../../db/locks.ts';
import type { Tx } from '../../db/tenant-tx.ts';
import { type AppliedUserUpdate, recordSyncBatch, type SyncContext } from '../context.ts';
import { findAppRole, findRoleNamed, type NamedRole, pullsRoles } from '../role-names.ts';
import { applyAppRole } from './app-role.ts';

export interface Newcomer {
  userId: string;
  /** public_metadata.role */
  role: string | null;
  /** The role they chose at sign-up. */
  chosenRole: string | null;
  ctx: SyncContext;
}

/** All users belong to the default tenant, where there is one; public_metadata.role is their primary role there. */
export async function applyDefaultTenant(tx: Tx, applied: readonly AppliedUserUpdate[]): Promise<void> {
  const slug = applied[0]?.ctx.settings.defaultTenant;
  if (!slug) return;
  const tenant = await tx.tenant.findFirst({ where: { slug, isDefault: true, status: { not: 'archived' } } });
  if (!tenant) return;
  const ids = applied.map(({ user }) => user.id);
  const members = await tx.membership.findMany({
    where: { tenantId: tenant.id, userId: { in: ids } },
    select: { userId: true },
  });
  const isMember = (id: string) => members.some(({ userId }) => userId === id);
  const newcomers = applied.filter(({ user }) => !isMember(user.id));
  const withNewRole = applied.filter(
    ({ user, previousRole, ctx }) => isMember(user.id) && (ctx.reapplyRoles || user.role !== previousRole),
  );
  if (newcomers.length > 0) {
    await joinDefaultTenant(
      tx,
      tenant.id,
      newcomers.map(({ user, ctx }) => ({
        userId: user.id,
        role: user.role,
        chosenRole: user.chosenRole ?? null,
        ctx,
      })),
    );
  }
  if (withNewRole.length === 0) return;
  await lockTenant(tx, tenant.id);
  for (const update of withNewRole) await applyAppRole(tx, tenant.id, update);
}

/** An existing membership, even an ended one, stays as it is: a removed user does not come back with the next update. */
export async function joinDefaultTenant(tx: Tx, tenantId: string, newcomers: readonly Newcomer[]): Promise<void> {
  await lockTenant(tx, tenantId);
  const roles = await tx.role.findMany({ where: { tenantId, deletedAt: null }, orderBy: { name: 'asc' } });
  const joins = newcomers.flatMap((newcomer) => {
    const { role, isChosen } = initialRole(roles, newcomer);
    if (!role) return [];
    // A choice is a grant of the user's own, and is pushed to the provider like any other.
    const common = { tenantId, source: 'identity', grantedBy: isChosen ? newcomer.userId : null } as const;
    return [{ ...newcomer, ...common, roleIds: [role.id], joinedRole: roleRef(role) }];
  });
  const joined = await joinTenant(tx, joins);
  await recordSyncBatch(
    tx,
    joined.map(({ memberId, userId, joinedRole, grantedBy, ctx }) => ({
      ctx,
      tenantId,
      action: 'member.joined',
      category: 'membership',
      subjectId: userId,
      target: { type: 'member', id: memberId, label: null },
      after: { status: 'active', roles: [joinedRole], ...(grantedBy === null ? {} : { isSelfAssigned: true }) },
    })),
  );
}

type Role = NamedRole & { isSelfAssignable: boolean };

function initialRole(roles: readonly Role[], { role, chosenRole, ctx }: Newcomer) {
  const mapped = pullsRoles(ctx.settings) ? findAppRole(roles, role) : undefined;
  if (mapped) return { role: mapped, isChosen: false };
  const choices = roles.filter((one) => one.isSelfAssignable && !one.isOwner);
  const chosen = findRoleNamed(choices, chosenRole);
  return { role: chosen ?? roles.find((one) => one.isDefault), isChosen: chosen !== undefined };
}
