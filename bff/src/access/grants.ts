import { AppError } from '../core/errors.ts';
import type { Tx } from '../db/tenant-tx.ts';
import { type ActorAccess, type ConditionalGrants, requirePermission } from './actor.ts';
import { type Grant, isWithin } from './conditions.ts';

/** A moment, or for good. */
type Until = Date | null;

/**
 * Nobody has power over what they lack: throws grant_exceeds_own unless the actor holds each grant now, without conditions or
 * under a part of its own. Every path that takes permissions, or touches what gives them, asks here, inside its transaction.
 */
export function assertHoldsAll(access: ActorAccess, grants: Iterable<Grant>): void {
  refuse([...grants].filter((grant) => !holdsGrant(access, grant)));
}

/**
 * Nobody gives what they lack, nor beyond the time for which they hold it: throws grant_exceeds_own with the first permission
 * that lacks. Every path that hands out permissions asks here, inside its transaction. `until` is when the gift ends.
 */
export function assertCanGrant(access: ActorAccess, grants: Iterable<Grant>, until: Until): void {
  const all = [...grants];
  assertHoldsAll(access, all);
  refuse(
    all.filter((grant) => !holdsGrant(access, grant, until)),
    `: you hold this for less long than ${until ? `until ${until.toISOString()}` : 'for good'}`,
  );
}

/** Whether assertHoldsAll would let it pass. */
export const holdsAll = (access: ActorAccess, grants: readonly Grant[]): boolean =>
  grants.every((grant) => holdsGrant(access, grant));

/** Whether assertCanGrant would let it pass. */
export const canGrant = (access: ActorAccess, grants: readonly Grant[], until: Until): boolean =>
  grants.every((grant) => holdsGrant(access, grant, until));

/** Without `until` it is enough to hold it at this moment. */
function holdsGrant(access: ActorAccess, grant: Grant, until?: Until): boolean {
  const holdsBy = (codes: ReadonlySet<string>, limited: ConditionalGrants) => {
    const ways = limited[grant.code];
    if (!ways) return codes.has(grant.code);
    return ways.some((way) => isWithin(grant.conditions, way.conditions) && lastsUntil(way.until, until));
  };
  return holdsBy(access.permissions, access.limited) || holdsBy(access.platformPermissions, access.platformLimited);
}

function lastsUntil(own: string | null, gift?: Until): boolean {
  if (own === null || gift === undefined) return true;
  return gift !== null && gift.getTime() <= Date.parse(own);
}

function refuse(lacking: readonly Grant[], why = ''): void {
  const names = lacking.map(({ code, conditions }) => (conditions ? `${code} (on its conditions)` : code));
  const [first] = lacking.map(({ code }) => code).sort();
  if (first) {
    throw new AppError('grant_exceeds_own', {
      permission: first,
      detail: `${[...new Set(names)].sort().join(', ')}${why}`,
    });
  }
}

/**
 * Inviting is one right and giving roles another: only the tenant's default role needs no more than the first. What is given
 * by an invitation is given for good. Throws permission_denied or grant_exceeds_own.
 */
export function assertCanInviteWith(access: ActorAccess, roles: readonly RoleGrant[]): void {
  requirePermission(access, 'members:invite');
  if (roles.some((role) => !role.isDefault)) requirePermission(access, 'roles:assign');
  assertCanGrant(
    access,
    roles.flatMap((role) => role.grants),
    null,
  );
}

/**
 * What each of these roles gives: an owner role gives every permission of its tenant. Throws validation_failed when one is not
 * a living role of the current tenant.
 */
export async function permissionsOfRoles(
  tx: Tx,
  tenantId: string,
  roleIds: readonly string[],
): Promise<Map<string, RoleGrant>> {
  const rows = await tx.$queryRaw<(Omit<RoleGrant, 'permissions'> & { retired: string[] })[]>`
    SELECT role.id::text, role.key, role.name, role.is_owner AS "isOwner", role.is_default AS "isDefault",
      ARRAY(SELECT code FROM permission WHERE retired_at IS NOT NULL) AS retired,
      coalesce((
        SELECT jsonb_agg(jsonb_build_object('code', always.code, 'conditions', NULL)) FROM (
          SELECT unnest(role.effective_permissions) AS code WHERE NOT role.is_owner
          UNION ALL
          SELECT code FROM permission WHERE role.is_owner
            AND (scope = 'tenant' OR (SELECT kind FROM tenant WHERE id = ${tenantId}::uuid) = 'platform')
        ) always
      ), '[]') || CASE WHEN role.is_owner THEN '[]' ELSE role.conditional_permissions END AS grants
    FROM role WHERE role.tenant_id = ${tenantId}::uuid AND role.id = ANY (${[...roleIds]}::uuid[]) AND role.deleted_at IS NULL`;
  const found = new Map(rows.map(({ retired, ...role }) => [role.id, withCodes(role, new Set(retired))]));
  const unknown = roleIds.filter((id) => !found.has(id));
  if (unknown.length > 0)
    throw new AppError('validation_failed', { errors: { roles: unknown.map(() => 'unknown_role') } });
  return found;
}

const withCodes = (role: Omit<RoleGrant, 'permissions'>, retired: ReadonlySet<string>): RoleGrant => ({
  ...role,
  permissions: [...new Set(role.grants.map(({ code }) => code))].filter((code) => !retired.has(code)),
});

export interface RoleGrant {
  id: string;
  key: string;
  name: string;
  isOwner: boolean;
  isDefault: boolean;
  /** The codes that are not retired, under conditions or without. */
  permissions: string[];
  /** All it gives, retired ones too: they count as soon as they come back. */
  grants: Grant[];
}
