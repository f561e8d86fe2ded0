import type { Tenant, User } from 'database/client';
import type { IdentityMembership, IdentityOrganization, IdentityUser } from '../identity/provider.ts';
import { slugOf } from './tenant-slug.ts';
import { copyOf, differing, type UserCopy } from './user-copy.ts';

export interface FieldDrift {
  field: string;
  /** Left out where the value is personal. */
  ours?: unknown;
  theirs?: unknown;
}

/** How our copy of one object differs from what the provider says now. */
export interface Finding {
  /** `missing`: not here, or ended here. `role`: nothing but the role differs. */
  kind: 'missing' | 'different' | 'role';
  fields: FieldDrift[];
  /** Our copy ended for good, and nothing the provider lists brings it back. */
  isFinal?: true;
}

const MISSING: Finding = { kind: 'missing', fields: [] };
const ENDED: Finding = {
  kind: 'missing',
  fields: [{ field: 'status', ours: 'ended', theirs: 'listed' }],
  isFinal: true,
};

/** A newer word of the provider's came to us after this one was read. */
const isOlder = (given: { updatedAt: number }, stored: { identityUpdatedAt: bigint }) =>
  stored.identityUpdatedAt > BigInt(given.updatedAt);

const found = (fields: FieldDrift[]): Finding | null => (fields.length > 0 ? { kind: 'different', fields } : null);

type StoredUserCopy = UserCopy & Pick<User, 'deletedAt' | 'identityUpdatedAt'>;

/** Field by field; of personal fields only the names. What orders and finds people counts as the name that it comes from. */
export function compareUser(stored: StoredUserCopy | null, given: IdentityUser): Finding | null {
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
export function compareOrganization(stored: StoredTenant | null, given: IdentityOrganization): Finding | null {
  if (!stored) return MISSING;
  if (stored.status === 'archived') return ENDED;
  if (isOlder(given, stored)) return null;
  const slug = slugOf(given.slug ?? given.name);
  return found([
    ...(stored.name === given.name ? [] : [{ field: 'name', ours: stored.name, theirs: given.name }]),
    ...(new RegExp(`^${slug}(-\\d+)?$`).test(stored.slug) ? [] : [{ field: 'slug', ours: stored.slug, theirs: slug }]),
  ]);
}

export interface StoredMembership {
  status: string;
  /** Person or tenant ended here for good. */
  isOver: boolean;
  identityMembershipId: string | null;
  identityUpdatedAt: bigint;
  /** Keys of all roles held now, and of those that the provider gave. */
  held: readonly string[];
  given: readonly string[];
  /** Key of the role that the provider's role asks for. */
  due: string | null;
}

/** What was given in the console is ours alone: only roles that the provider gave, or should have given, count. */
export function compareMembership(stored: StoredMembership | null, given: IdentityMembership): Finding | null {
  if (!stored) return MISSING;
  if (stored.isOver) return ENDED;
  if (stored.status === 'left') return stored.identityMembershipId === given.id ? ENDED : MISSING;
  if (isOlder(given, stored)) return null;
  const isOther = stored.identityMembershipId !== given.id;
  const lacks = stored.due !== null && !stored.held.includes(stored.due);
  const hasOther = stored.given.some((key) => key !== stored.due);
  const role = lacks || hasOther ? [{ field: 'role', ours: [...stored.held].sort(), theirs: given.role }] : [];
  if (!isOther) return role.length > 0 ? { kind: 'role', fields: role } : null;
  return found([{ field: 'id', ours: stored.identityMembershipId, theirs: given.id }, ...role]);
}
