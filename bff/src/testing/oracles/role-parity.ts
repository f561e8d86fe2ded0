import { membershipJson } from '../../clerk-stub/state/memberships.ts';
import type { Harness } from '../fixtures/harness.ts';
import type { Provider } from '../property/delivery-histories.ts';

type Db = Harness['services']['db']['sync'];

/** Our role keys by their names in public_metadata.role. */
const APP_ROLES: Record<string, string> = {
  ...{ admin: 'admin', INSTRUCTOR: 'teacher', teacher: 'teacher', member: 'member' },
  ...{ auditor: 'auditor', owner: 'owner' },
};

interface Member {
  userId: string;
  identityOrgId: string | null;
  identityMembershipId: string | null;
  keys: string[] | null;
  primary: string | null;
}

/** A user, or a member of an organization, whose roles differ. */
interface Difference {
  userId: string;
  organizationId: string | null;
  ours: unknown;
  theirs: unknown;
}

/**
 * Returns the differences between the provider and our roles that the run does not explain as open drift with its reason. A user whom
 * only the run has found may have chosen a role, which is then on its way to the provider.
 */
export async function unexplainedDifferences(db: Db, runId: string, provider: Provider): Promise<Difference[]> {
  const members = await readMembers(db, provider.prefix);
  const drift = await db.syncDrift.findMany({ where: { runId, state: 'open', note: { not: null } } });
  const pending = await db.identityPush.findMany({ where: { status: 'pending', objectType: 'user' } });
  const isExplained = ({ userId, organizationId }: Difference) =>
    (organizationId === null && pending.some(({ objectId }) => objectId === userId)) ||
    drift.some((one) =>
      organizationId === null
        ? one.objectType === 'user' && one.objectId === userId
        : one.objectType === 'membership' && one.userId === userId && one.organizationId === organizationId,
    );
  const all = [...appRoleDifferences(provider, members), ...membershipDifferences(provider, members)];
  return all.filter((difference) => !isExplained(difference));
}

const readMembers = (db: Db, prefix: string) => db.$queryRaw<Member[]>`
  SELECT member.user_id AS "userId", tenant.identity_org_id AS "identityOrgId", member.identity_membership_id AS "identityMembershipId",
    array_agg(role.key ORDER BY role.key) FILTER (WHERE role.key IS NOT NULL) AS keys,
    max(role.key) FILTER (WHERE assignment.is_primary) AS primary
  FROM membership member JOIN tenant ON tenant.id = member.tenant_id AND tenant.status <> 'archived'
  LEFT JOIN membership_role assignment ON assignment.tenant_id = member.tenant_id AND assignment.membership_id = member.id
    AND assignment.ended_at IS NULL
  LEFT JOIN role ON role.tenant_id = assignment.tenant_id AND role.id = assignment.role_id
  WHERE member.user_id LIKE ${`user_${prefix}%`} AND member.status = 'active' GROUP BY member.tenant_id, member.id, tenant.id`;

/** No role at the provider stands for the default role here, and for none. */
const appRoleDifferences = ({ instance }: Provider, members: readonly Member[]): Difference[] =>
  instance.state.users.values().flatMap(({ id: userId, public_metadata }) => {
    const ours = members.find((one) => one.userId === userId && one.identityOrgId === null)?.primary ?? null;
    const theirs = public_metadata.role ?? null;
    const named = typeof theirs === 'string' ? APP_ROLES[theirs] : undefined;
    const agrees = theirs === null ? ours === null || ours === 'member' : named !== undefined && named === ours;
    return agrees ? [] : [{ userId, organizationId: null, ours, theirs }];
  });

/** A member without a role that has a name there leaves the provider its own. */
function membershipDifferences({ instance: { state } }: Provider, members: readonly Member[]): Difference[] {
  const there = state.memberships.values().map((record) => membershipJson(state, record));
  const differing = there.flatMap(({ id, role, organization: { id: organizationId }, public_user_data }) => {
    const userId = public_user_data.user_id;
    const ours = members.find((one) => one.userId === userId && one.identityOrgId === organizationId);
    const keys = ours?.keys ?? [];
    const isUnshared = keys.length > 0 && !keys.some((key) => key === 'admin' || key === 'member');
    const agrees =
      ours?.identityMembershipId === id && (keys.includes(role === 'org:admin' ? 'admin' : 'member') || isUnshared);
    return agrees ? [] : [{ userId, organizationId, ours, theirs: { id, role } }];
  });
  const isThere = ({ userId, identityOrgId }: Member) =>
    there.some(
      ({ organization, public_user_data }) => organization.id === identityOrgId && public_user_data.user_id === userId,
    );
  const missing = members.filter((one) => one.identityOrgId !== null && !isThere(one));
  return [
    ...differing,
    ...missing.map((ours) => ({ userId: ours.userId, organizationId: ours.identityOrgId, ours, theirs: null })),
  ];
}

/** Returns the roles assigned by a user that an absent role at the provider has ended. */
export const takenByAbsence = (db: Db) => db.$queryRaw<object[]>`
  SELECT log.subject_id AS "userId", lost ->> 'name' AS role FROM audit_log log
  CROSS JOIN LATERAL jsonb_array_elements(log.before -> 'roles') AS lost
  CROSS JOIN LATERAL (
    SELECT granted_by FROM membership_role assignment
    WHERE assignment.tenant_id = log.tenant_id AND assignment.user_id = log.subject_id AND assignment.role_id::text = lost ->> 'id'
      AND assignment.ended_at <= log.created_at
    ORDER BY assignment.ended_at DESC LIMIT 1) ended
  WHERE log.action = 'member.roles_changed' AND log.actor_type IN ('system', 'webhook') AND log.context -> 'identityRole' = 'null'
    AND NOT log.after -> 'roles' @> jsonb_build_array(lost) AND ended.granted_by IS NOT NULL`;
