import type { Tenant, User } from 'database/client';
import type { IdentityMembership, IdentityOrganization, IdentityUser } from '../../../core/identity-provider.ts';
import { slugOf } from '../../apply/slug.ts';
import { copyOf, differing, type UserCopy } from '../../apply/user-fields.ts';

export interface FieldDrift {
  field: string;
  /** Left out where the value is personal. */
  ours?: unknown;
  theirs?: unknown;
}

/** How our copy of one object differs from what the provider says now. */
export interface Diff {
  /** `missing`: not here, or ended here. `role`: nothing but the role differs. */
  kind: 'missing' | 'different' | 'role';
  fields: FieldDrift[];
  /** Our copy ended for good, and nothing the provider lists brings it back. */
  isFinal?: true;
  /** Nothing but a role that the provider may not give here: its word changes nothing. */
  isRefused?: true;
}

const MISSING: Diff = { kind: 'missing', fields: [] };
const ENDED: Diff = {
  kind: 'missing',
  fields: [{ field: 'status', ours: 'ended', theirs: 'listed' }],
  isFinal: true,
};

/** A newer word of the provider's came to us after this one was read. */
const isOlder = (given: { updatedAt: number }, stored: { identityUpdatedAt: bigint }) =>
  stored.identityUpdatedAt > BigInt(given.updatedAt);

const found = (fields: FieldDrift[]): Diff | null => (fields.length > 0 ? { kind: 'different', fields } : null);

type StoredUserCopy = UserCopy & Pick<User, 'deletedAt' | 'identityUpdatedAt'>;

/** Field by field; of personal fields only the names. What orders and finds people counts as the name that it comes from. */
export function compareUser(stored: StoredUserCopy | null, given: IdentityUser): Diff | null {
  if (!stored) return MISSING;
  if (stored.deletedAt) return ENDED;
  if (isOlder(given, stored)) return null;
  const wanted = copyOf(given);
  const { open, personal, isResorted } = differing(stored, wanted);
  const names = new Set<string>(isResorted ? [...personal, 'name'] : personal);
  return found([
    ...[...names].map((field) => ({ field })),
    ...open.map((field) => ({ field, ours: stored[field], theirs: wanted[field] })),
  ]);
}

type StoredTenant = Pick<Tenant, 'status' | 'name' | 'slug' | 'identityUpdatedAt'>;

/** A slug that got a number, because the plain one was taken, is no difference. */
export function compareOrganization(stored: StoredTenant | null, given: IdentityOrganization): Diff | null {
  if (!stored) return MISSING;
  if (stored.status === 'archived') return ENDED;
  if (isOlder(given, stored)) return null;
  const slug = slugOf(given.slug ?? given.name);
  return found([
    ...(stored.name === given.name ? [] : [{ field: 'name', ours: stored.name, theirs: given.name }]),
    ...(new RegExp(`^${slug}(-\\d+)?$`).test(stored.slug) ? [] : [{ field: 'slug', ours: stored.slug, theirs: slug }]),
  ]);
}

interface HeldRole {
  key: string;
  /** The provider may give it: it has a name there. */
  isShared: boolean;
  /** The provider gave it, not somebody in the console. */
  isFromProvider: boolean;
}

export interface StoredMembership {
  status: string;
  /** Person or tenant ended here for good. */
  isOver: boolean;
  identityMembershipId: string | null;
  identityUpdatedAt: bigint;
  /** The provider's role as we last heard of it. */
  identityRole: string | null;
  held: readonly HeldRole[];
  /** Key of the role that the provider's role gives here; null where it may give none of that name. */
  due: string | null;
  /** Our own role is on its way to the provider. */
  hasPendingPush: boolean;
}

/** `roles`: false where roles are nobody's business but ours; `comesIn`: whether the provider's roles count here. */
export function compareMembership(
  stored: StoredMembership | null,
  given: IdentityMembership,
  { roles, comesIn = true }: { roles: boolean; comesIn?: boolean },
): Diff | null {
  if (!stored) return MISSING;
  if (stored.isOver) return ENDED;
  if (stored.status === 'left') return stored.identityMembershipId === given.id ? ENDED : MISSING;
  if (isOlder(given, stored)) return null;
  const role = roles && !stored.hasPendingPush ? compareRole(stored, given.role) : [];
  if (stored.identityMembershipId === given.id) {
    if (role.length === 0) return null;
    // Of a role that has no name here, news still takes away what its predecessor gave.
    const isRefused = !comesIn || (stored.due === null && stored.identityRole === given.role);
    return { kind: 'role', fields: role, ...(isRefused ? { isRefused } : {}) };
  }
  return found([{ field: 'id', ours: stored.identityMembershipId, theirs: given.id }, ...role]);
}

/**
 * Roles of the console's own, and what people did with them here, are ours alone. Both sides must agree on the role that both know
 * by name; a role that the provider may not give is a difference that stays.
 */
function compareRole({ held, due, identityRole }: StoredMembership, theirs: string): FieldDrift[] {
  const isHeld = held.some(({ key }) => key === due);
  const isLeftToUs = held.length > 0 && !held.some(({ isShared }) => isShared) && identityRole === theirs;
  const hasAnother = held.some(({ key, isShared, isFromProvider }) => isShared && isFromProvider && key !== due);
  const agrees = due !== null && (isHeld ? !hasAnother : isLeftToUs);
  return agrees ? [] : [{ field: 'role', ours: held.map(({ key }) => key).sort(), theirs }];
}
