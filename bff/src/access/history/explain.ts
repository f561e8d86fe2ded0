import type { RoleRef } from '../../core/schema.ts';
import type { Question } from '../explain/facts.ts';
import type { AccessExplanation } from '../explain/schema.ts';
import { conditionsOf } from './effective.ts';
import { blockedBy, personOrStranger, readAbout } from './standing.ts';
import {
  gave,
  grantingLine,
  type PastHolding,
  type PastRole,
  type Reader,
  readAccessAt,
  readPastHoldings,
  readPastRoles,
} from './state.ts';

type Path = AccessExplanation['paths'][number];
type Missing = NonNullable<AccessExplanation['missing']>;

/** Why somebody could or could not do something at a moment. What would help, and who could give it, is asked only of today. */
export async function explainAt(
  client: Reader,
  { tenantId, userId, permission, resource }: Question,
  moment: string,
): Promise<AccessExplanation> {
  const [access, roles, holdings, about, words] = await Promise.all([
    readAccessAt(client, userId, tenantId, moment, resource),
    readPastRoles(client, moment),
    readPastHoldings(client, tenantId, userId, moment, resource),
    readAbout(client, tenantId, userId),
    client.$queryRaw<{ description: string; isInUse: boolean; isOlder: boolean }[]>`
      SELECT description, code IN (SELECT code FROM catalogue_at(${moment}::timestamptz)) AS "isInUse",
        created_at <= ${moment}::timestamptz AS "isOlder"
      FROM permission WHERE code = ${permission}`,
  ]);
  const said = {
    permission: { code: permission, description: words[0]?.description ?? null },
    user: personOrStranger(about.person, userId),
    tenant: about.tenant,
    grants: [],
    eligibleGrantors: [],
  };
  const giving = holdings.flatMap((holding) => {
    const role = roles.get(holding.roleId);
    return role && gave(role, holding, permission) ? [{ holding, role }] : [];
  });
  if (access.permissions.has(permission) || access.platformPermissions.has(permission)) {
    const paths = giving.map(({ holding, role }) =>
      pathOf(holding, role, role.isOwner ? [] : grantingLine(roles, role, permission), permission),
    );
    return { allowed: true, ...said, paths, missing: null };
  }
  const unused = words[0]?.isOlder ? 'permission_retired' : 'unknown_permission';
  const blocked = words[0]?.isInUse ? blockedBy(access, about.person !== null) : unused;
  if (blocked) return { allowed: false, ...said, paths: [], missing: { reason: blocked } };
  const gives = (role: PastRole) =>
    role.always.has(permission) || role.sometimes.some(({ code }) => code === permission);
  const unmet = holdings.map(({ roleId }) => roles.get(roleId)).find((role) => role && gives(role));
  const missing: Missing = unmet
    ? { reason: 'condition_not_met', role: refOf(unmet), conditions: conditionsOf(unmet, permission) ?? undefined }
    : await missingRole(client, { tenantId, userId, moment }, [...roles.values()].filter(gives));
  return { allowed: false, ...said, paths: [], missing };
}

const refOf = ({ id, key, name }: PastRole): RoleRef => ({ id, key, name });

function pathOf(holding: PastHolding, role: PastRole, line: RoleRef[], code: string): Path {
  const isDirect = line.length < 2;
  return {
    via: holding.via,
    membershipId: holding.via === 'tenant' ? holding.membershipId : null,
    role: { ...refOf(role), isOwner: role.isOwner, version: role.version },
    isDirect,
    inheritedThrough: isDirect ? [] : line,
    conditions: conditionsOf(role, code),
    validFrom: holding.validFrom,
    validUntil: holding.validUntil,
    grantedBy: holding.grantedBy,
    grantedAt: holding.grantedAt,
  };
}

/** The holding of a giving role that was to begin soonest, or had ended last. */
async function missingRole(
  client: Reader,
  { tenantId, userId, moment }: { tenantId: string; userId: string; moment: string },
  giving: PastRole[],
): Promise<Missing> {
  const [found] = await client.$queryRaw<{ roleId: string; isLater: boolean; at: string }[]>`
    SELECT held.role_id::text AS "roleId", NOT ending.is_over AS "isLater",
      to_json(CASE WHEN ending.is_over THEN least(ending.valid_until, ending.changed_at) ELSE ending.valid_from END) #>> '{}' AS at
    FROM membership
    JOIN membership_role held ON held.tenant_id = membership.tenant_id AND held.membership_id = membership.id
    CROSS JOIN LATERAL (
      SELECT (state -> 'ended')::boolean AS is_ended, at AS changed_at,
        (state ->> 'validFrom')::timestamp AT TIME ZONE 'UTC' AS valid_from,
        (state ->> 'validUntil')::timestamp AT TIME ZONE 'UTC' AS valid_until
      FROM access_state
      WHERE tenant_id = held.tenant_id AND kind = 'holding' AND entity_id = held.id::text AND at <= ${moment}::timestamptz
      ORDER BY at DESC LIMIT 1) last
    CROSS JOIN LATERAL (
      SELECT last.is_ended OR last.valid_until <= ${moment}::timestamptz AS is_over, last.valid_from,
        last.valid_until, CASE WHEN last.is_ended THEN last.changed_at END AS changed_at) ending
    WHERE membership.tenant_id = ${tenantId}::uuid AND membership.user_id = ${userId}
      AND held.role_id = ANY (${giving.map(({ id }) => id)}::uuid[])
    ORDER BY coalesce(ending.is_over, false), abs(extract(epoch FROM
      CASE WHEN ending.is_over THEN least(ending.valid_until, ending.changed_at) ELSE ending.valid_from END - ${moment}::timestamptz))
    LIMIT 1`;
  const role = giving.find(({ id }) => id === found?.roleId);
  if (!found || !role) return { reason: 'no_role_grants' };
  return { reason: found.isLater ? 'role_not_started' : 'role_ended', role: refOf(role), at: found.at };
}
