import { SYSTEM_PERMISSIONS } from '../access/permissions.ts';
import type { Random } from '../core/random.ts';
import { APP_PERMISSIONS } from './app-permissions.ts';
import { holdingsAt, type MemberRow, personOf, type RoleRow, type TenantFixture } from './seed-state.ts';
import type { Actor, DemoPerson } from './users.ts';

const TENANT_PERMISSIONS = [
  ...Object.entries(SYSTEM_PERMISSIONS).flatMap(([code, { scope }]) => (scope === 'tenant' ? [code] : [])),
  ...APP_PERMISSIONS.map(({ code }) => code),
];
const ALL_PERMISSIONS = [...Object.keys(SYSTEM_PERMISSIONS), ...APP_PERMISSIONS.map(({ code }) => code)];

const permissionsOf = (ledger: TenantFixture, role: RoleRow): readonly string[] => {
  if (!role.isOwner) return role.effectivePermissions;
  return ledger.tenant.kind === 'platform' ? ALL_PERMISSIONS : TENANT_PERMISSIONS;
};

/** What somebody may do in the tenant at a moment of its story, by their roles here and by those on the platform. */
export function rightsAt(ledger: TenantFixture, person: DemoPerson, at: Date): Set<string> {
  const member = ledger.members.find((each) => each.userId === person.id && each.status === 'active');
  const roles = member ? holdingsAt(ledger, member, at).map(({ roleId }) => roleId) : [];
  const here = ledger.roles.filter(({ id }) => roles.includes(id)).flatMap((role) => permissionsOf(ledger, role));
  return new Set([...here, ...(ledger.platform ? rightsAt(ledger.platform, person, at) : [])]);
}

/** The demo obeys the rules it shows: a story in which somebody does what they may not is an error. */
export function requireRights(ledger: TenantFixture, by: Actor, at: Date, needed: readonly string[]): void {
  if (typeof by === 'string') return;
  const rights = rightsAt(ledger, by, at);
  const missing = needed.filter((code) => !rights.has(code));
  if (missing.length > 0) throw new Error(`${by.name} may not do this in ${ledger.tenant.name}: ${missing.join(', ')}`);
}

/** What one needs to give or take these roles, or to have power over who holds them. */
export const powerOver = (ledger: TenantFixture, roles: readonly RoleRow[]): string[] =>
  roles.flatMap((role) => [...permissionsOf(ledger, role)]);

/** What one needs to invite somebody with these roles. */
export const rightsToInvite = (ledger: TenantFixture, roles: readonly RoleRow[]): string[] => [
  'members:invite',
  ...(roles.every((role) => role.isDefault) ? [] : ['roles:assign']),
  ...powerOver(ledger, roles),
];

export function rolesAt(ledger: TenantFixture, member: MemberRow, at: Date): RoleRow[] {
  const ids = holdingsAt(ledger, member, at).map(({ roleId }) => roleId);
  return ledger.roles.filter(({ id }) => ids.includes(id));
}

/** One of those members who may do all of this, or undefined. */
export function somebodyWho(
  ledger: TenantFixture,
  random: Random,
  at: Date,
  needed: readonly string[],
): DemoPerson | undefined {
  const able = ledger.members
    .map((member) => personOf(ledger, member.userId))
    .filter((person) => {
      const rights = rightsAt(ledger, person, at);
      return needed.every((code) => rights.has(code));
    });
  return able.length > 0 ? random.pick(able) : undefined;
}
