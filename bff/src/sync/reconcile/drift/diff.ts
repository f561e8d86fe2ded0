import type { Tenant, User } from '@rolecall/prisma/client';
import type { IdentityMembership, IdentityOrganization, IdentityUser } from '../../../core/identity-provider.ts';
import { slugOf } from '../../apply/slug.ts';
import { copyOf, differing, type UserCopy } from '../../apply/user-fields.ts';
import type { RoleRefusal } from '../../decide-app-role.ts';

export interface FieldDrift {
  field: string;
  /** Left out where the value is personal. */
  ours?: unknown;
  theirs?: unknown;
}

/** How our copy differs from the provider's object. */
export interface Diff {
  /** `missing`: we have no copy, or it ended. `role`: only the role differs. */
  kind: 'missing' | 'different' | 'role';
  fields: FieldDrift[];
  /** Our copy ended for good; the provider's object does not restore it. */
  isFinal?: true;
  /** Only a role differs, and pulling does not change it, for this reason. */
  refusal?: RoleRefusal;
}

const MISSING: Diff = { kind: 'missing', fields: [] };
const ENDED: Diff = {
  kind: 'missing',
  fields: [{ field: 'status', ours: 'ended', theirs: 'listed' }],
  isFinal: true,
};

/** Whether a newer version reached us after this one was fetched. */
const isOlder = (remote: { updatedAt: number }, stored: { identityUpdatedAt: bigint }) =>
  stored.identityUpdatedAt > BigInt(remote.updatedAt);

const differentIn = (fields: FieldDrift[]): Diff | null => (fields.length > 0 ? { kind: 'different', fields } : null);

type StoredUserCopy = UserCopy & Pick<User, 'deletedAt' | 'identityUpdatedAt'>;

/** Compares field by field, and names personal fields without their values. Sort columns count as the name they derive from. */
export function compareUser(stored: StoredUserCopy | null, remote: IdentityUser): Diff | null {
  if (!stored) return MISSING;
  if (stored.deletedAt) return ENDED;
  if (isOlder(remote, stored)) return null;
  const theirs = copyOf(remote);
  const { open, personal, isResorted } = differing(stored, theirs);
  const names = new Set<string>(isResorted ? [...personal, 'name'] : personal);
  return differentIn([
    ...[...names].map((field) => ({ field })),
    ...open.map((field) => ({ field, ours: stored[field], theirs: theirs[field] })),
  ]);
}

type StoredTenant = Pick<Tenant, 'status' | 'name' | 'slug' | 'identityUpdatedAt'>;

/** A slug that got a number, because the plain one was taken, is no drift. */
export function compareOrganization(stored: StoredTenant | null, remote: IdentityOrganization): Diff | null {
  if (!stored) return MISSING;
  if (stored.status === 'archived') return ENDED;
  if (isOlder(remote, stored)) return null;
  const slug = slugOf(remote.slug ?? remote.name);
  return differentIn([
    ...(stored.name === remote.name ? [] : [{ field: 'name', ours: stored.name, theirs: remote.name }]),
    ...(new RegExp(`^${slug}(-\\d+)?$`).test(stored.slug) ? [] : [{ field: 'slug', ours: stored.slug, theirs: slug }]),
  ]);
}

interface HeldRole {
  key: string;
  /** The provider may grant it: it has a name there. */
  isShared: boolean;
  /** The provider granted it, not the console. */
  isFromProvider: boolean;
}

export interface StoredMembership {
  status: string;
  /** User or tenant ended here for good. */
  isOver: boolean;
  identityMembershipId: string | null;
  identityUpdatedAt: bigint;
  /** The provider's role when it was last applied. */
  identityRole: string | null;
  held: readonly HeldRole[];
  /** Key of the role that the provider's role maps to; null where there is none it may grant. */
  mappedRole: string | null;
  /** Of our role to the provider; null where none is pushed. */
  pushStatus: string | null;
}

/** `roles`: whether roles are synced at all; `isPulled`: whether the provider's roles are applied here. */
export function compareMembership(
  stored: StoredMembership | null,
  remote: IdentityMembership,
  { roles, isPulled = true }: { roles: boolean; isPulled?: boolean },
): Diff | null {
  if (!stored) return MISSING;
  if (stored.isOver) return ENDED;
  if (stored.status === 'left') return stored.identityMembershipId === remote.id ? ENDED : MISSING;
  if (isOlder(remote, stored)) return null;
  const role = roles && stored.pushStatus !== 'pending' ? compareRole(stored, remote.role) : [];
  if (stored.identityMembershipId === remote.id) {
    if (role.length === 0) return null;
    // A new role without a counterpart here still removes the role that was granted before.
    const refusal = refusalOf(stored, remote.role, isPulled);
    return { kind: 'role', fields: role, ...(refusal ? { refusal } : {}) };
  }
  return differentIn([{ field: 'id', ours: stored.identityMembershipId, theirs: remote.id }, ...role]);
}

function refusalOf(stored: StoredMembership, theirs: string, isPulled: boolean): RoleRefusal | null {
  const { mappedRole, identityRole, pushStatus } = stored;
  // The provider refused our role, and its own has not changed since.
  if (pushStatus === 'dead' && identityRole === theirs) return 'push_refused';
  if (!isPulled) return 'not_pullable';
  return mappedRole === null && identityRole === theirs ? 'role_unknown' : null;
}

/**
 * Roles without a name at the provider are never compared. Both sides must agree on the role that both know; a role that the
 * provider may not grant remains drift.
 */
function compareRole({ held, mappedRole, identityRole }: StoredMembership, theirs: string): FieldDrift[] {
  const isHeld = held.some(({ key }) => key === mappedRole);
  const isOursAlone = held.length > 0 && !held.some(({ isShared }) => isShared) && identityRole === theirs;
  const hasAnother = held.some(({ key, isShared, isFromProvider }) => isShared && isFromProvider && key !== mappedRole);
  const agrees = mappedRole !== null && (isHeld ? !hasAnother : isOursAlone);
  return agrees ? [] : [{ field: 'role', ours: held.map(({ key }) => key).sort(), theirs }];
}
