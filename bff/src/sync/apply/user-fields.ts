import type { AuditEvent } from '../../audit/record.ts';
import type { IdentityUser } from '../../core/identity-provider.ts';
import { emailKey } from '../../core/text/email-address.ts';
import { displayNameOf, searchTextOf, sortNameOf } from '../../core/text/user-names.ts';

/** Fields that an erasure must remove: audit rows name them without their values. */
const PERSONAL = ['email', 'firstName', 'lastName', 'name', 'imageUrl'] as const;
const OPEN = ['emailVerified', 'banned', 'locked', 'identityRole'] as const;
const DERIVED = ['emailKey', 'sortName', 'searchText'] as const;

/** The fields of a user that are copied from the provider. */
export interface UserCopy {
  email: string | null;
  emailKey: string | null;
  emailVerified: boolean;
  firstName: string | null;
  lastName: string | null;
  name: string;
  imageUrl: string | null;
  sortName: string;
  searchText: string;
  banned: boolean;
  locked: boolean;
  identityRole: string | null;
}

export function copyOf(user: IdentityUser): UserCopy {
  const [firstName, lastName] = [storableText(user.firstName), storableText(user.lastName)];
  const name = displayNameOf({ ...user, firstName, lastName });
  return {
    email: user.email,
    emailKey: user.email === null ? null : emailKey(user.email),
    emailVerified: user.emailVerified,
    firstName,
    lastName,
    name,
    imageUrl: user.imageUrl,
    sortName: sortNameOf(name),
    searchText: searchTextOf(name, user.email),
    banned: user.banned,
    locked: user.locked,
    identityRole: user.role,
  };
}

// Names are typed by users, and PostgreSQL stores neither lone surrogates nor NUL.
const storableText = (text: string | null) => text?.toWellFormed().replaceAll('\u0000', '') ?? null;

/** Returns the names of the fields that differ, and whether the sort columns do. */
export function differing(stored: UserCopy, next: UserCopy) {
  const differs = (field: keyof UserCopy) => stored[field] !== next[field];
  return { open: OPEN.filter(differs), personal: PERSONAL.filter(differs), isResorted: DERIVED.some(differs) };
}

type UserEvent = Pick<AuditEvent, 'action' | 'severity' | 'before' | 'after' | 'context'>;

export const createdEvent = (copy: UserCopy): UserEvent => ({ action: 'user.created', after: pick(copy, OPEN) });

/** Returns null when no audited field differs. */
export function updatedEvent(stored: UserCopy, next: UserCopy): UserEvent | null {
  const { open, personal } = differing(stored, next);
  if (open.length + personal.length === 0) return null;
  return {
    action: 'user.updated',
    severity: open.includes('banned') ? 'notice' : 'info',
    before: open.length > 0 ? pick(stored, open) : null,
    after: open.length > 0 ? pick(next, open) : null,
    context: personal.length > 0 ? { changed: personal } : null,
  };
}

const pick = <K extends keyof UserCopy>(from: UserCopy, fields: readonly K[]) =>
  Object.fromEntries(fields.map((field) => [field, from[field]])) as Pick<UserCopy, K>;
