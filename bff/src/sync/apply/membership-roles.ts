import type { Membership, Tenant } from '@rolecall/prisma/client';
import { hasOwner } from '../../access/assignments/owner.ts';
import { replaceAssignments } from '../../access/assignments/replace.ts';
import type { IdentityMembership } from '../../core/identity-provider.ts';
import { roleRef } from '../../core/schema.ts';
import type { Tx } from '../../db/tenant-tx.ts';
import type { SyncContext, SyncSettings } from '../context.ts';
import { findOrganizationRole, type NamedRole, pullsRoles, pushesRoles } from '../role-names.ts';

type Role = NamedRole & { tenantId: string };

interface Assignment {
  roleId: string;
  isPrimary: boolean;
  validUntil: Date | null;
  grantedBy: string | null;
}

/** The roles a new or returning member starts with; the first is the primary one. */
export async function initialRoles(
  tx: Tx,
  tenant: Tenant,
  update: IdentityMembership,
  { settings }: SyncContext,
): Promise<Role[]> {
  const roles = await tenantRoles(tx, tenant.id);
  const owner = (await isFirstOwner(tx, tenant, update)) ? roles.find((role) => role.isOwner) : undefined;
  return [...new Set([owner, mappedRole(roles, update, settings)])].filter((role) => role !== undefined);
}

/**
 * Replaces the role that the provider granted before by the one it grants now. Roles assigned in the console stay, and so does the
 * owner role. A role that the provider has not changed changes nothing, because what happened here since is newer; nor does a
 * change of its while a role assigned here is on its way to the provider.
 */
export async function updateRoles(
  tx: Tx,
  tenant: Tenant,
  membership: Membership,
  update: IdentityMembership,
  ctx: SyncContext,
) {
  const tenantId = tenant.id;
  const roles = await tenantRoles(tx, tenantId);
  const before: Assignment[] = await tx.membershipRole.findMany({
    where: { tenantId, membershipId: membership.id, ...activeAssignment() },
  });
  const isOwner = (roleId: string) => roles.some((role) => role.id === roleId && role.isOwner);
  const owner = (await isFirstOwner(tx, tenant, update)) ? roles.find((role) => role.isOwner) : undefined;
  const isNews = ctx.reapplyRoles || membership.identityRole !== update.role;
  const isPulled = isNews && pullsRoles(ctx.settings) && !(await hasPendingPush(tx, tenantId, update.userId, ctx));
  const mapped = isPulled ? mappedRole(roles, update, ctx.settings) : undefined;

  // A provider that never knew this membership granted none of its roles.
  const isKnown = membership.identityRole !== null;
  const unchanged =
    isPulled && isKnown
      ? before.filter((role) => role.grantedBy !== null || role.roleId === mapped?.id || isOwner(role.roleId))
      : before;
  const added = [...new Set([owner, mapped])]
    .filter((role) => role !== undefined)
    .filter((role) => !unchanged.some(({ roleId }) => roleId === role.id));
  const hasPrimary = unchanged.some((role) => role.isPrimary);
  const after = [
    ...unchanged,
    ...added.map(({ id }, index) => ({ roleId: id, isPrimary: !hasPrimary && index === 0, validUntil: null })),
  ];
  const isChanged = added.length > 0 || unchanged.length < before.length;
  if (isChanged) {
    await replaceAssignments(tx, {
      ...{ tenantId, memberId: membership.id, userId: membership.userId, by: null },
      wanted: after,
    });
  }
  const refsOf = (assignments: { roleId: string }[]) =>
    roles.filter(({ id }) => assignments.some(({ roleId }) => roleId === id)).map(roleRef);
  return { before: refsOf(before), after: refsOf(after), isChanged, isFirstOwner: owner !== undefined };
}

const tenantRoles = (tx: Tx, tenantId: string): Promise<Role[]> =>
  tx.role.findMany({ where: { tenantId, deletedAt: null }, orderBy: { name: 'asc' } });

/** The tenant's role of the provider's name, else its default role. */
function mappedRole(roles: readonly Role[], update: IdentityMembership, settings: SyncSettings): Role | undefined {
  const named = pullsRoles(settings) ? findOrganizationRole(roles, update.role) : undefined;
  return named ?? roles.find((role) => role.isDefault);
}

/** Neither ended nor expired. */
export const activeAssignment = () => ({
  endedAt: null,
  OR: [{ validUntil: null }, { validUntil: { gt: new Date() } }],
});

/** A role that was changed here is on its way to the provider, and newer than what comes from there. */
export async function hasPendingPush(tx: Tx, tenantId: string, userId: string, ctx: SyncContext): Promise<boolean> {
  if (!pushesRoles(ctx.settings)) return false;
  return (await tx.identityPush.count({ where: { tenantId, objectId: userId, status: 'pending' } })) > 0;
}

/** A tenant's first owner is the creator of the organization; where that user is unknown or deleted, its first admin. */
async function isFirstOwner(tx: Tx, tenant: Tenant, update: IdentityMembership): Promise<boolean> {
  if (tenant.ownerlessSince || (await hasOwner(tx, tenant.id))) return false;
  const creator = update.organization.createdBy;
  if (creator === update.userId) return true;
  if (update.role !== 'org:admin') return false;
  if (!creator) return true;
  const hasLeft = {
    OR: [{ deletedAt: { not: null } }, { memberships: { some: { tenantId: tenant.id, status: 'left' as const } } }],
  };
  return (await tx.user.count({ where: { id: creator, ...hasLeft } })) > 0;
}
