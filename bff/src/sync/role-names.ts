import type { SyncSettings } from './context.ts';

export interface NamedRole {
  id: string;
  key: string;
  name: string;
  isOwner: boolean;
  isDefault: boolean;
  /** What it is called at the provider; only a role that is called something there may be given from there. */
  identityRole: string | null;
}

/** What public_metadata.role says of somebody who holds this role: as organizations call it without their prefix, else its key. */
export const appRoleName = ({ identityRole, key }: Pick<NamedRole, 'identityRole' | 'key'>): string =>
  identityRole?.replace(/^org:/, '') ?? key;

const isGivenThere = (role: NamedRole) => role.identityRole !== null && !role.isOwner;

/** The role that public_metadata.role gives, by its name with or without the prefix of organizations. */
export const roleOfAppName = <R extends NamedRole>(roles: readonly R[], name: string | null): R | undefined =>
  roles.find((role) => isGivenThere(role) && (role.identityRole === name || appRoleName(role) === name));

/** The role that a membership of an organization gives. */
export const roleOfOrganization = <R extends NamedRole>(roles: readonly R[], name: string): R | undefined =>
  roles.find((role) => isGivenThere(role) && role.identityRole === name);

export const rolesComeIn = ({ clerk }: SyncSettings): boolean => ['two-way', 'pull'].includes(clerk.roleSync);
/** Without a key to its API the provider cannot be told anything. */
export const rolesGoOut = ({ clerk }: SyncSettings): boolean =>
  clerk.secretKey !== null && ['two-way', 'push'].includes(clerk.roleSync);
