import type { Membership, Tenant, User } from 'database/client';
import { v7 as uuid } from 'uuid';
import type { IdentityMembership } from '../../core/identity-provider.ts';
import type { Tx } from '../../db/tenant-tx.ts';
import { type Applied, lockOrganization, lockUser, recordSync, type SyncContext } from '../context.ts';
import { endMembership } from './membership-end.ts';
import { judgeMembership } from './membership-order.ts';
import { mapRoles } from './membership-roles.ts';
import { ensureTenant } from './organization.ts';
import { ensureUser, type Outcome, type Ties } from './user.ts';

/** Makes somebody a member, or changes what the provider gave them. What was given in the console stays. */
export function applyMembership(tx: Tx, given: IdentityMembership, cause: SyncContext): Promise<Applied>;
export function applyMembership(tx: Tx, given: IdentityMembership, cause: SyncContext, ties: Ties): Promise<Outcome>;
export async function applyMembership(
  tx: Tx,
  given: IdentityMembership,
  cause: SyncContext,
  ties: Ties = 'believe',
): Promise<Outcome> {
  const place = await locate(tx, given, cause);
  if (!place) return 'ignored';
  const { tenant, user, stored } = place;
  const verdict = judgeMembership(stored, given, { isEnd: false, ties });
  if (verdict !== 'applied') return verdict;
  const joins = !stored || stored.status === 'left';
  const membership = stored ?? (await create(tx, tenant.id, user, given, { source: 'identity' }));
  const roles = await mapRoles(tx, tenant, membership, given, { cause, joins });
  if (stored) await update(tx, stored, given, { joins, isChanged: joins || roles.isChanged });
  if (!joins && !roles.isChanged) return 'applied';
  await recordSync(tx, cause, {
    tenantId: tenant.id,
    action: joins ? 'member.joined' : 'member.roles_changed',
    category: 'membership',
    subjectId: user.id,
    target: { type: 'member', id: membership.id, label: null },
    before: joins ? null : { roles: roles.before },
    after: { ...(joins ? { status: 'active' } : {}), roles: roles.after },
    context: { identityRole: given.role },
  });
  return 'applied';
}

/** Ends exactly the membership of this id, or an older one: one that was made anew since has another id, and stays. */
export function applyMembershipDeleted(tx: Tx, given: IdentityMembership, cause: SyncContext): Promise<Applied>;
export function applyMembershipDeleted(
  tx: Tx,
  given: IdentityMembership,
  cause: SyncContext,
  ties: Ties,
): Promise<Outcome>;
export async function applyMembershipDeleted(
  tx: Tx,
  given: IdentityMembership,
  cause: SyncContext,
  ties: Ties = 'believe',
): Promise<Outcome> {
  const place = await locate(tx, given, cause);
  if (!place) return 'ignored';
  const { tenant, user, stored } = place;
  const verdict = judgeMembership(stored, given, { isEnd: true, ties });
  if (verdict !== 'applied') return verdict;
  if (!stored) {
    // A tombstone, should the creation of this membership come late.
    const { id } = await create(tx, tenant.id, user, given, { source: 'identity', status: 'left', leftAt: new Date() });
    await recordSync(tx, cause, {
      tenantId: tenant.id,
      action: 'member.removed',
      category: 'membership',
      subjectId: user.id,
      target: { type: 'member', id, label: null },
      after: { status: 'left' },
    });
    return 'applied';
  }
  if (stored.status === 'left') await update(tx, stored, given, { joins: false, isChanged: false });
  else await endMembership(tx, stored, cause, { id: given.id, updatedAt: BigInt(given.updatedAt) });
  return 'applied';
}

/** Ends whatever membership the provider once told of, when it says that there is none. */
export async function applyMembershipGone(
  tx: Tx,
  { userId, organizationId }: { userId: string; organizationId: string },
  cause: SyncContext,
): Promise<Applied> {
  await lockUser(tx, userId);
  await lockOrganization(tx, organizationId);
  const stored = await tx.membership.findFirst({
    where: { userId, tenant: { identityOrgId: organizationId }, status: { not: 'left' } },
  });
  if (!stored?.identityMembershipId) return 'ignored';
  await endMembership(tx, stored, cause);
  return 'applied';
}

interface Place {
  tenant: Tenant;
  user: User;
  stored: Membership | null;
}

// Locks person, organization and tenant, in this order; null when one of them is gone for ever.
async function locate(tx: Tx, given: IdentityMembership, cause: SyncContext): Promise<Place | null> {
  await lockUser(tx, given.userId);
  const known = await tx.user.findFirst({ where: { id: given.userId } });
  if (known?.deletedAt) return null;
  const tenant = await ensureTenant(tx, given.organization, cause);
  if (tenant.status === 'archived') return null;
  const user = known ?? (await ensureUser(tx, given.userId, cause));
  const stored = await tx.membership.findFirst({ where: { tenantId: tenant.id, userId: user.id } });
  return { tenant, user, stored };
}

const create = (
  tx: Tx,
  tenantId: string,
  user: User,
  given: IdentityMembership,
  how: Pick<Membership, 'source'> & Partial<Membership>,
) =>
  tx.membership.create({
    data: {
      tenantId,
      id: uuid(),
      userId: user.id,
      ...identityOf(given),
      sortName: user.sortName,
      searchText: user.searchText,
      createdAt: new Date(given.createdAt),
      ...how,
    },
  });

const update = (tx: Tx, stored: Membership, given: IdentityMembership, how: { joins: boolean; isChanged: boolean }) =>
  tx.membership.update({
    where: { tenantId_id: { tenantId: stored.tenantId, id: stored.id } },
    data: {
      ...identityOf(given),
      ...(how.isChanged ? { version: { increment: 1 } } : {}),
      ...(how.joins ? { status: 'active' as const, leftAt: null } : {}),
    },
  });

const identityOf = ({ id, role, updatedAt }: IdentityMembership) => ({
  identityMembershipId: id,
  identityRole: role,
  identityUpdatedAt: BigInt(updatedAt),
});
