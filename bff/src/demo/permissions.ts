import { SYSTEM_PERMISSIONS } from '../access/permissions.ts';
import type { Random } from '../core/random.ts';
import { APP_PERMISSIONS } from './app-permissions.ts';
import { assignmentsAt, type MemberRow, type RoleRow, type SeedState, userOf } from './seed-state.ts';
import type { Actor, DemoUser } from './users.ts';

const TENANT_PERMISSIONS = [
  ...Object.entries(SYSTEM_PERMISSIONS).flatMap(([code, { scope }]) => (scope === 'tenant' ? [code] : [])),
  ...APP_PERMISSIONS.map(({ code }) => code),
];
const ALL_PERMISSIONS = [...Object.keys(SYSTEM_PERMISSIONS), ...APP_PERMISSIONS.map(({ code }) => code)];

const permissionsOf = (state: SeedState, role: RoleRow): readonly string[] => {
  if (!role.isOwner) return role.effectivePermissions;
  return state.tenant.kind === 'platform' ? ALL_PERMISSIONS : TENANT_PERMISSIONS;
};

/** Returns the permissions that a user has in the tenant at a time, through roles here and on the platform. */
export function permissionsAt(state: SeedState, user: DemoUser, at: Date): Set<string> {
  const member = state.members.find((each) => each.userId === user.id && each.status === 'active');
  const roles = member ? assignmentsAt(state, member, at).map(({ roleId }) => roleId) : [];
  const here = state.roles.filter(({ id }) => roles.includes(id)).flatMap((role) => permissionsOf(state, role));
  return new Set([...here, ...(state.platform ? permissionsAt(state.platform, user, at) : [])]);
}

/** Throws when the actor lacks a permission, so that no scenario breaks the rules of the product. */
export function assertPermissions(state: SeedState, by: Actor, at: Date, needed: readonly string[]): void {
  if (typeof by === 'string') return;
  const rights = permissionsAt(state, by, at);
  const missing = needed.filter((code) => !rights.has(code));
  if (missing.length > 0) throw new Error(`${by.name} may not do this in ${state.tenant.name}: ${missing.join(', ')}`);
}

/** Returns the permissions needed to assign or remove these roles, or to manage their members. */
export const permissionsToAssign = (state: SeedState, roles: readonly RoleRow[]): string[] =>
  roles.flatMap((role) => [...permissionsOf(state, role)]);

/** Returns the permissions needed to invite a user with these roles. */
export const permissionsToInvite = (state: SeedState, roles: readonly RoleRow[]): string[] => [
  'members:invite',
  ...(roles.every((role) => role.isDefault) ? [] : ['roles:assign']),
  ...permissionsToAssign(state, roles),
];

export function rolesAt(state: SeedState, member: MemberRow, at: Date): RoleRow[] {
  const ids = assignmentsAt(state, member, at).map(({ roleId }) => roleId);
  return state.roles.filter(({ id }) => ids.includes(id));
}

/** Picks a member who has all these permissions. */
export function pickMemberWith(
  state: SeedState,
  random: Random,
  at: Date,
  needed: readonly string[],
): DemoUser | undefined {
  const able = state.members
    .map((member) => userOf(state, member.userId))
    .filter((user) => {
      const rights = permissionsAt(state, user, at);
      return needed.every((code) => rights.has(code));
    });
  return able.length > 0 ? random.pick(able) : undefined;
}
