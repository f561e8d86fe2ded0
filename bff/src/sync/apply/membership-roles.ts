import type { Membership, Tenant } from 'database/client';
import { hasOwner } from '../../access/assignments/owner.ts';
import { replaceAssignments } from '../../access/assignments/replace.ts';
import type { IdentityMembership } from '../../core/identity-provider.ts';
import type { Tx } from '../../db/tenant-tx.ts';
import type { SyncContext } from '../context.ts';
import { roleOfOrganization, rolesComeIn, rolesGoOut } from '../role-names.ts';

interface Held {
  roleId: string;
  isPrimary: boolean;
  validUntil: Date | null;
  grantedBy: string | null;
}
interface Mapping {
  cause: SyncContext;
  /** They are new here, or come back. */
  joins: boolean;
}

/**
 * Replaces what the provider gave before by what it gives now: the tenant's role of that name, else its default role. Roles
 * given in the console stay, and so does an owner's. Where the provider says of a role what it said before, nothing changes:
 * what people did here since is newer. The same while the provider was not yet told of what they did.
 */
export async function mapRoles(
  tx: Tx,
  tenant: Tenant,
  membership: Membership,
  given: IdentityMembership,
  { cause, joins }: Mapping,
) {
  const tenantId = tenant.id;
  const roles = await tx.role.findMany({ where: { tenantId, deletedAt: null }, orderBy: { name: 'asc' } });
  const held: Held[] = await tx.membershipRole.findMany({
    where: { tenantId, membershipId: membership.id, ...living() },
  });
  const isOwner = (roleId: string) => roles.some((role) => role.id === roleId && role.isOwner);
  const first = (await isFirstOwner(tx, tenant, given)) ? roles.find((role) => role.isOwner) : undefined;
  const isNews = joins || cause.repairsRoles || membership.identityRole !== given.role;
  const counts =
    isNews && (joins || (rolesComeIn(cause.settings) && !(await isToBeTold(tx, tenantId, given.userId, cause))));
  const named = rolesComeIn(cause.settings) ? roleOfOrganization(roles, given.role) : undefined;
  const mapped = counts ? (named ?? roles.find((role) => role.isDefault)) : undefined;

  const kept = counts
    ? held.filter((role) => role.grantedBy !== null || role.roleId === mapped?.id || isOwner(role.roleId))
    : held;
  const added = [...new Set([first, mapped])]
    .filter((role) => role !== undefined)
    .filter((role) => !kept.some(({ roleId }) => roleId === role.id));
  const hasPrimary = kept.some((role) => role.isPrimary);
  const before = held.map(({ roleId }) => roleId);
  const after = [...kept.map(({ roleId }) => roleId), ...added.map(({ id }) => id)];
  const isChanged = before.length !== after.length || before.some((id) => !after.includes(id));
  if (isChanged) {
    await replaceAssignments(tx, {
      tenantId,
      memberId: membership.id,
      userId: membership.userId,
      by: null,
      wanted: [
        ...kept,
        ...added.map(({ id }, index) => ({ roleId: id, isPrimary: !hasPrimary && index === 0, validUntil: null })),
      ],
    });
  }
  const tell = (ids: string[]) => roles.filter(({ id }) => ids.includes(id)).map(({ id, name }) => ({ id, name }));
  return { before: tell(before), after: tell(after), isChanged };
}

/** Not ended, neither by anybody nor by its time. */
export const living = () => ({ endedAt: null, OR: [{ validUntil: null }, { validUntil: { gt: new Date() } }] });

/** What people changed here is on its way to the provider, and newer than what comes from there. */
export async function isToBeTold(tx: Tx, tenantId: string, userId: string, cause: SyncContext): Promise<boolean> {
  if (!rolesGoOut(cause.settings)) return false;
  return (await tx.identityPush.count({ where: { tenantId, objectId: userId, status: 'pending' } })) > 0;
}

/** A tenant's first owner is who made the organization; where they are unknown or gone, its first admin. */
async function isFirstOwner(tx: Tx, tenant: Tenant, given: IdentityMembership): Promise<boolean> {
  if (tenant.ownerlessSince || (await hasOwner(tx, tenant.id))) return false;
  const creator = given.organization.createdBy;
  if (creator === given.userId) return true;
  if (given.role !== 'org:admin') return false;
  if (!creator) return true;
  const gone = {
    OR: [{ deletedAt: { not: null } }, { memberships: { some: { tenantId: tenant.id, status: 'left' as const } } }],
  };
  return (await tx.user.count({ where: { id: creator, ...gone } })) > 0;
}
