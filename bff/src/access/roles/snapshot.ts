import type { Conditions } from '../conditions.ts';

/** What a role is, without what it inherits: the content of each of its versions, and of its audit rows. */
export interface RoleSnapshot {
  name: string;
  description: string;
  /** Sorted. */
  permissions: readonly string[];
  /** By code, for the permissions that are granted under conditions. */
  conditions: Readonly<Record<string, Conditions>>;
  parentRoleId: string | null;
  isDefault: boolean;
  isSelfAssignable: boolean;
  identityRole: string | null;
}
