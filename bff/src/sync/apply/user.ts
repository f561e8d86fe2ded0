import type { AuditEvent } from '../../audit/record.ts';
import type { IdentityUser } from '../../core/identity-provider.ts';
import { searchTextOf, sortNameOf } from '../../core/text/user-names.ts';
import type { Tx } from '../../db/tenant-tx.ts';
import {
  type AppliedUserUpdate,
  type ApplyOutcome,
  type FinalStatus,
  lockUser,
  recordSync,
  recordSyncBatch,
  type SyncContext,
  type SyncEntry,
  type TieBreak,
} from '../context.ts';
import { copyOf, createdEvent, updatedEvent } from './user-fields.ts';
import { afterUsers } from './user-followups.ts';
import { lockAndReadUsers, type StoredUser, type UserRow, writeUserChanges } from './user-rows.ts';

export interface UserUpdate {
  user: IdentityUser;
  ctx: SyncContext;
}

/**
 * Applies user updates in a handful of statements, in the order given. Stale updates are ignored, and so are those of deleted
 * users. Returns the outcome of each. Locks the users in the order of their ids: the caller holds no user's lock, except that of
 * the only user in the batch.
 */
export async function applyUsers(
  tx: Tx,
  updates: readonly UserUpdate[],
  tieBreak: TieBreak = 'accept',
): Promise<ApplyOutcome[]> {
  const ids = [...new Set(updates.map(({ user }) => user.id))].sort();
  const before = await lockAndReadUsers(tx, ids);

  const now = new Map<string, StoredUser>(before);
  const entries: SyncEntry[] = [];
  const applied = new Map<string, AppliedUserUpdate>();
  const outcomes = updates.map(({ user, ctx }) => {
    const stored = now.get(user.id);
    const next = rowOf(user, stored);
    const outcome = decide(stored, next, tieBreak);
    if (outcome !== 'applied') return outcome;
    const event = stored ? updatedEvent(stored, next) : createdEvent(next);
    if (event) entries.push({ ctx, ...userEntry(user.id, event) });
    now.set(user.id, { ...next, isDeleted: false });
    const { identityRole: previousRole = null, banned: wasBanned = false } = before.get(user.id) ?? {};
    applied.set(user.id, { user, ctx, previousRole, wasBanned });
    return outcome;
  });
  const after = [...applied.keys()].flatMap((id) => now.get(id) ?? []);
  await writeUserChanges(tx, before, after);
  await recordSyncBatch(tx, entries);
  await afterUsers(tx, [...applied.values()]);
  return outcomes;
}

/** Applies one update: see applyUsers. */
export async function applyUser(tx: Tx, user: IdentityUser, ctx: SyncContext): Promise<FinalStatus> {
  const [outcome] = await applyUsers(tx, [{ user, ctx }]);
  return outcome === 'applied' ? 'applied' : 'ignored';
}

/** Creates a row for a user of whom only the id is known so far; every later update wins over it. */
export async function ensureUser(tx: Tx, id: string, ctx: SyncContext) {
  await lockUser(tx, id);
  const stored = await tx.user.findFirst({ where: { id } });
  if (stored) return stored;
  const stub = await tx.user.create({
    data: { id, name: id, sortName: sortNameOf(id), searchText: searchTextOf(id, null) },
  });
  await recordUser(tx, id, ctx, { action: 'user.created', context: { profile: 'not known yet' } });
  return stub;
}

const rowOf = (user: IdentityUser, stored: UserRow | undefined): UserRow => ({
  id: user.id,
  ...copyOf(user),
  identityUpdatedAt: user.updatedAt,
  lastSignInAt: Math.max(user.lastSignInAt ?? 0, stored?.lastSignInAt ?? 0) || null,
  createdAt: stored?.createdAt ?? user.createdAt,
});

function decide(stored: StoredUser | undefined, next: UserRow, tieBreak: TieBreak): ApplyOutcome {
  if (!stored) return 'applied';
  if (stored.isDeleted || stored.identityUpdatedAt > next.identityUpdatedAt) return 'ignored';
  const isTie = stored.identityUpdatedAt === next.identityUpdatedAt && updatedEvent(stored, next) !== null;
  return isTie && tieBreak === 'defer' ? 'conflict' : 'applied';
}

type UserEvent = Pick<AuditEvent, 'action'> & Partial<AuditEvent>;

const userEntry = (id: string, event: UserEvent) => ({
  category: 'identity' as const,
  subjectId: id,
  target: { type: 'user', id, label: null },
  ...event,
});

export const recordUser = (tx: Tx, id: string, ctx: SyncContext, event: UserEvent) =>
  recordSync(tx, ctx, userEntry(id, event));
