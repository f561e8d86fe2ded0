import type { RoleRef } from '../../core/schema.ts';
import type { Tx } from '../../db/tenant-tx.ts';
import type { Term } from '../conditions.ts';
import { canGrant, holdsAll, permissionsOfRoles, type RoleGrant } from '../grants.ts';
import { isTenantUsable } from '../tenant-status.ts';
import { findEligibleGrantors } from './eligible-grantors.ts';
import type { Missing } from './explain.ts';
import type { LiveSnapshot } from './read-now.ts';
import type { AccessExplanation } from './schema.ts';

type Grant = AccessExplanation['grants'][number];
type Suggestion = Pick<AccessExplanation, 'grants' | 'eligibleGrantors'>;

const MAX_GRANTS = 5;
const NOTHING: Suggestion = { grants: [], eligibleGrantors: [] };

/** Returns the grants that would allow the access, smallest first, and the members who could make the first of them. */
export async function suggestGrants(tx: Tx, snapshot: LiveSnapshot, { reason }: Missing): Promise<Suggestion> {
  const { standing, assignments } = snapshot;
  const isUsable = isTenantUsable(standing.tenantStatus);
  const isActive = standing.membership?.status === 'active';
  const hasRole = assignments.some(({ state, conditionsMet }) => state === 'current' && conditionsMet);
  switch (reason) {
    case 'unknown_permission':
    case 'permission_retired':
    case 'unknown_user':
    case 'user_deleted':
      return NOTHING;
    case 'user_banned':
      return { ...NOTHING, grants: [{ kind: 'lift_ban', isSufficient: isUsable && isActive && hasRole }] };
    case 'tenant_not_active':
      return {
        grants: [{ kind: 'reactivate_tenant', isSufficient: isActive && hasRole }],
        eligibleGrantors: await findEligibleGrantors(tx, { rights: ['tenants:update', 'tenant:read'] }),
      };
    case 'not_a_member':
      return suggestInvitation(tx, snapshot);
    case 'membership_suspended':
      return suggestReactivation(tx, snapshot, hasRole);
    default:
      return suggestRole(tx, snapshot);
  }
}

async function suggestInvitation(tx: Tx, snapshot: LiveSnapshot): Promise<Suggestion> {
  // An invitation goes to an address.
  const smallest = snapshot.access.user?.email ? smallestFirst(snapshot, await grantingRoles(tx, snapshot)) : [];
  const [first] = smallest;
  if (!first) return NOTHING;
  const { grants, isDefault } = first.role;
  return {
    grants: smallest.map((found) => grantOf('invite', found)),
    eligibleGrantors: await findEligibleGrantors(tx, {
      rights: isDefault ? ['members:invite'] : ['members:invite', 'roles:assign'],
      grants,
      isEligible: (member) => canGrant(member, grants, null),
    }),
  };
}

async function suggestReactivation(tx: Tx, snapshot: LiveSnapshot, isSufficient: boolean): Promise<Suggestion> {
  const held = await heldByUser(tx, snapshot);
  return {
    grants: [{ kind: 'reactivate_member', isSufficient }],
    eligibleGrantors: await findEligibleGrantors(tx, {
      rights: ['members:update', 'members:read'],
      grants: held,
      isEligible: (member) => holdsAll(member, held),
    }),
  };
}

async function suggestRole(tx: Tx, snapshot: LiveSnapshot): Promise<Suggestion> {
  const wasAssigned = (role: RoleGrant) => snapshot.assignments.some((assignment) => assignment.role.id === role.id);
  const smallest = smallestFirst(snapshot, await grantingRoles(tx, snapshot), wasAssigned);
  const [first] = smallest;
  if (!first) return NOTHING;
  const held = await heldByUser(tx, snapshot);
  return {
    grants: smallest.map((found) => grantOf(wasAssigned(found.role) ? 'renew_role' : 'assign_role', found)),
    eligibleGrantors: await findEligibleGrantors(tx, {
      rights: ['roles:assign', 'members:read'],
      grants: [...first.role.grants, ...held],
      isEligible: (member) => holdsAll(member, held) && canGrant(member, first.role.grants, null),
    }),
  };
}

/** The roles that would grant the permission to this user, about this resource. */
async function grantingRoles(tx: Tx, { question, context }: LiveSnapshot): Promise<RoleGrant[]> {
  const { tenantId, permission } = question;
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT role_id::text AS id FROM granting_roles(${tenantId}::uuid, ${permission})
    WHERE grant_applies(alternatives, ${context}::jsonb, false)`;
  const ids = rows.map(({ id }) => id);
  return [...(await permissionsOfRoles(tx, tenantId, ids)).values()];
}

/** To change a member, one must hold what that member holds. */
async function heldByUser(tx: Tx, { question, assignedRoleIds }: LiveSnapshot) {
  const roles = await permissionsOfRoles(tx, question.tenantId, assignedRoleIds);
  return [...roles.values()].flatMap((role) => role.grants);
}

interface Candidate {
  role: RoleGrant;
  /** Permissions gained beyond the one asked for. */
  additionalPermissionCount: number;
}

function smallestFirst(
  { access, question }: LiveSnapshot,
  roles: RoleGrant[],
  isPreferred: (role: RoleGrant) => boolean = () => false,
): Candidate[] {
  const isGained = (code: string) =>
    code !== question.permission && !access.permissions.has(code) && !access.platformPermissions.has(code);
  return roles
    .map((role) => ({ role, additionalPermissionCount: role.permissions.filter(isGained).length }))
    .sort(
      (a, b) =>
        a.additionalPermissionCount - b.additionalPermissionCount ||
        Number(isPreferred(b.role)) - Number(isPreferred(a.role)) ||
        a.role.name.localeCompare(b.role.name),
    )
    .slice(0, MAX_GRANTS);
}

const grantOf = (
  kind: 'invite' | 'renew_role' | 'assign_role',
  { role: { id, key, name }, additionalPermissionCount }: Candidate,
): Grant => ({ kind, role: { id, key, name } satisfies RoleRef, additionalPermissionCount, isSufficient: true });

/** The terms of unmet conditions that fail. */
export async function unmetTerms(tx: Tx, { conditions }: Missing, context: string): Promise<Term[]> {
  const rows = await tx.$queryRaw<{ term: Term }[]>`
    SELECT term FROM jsonb_array_elements(${JSON.stringify(conditions ?? [])}::jsonb) AS term
    WHERE NOT conditions_hold(jsonb_build_array(term), ${context}::jsonb)`;
  return rows.map(({ term }) => term);
}
