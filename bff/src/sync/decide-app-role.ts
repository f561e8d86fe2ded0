import type { SyncSettings } from './context.ts';
import { findAppRole, findRoleNamed, type NamedRole, pullsRoles } from './role-names.ts';

/**
 * Why the provider's role is not applied. `not_pullable`: roles are not pulled, or the current one is not for the provider to remove.
 * `push_refused`: the provider refused the role assigned here, and its own has not changed since.
 * `role_absent`: it names no role, which takes none away that was assigned here. `role_unknown`: it names none that it may grant.
 */
export type RoleRefusal = 'not_pullable' | 'push_refused' | 'role_absent' | 'role_unknown';

interface Current<R extends NamedRole> {
  /** Of the default tenant. */
  roles: readonly R[];
  /** The member's primary role, and who granted it; null for the provider or the system. */
  primary: R | undefined;
  grantedBy: string | null;
  /** The provider's role as we knew it. */
  providerRole: string | null;
}

type Decision<R> = { outcome: 'agrees' } | { outcome: 'granted'; role: R } | { outcome: 'refused'; note: RoleRefusal };

const AGREES = { outcome: 'agrees' } as const;
const refused = (note: RoleRefusal) => ({ outcome: 'refused', note }) as const;

/** Decides what public_metadata.role does to a member's primary role in the default tenant. */
export function decideAppRole<R extends NamedRole>(
  { roles, primary, grantedBy, providerRole }: Current<R>,
  role: string | null,
  settings: SyncSettings,
): Decision<R> {
  const named = findAppRole(roles, role);
  // No role at the provider stands for the default role, and for none.
  if (role === null ? !primary || primary.isDefault : primary && (named ?? findRoleNamed(roles, role)) === primary)
    return AGREES;
  const isRevoked = grantedBy === null && findAppRole(roles, providerRole)?.id === primary?.id;
  if (role === null && !isRevoked) return refused('role_absent');
  const next = role === null ? roles.find(({ isDefault }) => isDefault) : named;
  if (!next) return refused('role_unknown');
  return primary?.isOwner || !pullsRoles(settings) ? refused('not_pullable') : { outcome: 'granted', role: next };
}
