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

/** Finds the role that public_metadata.role names, with or without the organization prefix. */
export const findAppRole = <R extends NamedRole>(roles: readonly R[], name: string | null): R | undefined =>
  roles.find((role) => isGrantedByProvider(role) && (role.identityRole === name || appRoleName(role) === name));

/** Finds the role that an organization membership names. */
export const findOrganizationRole = <R extends NamedRole>(roles: readonly R[], name: string): R | undefined =>
  roles.find((role) => isGrantedByProvider(role) && role.identityRole === name);

export const pullsRoles = ({ clerk }: SyncSettings): boolean => ['two-way', 'pull'].includes(clerk.roleSync);
/** Pushing needs a key to the provider's API. */
export const pushesRoles = ({ clerk }: SyncSettings): boolean =>
  clerk.secretKey !== null && ['two-way', 'push'].includes(clerk.roleSync);
