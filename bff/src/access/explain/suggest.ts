import type { Tx } from '../../db/tenant-tx.ts';
import type { ActorAccess } from '../actor.ts';
import { canGrant, holdsAll } from '../grants.ts';
import { PLATFORM_TENANT_ID } from '../permissions.ts';
import { isTenantUsable } from '../tenant-status.ts';
import { type Criteria, findEligibleGrantors, isEligibleGrantor } from './eligible-grantors.ts';
import type { Missing } from './explain.ts';
import { grantingRoles, heldByUser, smallestFirst, stateOfRole } from './granting-roles.ts';
import type { LiveSnapshot } from './read-now.ts';
import type { AccessExplanation } from './schema.ts';
import { unmetTerms } from './unmet-terms.ts';

type Grant = AccessExplanation['grants'][number];
type OmitEach<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;

/** A grant that would help, and what it takes to make it; null where no one can make it in Rolecall. */
interface Option {
  grant: OmitEach<Grant, 'canGrant'>;
  requires: Criteria | null;
}

/** Returns the grants that would allow the access, smallest first, and the members who could make the first of them. */
export async function suggestGrants(
  tx: Tx,
  caller: ActorAccess,
  snapshot: LiveSnapshot,
  { reason }: Missing,
): Promise<Pick<AccessExplanation, 'grants' | 'eligibleGrantors'>> {
  const options = await optionsFor(tx, snapshot, reason);
  const first = options[0]?.requires;
  return {
    grants: options.map(({ grant, requires }) => ({
      ...grant,
      canGrant: requires !== null && isEligibleGrantor(caller, requires),
    })),
    eligibleGrantors: first ? await findEligibleGrantors(tx, first) : [],
  };
}

async function optionsFor(tx: Tx, snapshot: LiveSnapshot, reason: Missing['reason']): Promise<Option[]> {
  const { standing, assignments } = snapshot;
  const isUsable = isTenantUsable(standing.tenantStatus);
  const isActive = standing.membership?.status === 'active';
  const hasRole = assignments.some(({ state, conditionsMet }) => state === 'current' && conditionsMet);
  switch (reason) {
    case 'unknown_permission':
    case 'unknown_user':
    case 'user_deleted':
    case 'platform_only':
      return [];
    case 'permission_retired':
      return restorePermission(tx, snapshot);
    case 'user_banned':
      return [{ grant: { kind: 'lift_ban', isSufficient: isUsable && isActive && hasRole }, requires: null }];
    case 'tenant_not_active':
      return [
        {
          grant: { kind: 'reactivate_tenant', isSufficient: isActive && hasRole },
          requires: { rights: ['tenants:update', 'tenant:read'] },
        },
      ];
    case 'not_a_member':
    case 'membership_ended':
      return invite(tx, snapshot);
    case 'membership_suspended':
      return [await reactivateMember(tx, snapshot, hasRole)];
    default:
      return assignRole(tx, snapshot);
  }
}

/** Permissions of Rolecall itself are retired by its code only. */
async function restorePermission(tx: Tx, { permission, access, context }: LiveSnapshot): Promise<Option[]> {
  if (permission.isSystem) return [];
  const held = [access.conditionalGrants, access.platformConditionalGrants].flatMap(
    (grants) => grants[permission.code] ?? [],
  );
  const unmet = await Promise.all(
    held.map(({ conditions }) => (conditions ? unmetTerms(tx, conditions, context) : [])),
  );
  return [
    {
      grant: { kind: 'restore_permission', isSufficient: unmet.some((terms) => terms.length === 0) },
      requires: { rights: ['permissions:update'] },
    },
  ];
}

/** No one becomes staff because a permission is missing: the platform's own tenant suggests no invitation. */
async function invite(tx: Tx, snapshot: LiveSnapshot): Promise<Option[]> {
  const { tenantId } = snapshot.question;
  const emailKey = snapshot.access.user?.emailKey;
  if (!emailKey || tenantId === PLATFORM_TENANT_ID) return [];
  const roles = await grantingRoles(tx, snapshot);
  const pending = await tx.invitation.findFirst({
    where: { tenantId, emailKey, status: 'pending', expiresAt: { gt: new Date() } },
    select: { id: true, expiresAt: true, roles: { select: { roleId: true } } },
  });
  if (pending) {
    const isSufficient = pending.roles.some(({ roleId }) => roles.some(({ id }) => id === roleId));
    const invitation = { invitationId: pending.id, expiresAt: pending.expiresAt.toISOString() };
    return [{ grant: { kind: 'accept_invitation', ...invitation, isSufficient }, requires: null }];
  }
  return smallestFirst(snapshot, roles).map(({ role, grant }) => ({
    grant: { kind: 'invite', ...grant },
    requires: {
      rights: role.isDefault ? ['members:invite'] : ['members:invite', 'roles:assign'],
      grants: role.grants,
      isEligible: (member) => canGrant(member, role.grants, null),
    },
  }));
}

async function reactivateMember(tx: Tx, snapshot: LiveSnapshot, isSufficient: boolean): Promise<Option> {
  const held = await heldByUser(tx, snapshot);
  return {
    grant: { kind: 'reactivate_member', isSufficient },
    requires: {
      rights: ['members:update', 'members:read'],
      grants: held,
      isEligible: (member) => holdsAll(member, held),
    },
  };
}

async function assignRole(tx: Tx, snapshot: LiveSnapshot): Promise<Option[]> {
  const roles = await grantingRoles(tx, snapshot);
  const held = await heldByUser(tx, snapshot);
  return smallestFirst(snapshot, roles).map(({ role, grant }) => {
    const state = stateOfRole(snapshot, role);
    return {
      grant: { kind: state === 'upcoming' ? 'start_role' : state ? 'renew_role' : 'assign_role', ...grant },
      requires: {
        rights: ['roles:assign', 'members:read'],
        grants: [...role.grants, ...held],
        isEligible: (member) => holdsAll(member, held) && canGrant(member, role.grants, null),
      },
    };
  });
}
