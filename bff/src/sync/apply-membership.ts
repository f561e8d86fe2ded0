import type { Membership, Tenant, User } from 'database/client';
import { v7 as uuid } from 'uuid';
import type { Tx } from '../db/tenant-tx.ts';
import type { IdentityMembership } from '../identity/provider.ts';
import { ensureTenant } from './apply-organization.ts';
import { ensureUser } from './apply-user.ts';
import { type Applied, lockUser, recordSync, type SyncCause } from './cause.ts';
import { endMembership } from './end-membership.ts';
import { mapRoles } from './map-roles.ts';

/** Makes somebody a member, or changes what the provider gave them. What was given in the console stays. */
export async function applyMembership(tx: Tx, given: IdentityMembership, cause: SyncCause): Promise<Applied> {
  const place = await locate(tx, given, cause);
  if (!place || isOver(place.stored, given)) return 'ignored';
  const { tenant, user, stored } = place;
  const joins = !stored || stored.status === 'left';
  const membership = stored ?? (await create(tx, tenant.id, user, given, { source: 'identity' }));
  const roles = await mapRoles(tx, tenant, membership, given);
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

/** Ends exactly the membership of this id: one that was made anew since has another id, and stays. */
export async function applyMembershipDeleted(tx: Tx, given: IdentityMembership, cause: SyncCause): Promise<Applied> {
  const place = await locate(tx, given, cause);
  if (!place) return 'ignored';
  const { tenant, user, stored } = place;
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
  if (stored.identityMembershipId !== given.id || stored.status === 'left') return 'ignored';
  await endMembership(tx, stored, cause, BigInt(given.updatedAt));
  return 'applied';
}

interface Place {
  tenant: Tenant;
  user: User;
  stored: Membership | null;
}

// Locks person, organization and tenant, in this order; null when one of them is gone for ever.
async function locate(tx: Tx, given: IdentityMembership, cause: SyncCause): Promise<Place | null> {
  await lockUser(tx, given.userId);
  const known = await tx.user.findFirst({ where: { id: given.userId } });
  if (known?.deletedAt) return null;
  const tenant = await ensureTenant(tx, given.organization, cause);
  if (tenant.status === 'archived') return null;
  const user = known ?? (await ensureUser(tx, given.userId, cause));
  const stored = await tx.membership.findFirst({ where: { tenantId: tenant.id, userId: user.id } });
  return { tenant, user, stored };
}

const isOver = (stored: Membership | null, given: IdentityMembership): boolean =>
  stored !== null &&
  (stored.identityUpdatedAt > BigInt(given.updatedAt) ||
    (stored.status === 'left' && stored.identityMembershipId === given.id));

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
      identityMembershipId: given.id,
      identityUpdatedAt: BigInt(given.updatedAt),
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
      identityMembershipId: given.id,
      identityUpdatedAt: BigInt(given.updatedAt),
      ...(how.isChanged ? { version: { increment: 1 } } : {}),
      ...(how.joins ? { status: 'active' as const, leftAt: null } : {}),
    },
  });
