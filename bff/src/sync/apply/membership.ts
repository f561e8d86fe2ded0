import type { Membership, Tenant, User } from '@rolecall/prisma/client';
import { v7 as uuid } from 'uuid';
import { joinOrRejoinTenant } from '../../access/assignments/join-tenant.ts';
import type { IdentityMembership } from '../../core/identity-provider.ts';
import { roleRef } from '../../core/schema.ts';
import type { Tx } from '../../db/tenant-tx.ts';
import {
  type ApplyOutcome,
  type FinalStatus,
  lockOrganization,
  lockUser,
  recordSync,
  type SyncContext,
  type TieBreak,
} from '../context.ts';
import { endMembership } from './membership-end.ts';
import { decideMembership } from './membership-order.ts';
import { initialRoles, updateRoles } from './membership-roles.ts';
import { ensureTenant } from './organization.ts';
import { CANNOT_ACT, raiseOwnerlessAlarm } from './ownerless.ts';
import { ensureUser } from './user.ts';

/** Adds a member, or changes the role that the provider granted. Roles assigned in the console stay. */
export function applyMembership(tx: Tx, update: IdentityMembership, ctx: SyncContext): Promise<FinalStatus>;
export function applyMembership(
  tx: Tx,
  update: IdentityMembership,
  ctx: SyncContext,
  tieBreak: TieBreak,
): Promise<ApplyOutcome>;
export async function applyMembership(
  tx: Tx,
  update: IdentityMembership,
  ctx: SyncContext,
  tieBreak: TieBreak = 'accept',
): Promise<ApplyOutcome> {
  const found = await lockAndLoad(tx, update, ctx);
  if (!found) return 'ignored';
  const { tenant, stored } = found;
  const outcome = decideMembership(stored, update, { isEnd: false, tieBreak });
  if (outcome !== 'applied') return outcome;
  if (stored && stored.status !== 'left') await change(tx, tenant, stored, update, ctx);
  else await join(tx, tenant, update, ctx);
  return 'applied';
}

async function join(tx: Tx, tenant: Tenant, update: IdentityMembership, ctx: SyncContext): Promise<void> {
  const roles = await initialRoles(tx, tenant, update, ctx);
  const memberId = await joinOrRejoinTenant(tx, {
    ...{ tenantId: tenant.id, userId: update.userId, source: 'identity', grantedBy: null, identity: update },
    roleIds: roles.map(({ id }) => id),
  });
  await recordMember(tx, { tenantId: tenant.id, id: memberId, userId: update.userId }, ctx, {
    action: 'member.joined',
    after: { status: 'active', roles: roles.map(roleRef) },
    context: { identityRole: update.role },
  });
  if (roles.some(({ isOwner }) => isOwner)) await raiseOwnerlessAlarm(tx, tenant.id, ctx, CANNOT_ACT);
}

async function change(tx: Tx, tenant: Tenant, stored: Membership, update: IdentityMembership, ctx: SyncContext) {
  const roles = await updateRoles(tx, tenant, stored, update, ctx);
  await touch(tx, stored, update, roles.isChanged ? { version: { increment: 1 } } : {});
  if (!roles.isChanged) return;
  await recordMember(tx, stored, ctx, {
    action: 'member.roles_changed',
    before: { roles: roles.before },
    after: { roles: roles.after },
    context: { identityRole: update.role },
  });
  if (roles.isFirstOwner) await raiseOwnerlessAlarm(tx, tenant.id, ctx, CANNOT_ACT);
}

/** Ends the membership of this id, or an older one. A membership created again since has another id, and stays. */
export function applyMembershipDeleted(tx: Tx, update: IdentityMembership, ctx: SyncContext): Promise<FinalStatus>;
export function applyMembershipDeleted(
  tx: Tx,
  update: IdentityMembership,
  ctx: SyncContext,
  tieBreak: TieBreak,
): Promise<ApplyOutcome>;
export async function applyMembershipDeleted(
  tx: Tx,
  update: IdentityMembership,
  ctx: SyncContext,
  tieBreak: TieBreak = 'accept',
): Promise<ApplyOutcome> {
  const found = await lockAndLoad(tx, update, ctx);
  if (!found) return 'ignored';
  const { tenant, user, stored } = found;
  const outcome = decideMembership(stored, update, { isEnd: true, tieBreak });
  if (outcome !== 'applied') return outcome;
  if (!stored) {
    // A tombstone, in case the creation of this membership comes later.
    const tombstone = await createTombstone(tx, tenant.id, user, update);
    await recordMember(tx, tombstone, ctx, { action: 'member.removed', after: { status: 'left' } });
    return 'applied';
  }
  if (stored.status === 'left') await touch(tx, stored, update);
  else await endMembership(tx, stored, ctx, { id: update.id, updatedAt: BigInt(update.updatedAt) });
  return 'applied';
}

/** Ends the membership that the provider no longer has. */
export async function applyMembershipMissing(
  tx: Tx,
  { userId, organizationId }: { userId: string; organizationId: string },
  ctx: SyncContext,
): Promise<FinalStatus> {
  await lockUser(tx, userId);
  await lockOrganization(tx, organizationId);
  const stored = await tx.membership.findFirst({
    where: { userId, tenant: { identityOrgId: organizationId }, status: { not: 'left' } },
  });
  if (!stored?.identityMembershipId) return 'ignored';
  await endMembership(tx, stored, ctx);
  return 'applied';
}

interface Found {
  tenant: Tenant;
  user: User;
  stored: Membership | null;
}

/** Locks user, organization and tenant, in this order. Returns null when one of them was deleted for good. */
async function lockAndLoad(tx: Tx, update: IdentityMembership, ctx: SyncContext): Promise<Found | null> {
  await lockUser(tx, update.userId);
  const known = await tx.user.findFirst({ where: { id: update.userId } });
  if (known?.deletedAt) return null;
  const tenant = await ensureTenant(tx, update.organization, ctx);
  if (tenant.status === 'archived') return null;
  const user = known ?? (await ensureUser(tx, update.userId, ctx));
  const stored = await tx.membership.findFirst({ where: { tenantId: tenant.id, userId: user.id } });
  return { tenant, user, stored };
}

const createTombstone = (tx: Tx, tenantId: string, user: User, update: IdentityMembership) =>
  tx.membership.create({
    data: {
      tenantId,
      id: uuid(),
      userId: user.id,
      ...identityOf(update),
      source: 'identity',
      status: 'left',
      leftAt: new Date(),
      sortName: user.sortName,
      searchText: user.searchText,
      createdAt: new Date(update.createdAt),
    },
  });

const touch = (tx: Tx, { tenantId, id }: Membership, update: IdentityMembership, more: object = {}) =>
  tx.membership.update({ where: { tenantId_id: { tenantId, id } }, data: { ...identityOf(update), ...more } });

const identityOf = ({ id, role, updatedAt }: IdentityMembership) => ({
  identityMembershipId: id,
  identityRole: role,
  identityUpdatedAt: BigInt(updatedAt),
});

type MemberEvent = Pick<Parameters<typeof recordSync>[2], 'action' | 'before' | 'after' | 'context'>;

const recordMember = (
  tx: Tx,
  { tenantId, id, userId }: Pick<Membership, 'tenantId' | 'id' | 'userId'>,
  ctx: SyncContext,
  event: MemberEvent,
) =>
  recordSync(tx, ctx, {
    tenantId,
    category: 'membership',
    subjectId: userId,
    target: { type: 'member', id, label: null },
    ...event,
  });
