import { AppError } from '../core/errors.ts';
import type { Tx } from '../db/tenant-tx.ts';
import { type ActorAccess, assertPermission, type ConditionalGrants } from './actor.ts';
import { type Grant, isWithin } from './conditions.ts';

/** Null for a grant without end. */
type Until = Date | null;

/**
 * Throws grant_exceeds_own unless the actor holds each grant now, without conditions or under some of those of the grant. Every
 * operation that removes permissions, or changes a role that grants them, calls this inside its transaction.
 */
export function assertHoldsAll(access: ActorAccess, grants: Iterable<Grant>): void {
  rejectMissing([...grants].filter((grant) => !holdsGrant(access, grant)));
}

/**
 * Throws grant_exceeds_own, with the first permission that is missing, unless the actor holds each grant for at least as long as
 * it is granted. Every operation that grants permissions calls this inside its transaction. `until` is when the assignment ends.
 */
export function assertCanGrant(access: ActorAccess, grants: Iterable<Grant>, until: Until): void {
  const all = [...grants];
  assertHoldsAll(access, all);
  rejectMissing(
    all.filter((grant) => !holdsGrant(access, grant, until)),
    `: you do not hold this ${until ? `until ${until.toISOString()}` : 'without an end'}`,
  );
}

/** Whether assertHoldsAll would pass. */
export const holdsAll = (access: ActorAccess, grants: readonly Grant[]): boolean =>
  grants.every((grant) => holdsGrant(access, grant));

/** Whether assertCanGrant would pass. */
export const canGrant = (access: ActorAccess, grants: readonly Grant[], until: Until): boolean =>
  grants.every((grant) => holdsGrant(access, grant, until));

/** Without `until` it is enough to hold the grant now. */
function holdsGrant(access: ActorAccess, grant: Grant, until?: Until): boolean {
  const holdsBy = (codes: ReadonlySet<string>, conditionalGrants: ConditionalGrants) => {
    const held = conditionalGrants[grant.code];
    if (!held) return codes.has(grant.code);
    return held.some((own) => isWithin(grant.conditions, own.conditions) && lastsUntil(own.until, until));
  };
  return (
    holdsBy(access.permissions, access.conditionalGrants) ||
    holdsBy(access.platformPermissions, access.platformConditionalGrants)
  );
}

function lastsUntil(own: string | null, until?: Until): boolean {
  if (own === null || until === undefined) return true;
  return until !== null && until.getTime() <= Date.parse(own);
}

function rejectMissing(missing: readonly Grant[], why = ''): void {
  const names = missing.map(({ code, conditions }) => (conditions ? `${code} (under its conditions)` : code));
  const [first] = missing.map(({ code }) => code).sort();
  if (first) {
    throw new AppError('grant_exceeds_own', {
      permission: first,
      detail: `${[...new Set(names)].sort().join(', ')}${why}`,
    });
  }
}

/**
 * Inviting with another role than the default needs the permission to assign roles as well. An invitation assigns without end.
 * Throws permission_denied or grant_exceeds_own.
 */
export function assertCanInviteWith(access: ActorAccess, roles: readonly RoleGrant[]): void {
  assertPermission(access, 'members:invite');
  if (roles.some((role) => !role.isDefault)) assertPermission(access, 'roles:assign');
  assertCanGrant(
    access,
    roles.flatMap((role) => role.grants),
    null,
  );
}

/** As grantsOfRoles. Throws validation_failed when one is not an active role of the current tenant. */
export async function permissionsOfRoles(
  tx: Tx,
  tenantId: string,
  roleIds: readonly string[],
): Promise<Map<string, RoleGrant>> {
  const found = await grantsOfRoles(tx, tenantId, roleIds);
  assertRolesExist(found, roleIds);
  return found;
}

/** Throws validation_failed. */
export function assertRolesExist(found: ReadonlyMap<string, RoleGrant>, roleIds: readonly string[]): void {
  const unknown = roleIds.filter((id) => !found.has(id));
  if (unknown.length > 0)
    throw new AppError('validation_failed', { errors: { roles: unknown.map(() => 'unknown_role') } });
}

/** Returns what each of these roles grants, and each that the member holds; an owner role grants every permission of its tenant. */
export async function grantsOfRoles(
  tx: Tx,
  tenantId: string,
  roleIds: readonly string[],
  memberId: string | null = null,
): Promise<Map<string, RoleGrant>> {
  const rows = await tx.$queryRaw<(Omit<RoleGrant, 'permissions'> & { retired: string[] })[]>`
    SELECT role.id::text, role.key, role.name, role.is_owner AS "isOwner", role.is_default AS "isDefault",
      ARRAY(SELECT code FROM permission WHERE retired_at IS NOT NULL) AS retired,
      coalesce((
        SELECT jsonb_agg(jsonb_build_object('code', unconditional.code, 'conditions', NULL)) FROM (
          SELECT unnest(role.effective_permissions) AS code WHERE NOT role.is_owner
          UNION ALL
          SELECT code FROM permission WHERE role.is_owner
            AND (scope = 'tenant' OR (SELECT kind FROM tenant WHERE id = ${tenantId}::uuid) = 'platform')
        ) unconditional
      ), '[]') || CASE WHEN role.is_owner THEN '[]' ELSE role.conditional_permissions END AS grants
    FROM role WHERE role.tenant_id = ${tenantId}::uuid AND role.deleted_at IS NULL AND role.id = ANY (${[...roleIds]}::uuid[] || ARRAY(
      SELECT role_id FROM open_assignment WHERE tenant_id = ${tenantId}::uuid AND membership_id = ${memberId}::uuid))`;
  return new Map(rows.map(({ retired, ...role }) => [role.id, withCodes(role, new Set(retired))]));
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
  /** Codes that are not retired, with conditions or without. */
  permissions: string[];
  /** All grants, including retired permissions: they take effect again as soon as they are restored. */
  grants: Grant[];
}
