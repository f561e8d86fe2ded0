import type { SyncSettings } from './context.ts';

export interface NamedRole {
  id: string;
  key: string;
  name: string;
  isOwner: boolean;
  isDefault: boolean;
  /** The role's name at the provider; null where the provider cannot grant it. */
  identityRole: string | null;
}

/** The role's name in public_metadata.role: its organization role without the prefix, else its key. */
export const appRoleName = ({ identityRole, key }: Pick<NamedRole, 'identityRole' | 'key'>): string =>
  identityRole?.replace(/^org:/, '') ?? key;

const isGrantedByProvider = (role: NamedRole) => role.identityRole !== null && !role.isOwner;

/**
 * Finds the role of this name: its name at the provider, with or without the organization prefix, comes before its key, and the exact
 * spelling before any other case. A name that fits several roles names none.
 */
export function findRoleNamed<R extends Pick<NamedRole, 'key' | 'identityRole'>>(
  roles: readonly R[],
  name: string | null,
): R | undefined {
  if (name === null) return undefined;
  const folded = name.toLowerCase();
  const namesOf = (role: R) => [role.identityRole ?? role.key, appRoleName(role)];
  const tests: ((role: R) => boolean)[] = [
    (role) => namesOf(role).includes(name),
    (role) => namesOf(role).some((each) => each.toLowerCase() === folded),
    ({ key }) => key === name,
    ({ key }) => key.toLowerCase() === folded,
  ];
  const found = tests.map((isNamed) => roles.filter(isNamed)).find((matches) => matches.length > 0) ?? [];
  return found.length === 1 ? found[0] : undefined;
}

/**
 * Finds the role that the caller of the API names: the key as it is written, or else the name at the provider, or else either in
 * another case, unless that fits several roles.
 */
export function findRoleByName<R extends Pick<NamedRole, 'key' | 'identityRole'>>(
  roles: readonly R[],
  name: string,
): R | undefined {
  const namesOf = (role: R) => [role.key, role.identityRole ?? role.key, appRoleName(role)];
  const folded = name.toLowerCase();
  const tests: ((role: R) => boolean)[] = [
    ({ key }) => key === name,
    (role) => namesOf(role).includes(name),
    (role) => namesOf(role).some((each) => each.toLowerCase() === folded),
  ];
  const found = tests.map((isNamed) => roles.filter(isNamed)).find((matches) => matches.length > 0) ?? [];
  return found.length === 1 ? found[0] : undefined;
}

/** Finds the role that public_metadata.role names, among those that the provider may grant. */
export const findAppRole = <R extends NamedRole>(roles: readonly R[], name: string | null): R | undefined =>
  findRoleNamed(roles.filter(isGrantedByProvider), name);

/** Finds the role that an organization membership names. */
export const findOrganizationRole = <R extends NamedRole>(roles: readonly R[], name: string): R | undefined =>
  roles.find((role) => isGrantedByProvider(role) && role.identityRole === name);

export const pullsRoles = ({ clerk }: SyncSettings): boolean => ['two-way', 'pull'].includes(clerk.roleSync);
/** Pushing needs a key to the provider's API. */
export const pushesRoles = ({ clerk }: SyncSettings): boolean =>
  clerk.secretKey !== null && ['two-way', 'push'].includes(clerk.roleSync);
