import type { AuditEntry } from '../../audit/record.ts';
import type { IdentityUser } from '../../core/identity-provider.ts';
import { searchTextOf, sortNameOf } from '../../core/person.ts';
import type { Tx } from '../../db/tenant-tx.ts';
import type { AppliedUserUpdate } from '../context.ts';
import { type Applied, lockUser, recordSync, recordSyncs, type SyncContext, type SyncEntry } from '../context.ts';
import { copyOf, createdEvent, differing, updatedEvent } from './user-fields.ts';
import { afterUsers } from './user-followups.ts';
import {
  lockAndReadUsers,
  resortMemberships,
  type StoredUser,
  touchUsers,
  type UserRow,
  writeUsers,
} from './user-rows.ts';

export interface UserUpdate {
  user: IdentityUser;
  cause: SyncContext;
}

/** What to do with a word that is as old as the one we have and says something else: believe it, or leave it to be asked. */
export type Ties = 'believe' | 'leave';
export type Outcome = Applied | 'undecided';

/**
 * Brings our copy of many people to what the provider says, in a handful of statements; several words about one person are
 * taken in their order. An older word never wins, and nobody comes back from deletion. Answers the outcome of each word.
 * Takes the locks of people in the order of their ids: hold none of them, unless it is the only person here.
 */
export async function applyUsers(tx: Tx, words: readonly UserUpdate[], ties: Ties = 'believe'): Promise<Outcome[]> {
  const ids = [...new Set(words.map(({ user }) => user.id))].sort();
  const before = await lockAndReadUsers(tx, ids);

  const now = new Map<string, StoredUser>(before);
  const entries: SyncEntry[] = [];
  const taken = new Map<string, AppliedUserUpdate>();
  const outcomes = words.map(({ user, cause }) => {
    const known = now.get(user.id);
    const wanted = rowOf(user, known);
    const outcome = judge(known, wanted, ties);
    if (outcome !== 'applied') return outcome;
    const event = known ? updatedEvent(known, wanted) : createdEvent(wanted);
    if (event) entries.push({ cause, ...aboutUser(user.id, event) });
    now.set(user.id, { ...wanted, isDeleted: false });
    taken.set(user.id, {
      user,
      cause,
      isNew: !before.has(user.id),
      roleBefore: before.get(user.id)?.identityRole ?? null,
    });
    return outcome;
  });
  await write(
    tx,
    before,
    [...taken.keys()].map((id) => now.get(id)).filter((row) => row !== undefined),
  );
  await recordSyncs(tx, entries);
  await afterUsers(tx, [...taken.values()]);
  return outcomes;
}

/** One person: see applyUsers. */
export async function applyUser(tx: Tx, user: IdentityUser, cause: SyncContext): Promise<Applied> {
  const [outcome] = await applyUsers(tx, [{ user, cause }]);
  return outcome === 'applied' ? 'applied' : 'ignored';
}

/** A row for somebody of whom only the id is known yet; any later word of the provider's wins over it. */
export async function ensureUser(tx: Tx, id: string, cause: SyncContext) {
  await lockUser(tx, id);
  const stored = await tx.user.findFirst({ where: { id } });
  if (stored) return stored;
  const stub = await tx.user.create({
    data: { id, name: id, sortName: sortNameOf(id), searchText: searchTextOf(id, null) },
  });
  await recordUser(tx, id, cause, { action: 'user.created', context: { profile: 'not known yet' } });
  return stub;
}

const rowOf = (user: IdentityUser, known: UserRow | undefined): UserRow => ({
  id: user.id,
  ...copyOf(user),
  identityUpdatedAt: user.updatedAt,
  lastSignInAt: Math.max(user.lastSignInAt ?? 0, known?.lastSignInAt ?? 0) || null,
  createdAt: known?.createdAt ?? user.createdAt,
});

function judge(known: StoredUser | undefined, wanted: UserRow, ties: Ties): Outcome {
  if (!known) return 'applied';
  if (known.isDeleted || known.identityUpdatedAt > wanted.identityUpdatedAt) return 'ignored';
  const isTie = known.identityUpdatedAt === wanted.identityUpdatedAt && updatedEvent(known, wanted) !== null;
  return isTie && ties === 'leave' ? 'undecided' : 'applied';
}

async function write(tx: Tx, before: Map<string, StoredUser>, after: UserRow[]): Promise<void> {
  const isTold = (row: UserRow) => {
    const stored = before.get(row.id);
    return !stored || updatedEvent(stored, row) !== null;
  };
  const isTouched = (row: UserRow) => {
    const stored = before.get(row.id);
    const { isResorted } = stored ? differing(stored, row) : { isResorted: false };
    return (
      isResorted || stored?.identityUpdatedAt !== row.identityUpdatedAt || stored?.lastSignInAt !== row.lastSignInAt
    );
  };
  const told = after.filter(isTold);
  await writeUsers(tx, told);
  await touchUsers(
    tx,
    after.filter((row) => !told.includes(row) && isTouched(row)),
  );
  const resorted = after.filter((row) => {
    const stored = before.get(row.id);
    return stored !== undefined && differing(stored, row).isResorted;
  });
  await resortMemberships(tx, resorted);
}

type UserEvent = Pick<AuditEntry, 'action'> & Partial<AuditEntry>;

const aboutUser = (id: string, event: UserEvent) => ({
  category: 'identity',
  subjectId: id,
  target: { type: 'user', id, label: null },
  ...event,
});

export const recordUser = (tx: Tx, id: string, cause: SyncContext, event: UserEvent) =>
  recordSync(tx, cause, aboutUser(id, event));
