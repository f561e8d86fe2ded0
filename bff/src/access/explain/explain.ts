import type { RoleRef } from '../../core/schema.ts';
import { PLATFORM_TENANT_ID } from '../permissions.ts';
import { isTenantUsable } from '../tenant-status.ts';
import type { AccessExplanation } from './schema.ts';
import type { AccessSnapshot, GrantingAssignment, Standing } from './snapshot.ts';

type Path = AccessExplanation['paths'][number];
export type Missing = NonNullable<AccessExplanation['missing']>;
type BlockedBy =
  | 'unknown_user'
  | 'user_deleted'
  | 'user_banned'
  | 'tenant_not_active'
  | 'not_a_member'
  | 'membership_suspended';

/** Returns the decision of a snapshot with its reasons: every path to the permission, or what is missing. */
export function explain(snapshot: AccessSnapshot): AccessExplanation {
  const { permission, user, tenant, allowed, assignments } = snapshot;
  const isAllowed = allowed.viaTenant || allowed.viaPlatform;
  const granting = assignments.filter(
    ({ via, state, conditionsMet }) =>
      state === 'current' && conditionsMet && (via === 'tenant' ? allowed.viaTenant : allowed.viaPlatform),
  );
  return {
    allowed: isAllowed,
    permission: { code: permission.code, description: permission.description },
    user,
    tenant,
    paths: isAllowed ? granting.map(explainedPath) : [],
    missing: isAllowed ? null : missingOf(snapshot),
    grants: [],
    eligibleGrantors: [],
  };
}

/** How the API shows one path to the permission. */
export function explainedPath({
  path,
  state: _,
  conditionsMet: __,
  endedAt: ___,
  ...assignment
}: GrantingAssignment): Path {
  const chain = path?.chain ?? [];
  const isDirect = chain.length < 2;
  return { ...assignment, isDirect, inheritedThrough: isDirect ? [] : chain, conditions: path?.conditions ?? null };
}

/** Returns the first thing that is missing, in the order in which the guard looks. */
function missingOf({ permission, standing, assignments, tenant }: AccessSnapshot): Missing {
  if (permission.state === 'unknown') return { reason: 'unknown_permission' };
  if (permission.state === 'retired') return { reason: 'permission_retired' };
  if (permission.scope === 'platform' && tenant.id !== PLATFORM_TENANT_ID) return { reason: 'platform_only' };
  const blocked = blockedBy(standing);
  if (blocked) return { reason: blocked };
  const unmet = assignments.find(({ state, conditionsMet }) => state === 'current' && !conditionsMet);
  if (unmet?.path?.conditions) {
    return { reason: 'condition_not_met', role: refOf(unmet.role), conditions: unmet.path.conditions };
  }
  return missingRole(assignments);
}

/** Returns why no role of the tenant is in effect, or null. */
export function blockedBy({ userState, tenantStatus, membership }: Standing): BlockedBy | null {
  if (!userState) return 'unknown_user';
  if (userState === 'deleted') return 'user_deleted';
  if (userState === 'banned') return 'user_banned';
  if (!isTenantUsable(tenantStatus)) return 'tenant_not_active';
  if (!membership) return 'not_a_member';
  return membership.status === 'active' ? null : 'membership_suspended';
}

/** Returns the assignment that starts next, or else the one that ended last. */
function missingRole(assignments: readonly GrantingAssignment[]): Missing {
  const inState = (wanted: GrantingAssignment['state'], at: 'validFrom' | 'endedAt') =>
    assignments
      .flatMap(({ state, role, [at]: instant }) =>
        state === wanted && instant ? [{ role: refOf(role), at: instant }] : [],
      )
      .sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
  const upcoming = inState('upcoming', 'validFrom')[0];
  if (upcoming) return { reason: 'role_not_started', ...upcoming };
  const ended = inState('ended', 'endedAt').at(-1);
  return ended ? { reason: 'role_ended', ...ended } : { reason: 'no_role_grants' };
}

const refOf = ({ id, key, name }: RoleRef): RoleRef => ({ id, key, name });
