import type { Tx } from '../db/tenant-tx.ts';
import type { IdentityUser } from '../identity/provider.ts';
import { displayNameOf, searchTextOf, sortNameOf } from '../person.ts';
import { bootstrapOwner } from './bootstrap.ts';
import { type Applied, lockUser, recordSync, type SyncCause } from './cause.ts';

/** Of a person's fields, those that an erasure must be able to take back; the log names them and keeps no value. */
export const PERSONAL = ['email', 'firstName', 'lastName', 'name', 'imageUrl'] as const;
export const OPEN = ['emailVerified', 'banned', 'locked', 'identityRole'] as const;

/** Brings our copy of a person to what the provider says. An older word never wins, and nobody comes back from deletion. */
export async function applyUser(tx: Tx, user: IdentityUser, cause: SyncCause): Promise<Applied> {
  await lockUser(tx, user.id);
  const stored = await tx.user.findFirst({ where: { id: user.id } });
  if (stored?.deletedAt || (stored && stored.identityUpdatedAt > BigInt(user.updatedAt))) return 'ignored';

  const wanted = copyOf(user);
  const clocks = {
    identityUpdatedAt: BigInt(user.updatedAt),
    ...(user.lastSignInAt ? { lastSignInAt: new Date(user.lastSignInAt) } : {}),
  };
  if (!stored) {
    await tx.user.create({ data: { id: user.id, ...wanted, ...clocks, createdAt: new Date(user.createdAt) } });
    await recordUser(tx, user.id, cause, { action: 'user.created', after: pick(wanted, OPEN) });
  } else {
    const changed = differing(stored, wanted);
    // Only what differs is named in the statement: the database asks for an audit row of a column named, changed or not.
    await tx.user.update({ where: { id: user.id }, data: { ...pick(wanted, changed), ...clocks } });
    const told = changed.filter((field) => !isDerived(field));
    if (told.length > 0) await recordUpdate(tx, stored, wanted, told, cause);
  }
  await bootstrapOwner(tx, user, cause);
  if (stored && (stored.sortName !== wanted.sortName || stored.searchText !== wanted.searchText)) {
    await tx.membership.updateMany({ where: { userId: user.id }, data: pick(wanted, ['sortName', 'searchText']) });
  }
  return 'applied';
}

/** A row for somebody of whom only the id is known yet; any later word of the provider's wins over it. */
export async function ensureUser(tx: Tx, id: string, cause: SyncCause) {
  await lockUser(tx, id);
  const stored = await tx.user.findFirst({ where: { id } });
  if (stored) return stored;
  const stub = await tx.user.create({
    data: { id, name: id, sortName: sortNameOf(id), searchText: searchTextOf(id, null) },
  });
  await recordUser(tx, id, cause, { action: 'user.created', context: { profile: 'not known yet' } });
  return stub;
}

type Copy = ReturnType<typeof copyOf>;

export function copyOf(user: IdentityUser) {
  const name = displayNameOf(user);
  return {
    email: user.email,
    emailVerified: user.emailVerified,
    firstName: user.firstName,
    lastName: user.lastName,
    name,
    imageUrl: user.imageUrl,
    sortName: sortNameOf(name),
    searchText: searchTextOf(name, user.email),
    banned: user.banned,
    locked: user.locked,
    identityRole: user.role,
  };
}

const isDerived = (field: keyof Copy) => field === 'sortName' || field === 'searchText';

const differing = (stored: Copy, wanted: Copy): (keyof Copy)[] =>
  (Object.keys(wanted) as (keyof Copy)[]).filter((field) => stored[field] !== wanted[field]);

const pick = <T extends object, K extends keyof T>(from: T, fields: readonly K[]) =>
  Object.fromEntries(fields.map((field) => [field, from[field]])) as Pick<T, K>;

async function recordUpdate(
  tx: Tx,
  stored: Copy & { id: string },
  wanted: Copy,
  changed: (keyof Copy)[],
  cause: SyncCause,
) {
  const open = OPEN.filter((field) => changed.includes(field));
  const personal = PERSONAL.filter((field) => changed.includes(field));
  await recordUser(tx, stored.id, cause, {
    action: 'user.updated',
    severity: open.includes('banned') ? 'notice' : 'info',
    before: open.length > 0 ? pick(stored, open) : null,
    after: open.length > 0 ? pick(wanted, open) : null,
    context: personal.length > 0 ? { changed: personal } : null,
  });
}

type UserEvent = Omit<Parameters<typeof recordSync>[2], 'category' | 'subjectId' | 'target'>;

export const recordUser = (tx: Tx, id: string, cause: SyncCause, event: UserEvent) =>
  recordSync(tx, cause, { category: 'identity', subjectId: id, target: { type: 'user', id, label: null }, ...event });
