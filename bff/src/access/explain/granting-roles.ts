import type { RoleRef } from '../../core/schema.ts';
import type { Tx } from '../../db/tenant-tx.ts';
import type { Grant } from '../conditions.ts';
import { permissionsOfRoles, type RoleGrant } from '../grants.ts';
import type { LiveSnapshot } from './read-now.ts';
import type { GrantingAssignment } from './snapshot.ts';

const MAX_ROLES = 5;

/** Returns the roles that would grant the permission to this user, about this resource; an owner role only where no other would. */
export async function grantingRoles(tx: Tx, { question, context }: LiveSnapshot): Promise<RoleGrant[]> {
  const { tenantId, permission } = question;
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT role_id::text AS id FROM granting_roles(${tenantId}::uuid, ${permission})
    WHERE grant_applies(alternatives, ${context}::jsonb, false)`;
  const ids = rows.map(({ id }) => id);
  const roles = [...(await permissionsOfRoles(tx, tenantId, ids)).values()];
  const others = roles.filter(({ isOwner }) => !isOwner);
  return others.length > 0 ? others : roles;
}

/** Returns what the user's roles grant: to change a member, one must hold what that member holds. */
export async function heldByUser(tx: Tx, { question, assignedRoleIds }: LiveSnapshot): Promise<Grant[]> {
  const roles = await permissionsOfRoles(tx, question.tenantId, assignedRoleIds);
  return [...roles.values()].flatMap((role) => role.grants);
}

interface Candidate {
  role: RoleGrant;
  grant: {
    role: RoleRef;
    /** Permissions gained beyond the one asked for. */
    additionalPermissionCount: number;
    isSufficient: true;
  };
}

/** The latest state of the user's assignments of a role; undefined where there was none. */
export function stateOfRole({ assignments }: LiveSnapshot, { id }: RoleGrant): GrantingAssignment['state'] | undefined {
  const states = assignments.filter(({ role }) => role.id === id).map(({ state }) => state);
  return states.includes('upcoming') ? 'upcoming' : states[0];
}

/** Returns the first few roles: one that starts later anyway, then those that grant the fewest other permissions. */
export function smallestFirst(snapshot: LiveSnapshot, roles: RoleGrant[]): Candidate[] {
  const { access, question } = snapshot;
  const isGained = (code: string) =>
    code !== question.permission && !access.permissions.has(code) && !access.platformPermissions.has(code);
  return roles
    .map((role) => ({ role, state: stateOfRole(snapshot, role), more: role.permissions.filter(isGained).length }))
    .sort(
      (a, b) =>
        Number(b.state === 'upcoming') - Number(a.state === 'upcoming') ||
        a.more - b.more ||
        Number(b.state !== undefined) - Number(a.state !== undefined) ||
        a.role.name.localeCompare(b.role.name),
    )
    .slice(0, MAX_ROLES)
    .map(({ role, more }) => {
      const { id, key, name } = role;
      return { role, grant: { role: { id, key, name }, additionalPermissionCount: more, isSufficient: true } };
    });
}
