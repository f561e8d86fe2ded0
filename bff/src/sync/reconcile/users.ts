import { Prisma } from '@rolecall/prisma/client';
import {
  type IdentityDirectory,
  type IdentityPage,
  IdentityUnavailable,
  type IdentityUser,
} from '../../core/identity-provider.ts';
import { applyUsers } from '../apply/user.ts';
import { applyUserDeleted } from '../apply/user-deleted.ts';
import { compareUser, type Diff } from './drift/diff.ts';
import { appRoleComparer } from './drift/diff-app-roles.ts';
import { pushUser } from './push.ts';
import { changedSince, matchesSelection, notSeenInRun, type ReconciledType, selectionLimit } from './resource.ts';

const refOf = (objectId: string) => ({ objectId, userId: null, organizationId: null });

export const userType: ReconciledType<IdentityUser> = {
  type: 'user',
  chunk: 500,
  list: listUsers,
  fetch: (directory, { objectId }) => directory.fetchUser(objectId),
  refOf: ({ id }) => refOf(id),
  countOurs: (tx) => tx.user.count({ where: { deletedAt: null } }),

  async compare(tx, items, { fetchedAt, settings }) {
    const rows = await tx.user.findMany({ where: { id: { in: items.map(({ id }) => id) } } });
    const stored = new Map(rows.map((row) => [row.id, row]));
    const compareAppRole = await appRoleComparer(
      tx,
      settings,
      items.map(({ id }) => id),
    );
    return items.map((item) => {
      const ours = stored.get(item.id) ?? null;
      if (changedSince(ours && { ...ours, hasEnded: ours.deletedAt !== null }, item, fetchedAt))
        return { item, diff: null, isNewer: false };
      const isLater =
        ours !== null &&
        (ours.identityUpdatedAt < BigInt(item.updatedAt) ||
          (item.lastSignInAt ?? 0) > (ours.lastSignInAt?.getTime() ?? 0));
      return {
        item,
        diff: withRole(compareUser(ours, item), ours ? compareAppRole(item.id, item.role) : null),
        isNewer: isLater && !ours.deletedAt,
      };
    });
  },

  async apply(tx, updates) {
    await applyUsers(
      tx,
      updates.map(({ item, ctx }) => ({ user: item, ctx })),
    );
  },

  push: pushUser,
  create: null,

  end: (tx, { objectId }, ctx) => applyUserDeleted(tx, objectId, ctx),

  async missingAtProvider(tx, run, which) {
    const rows = await tx.$queryRaw<{ id: string }[]>`
      SELECT id FROM "user" WHERE deleted_at IS NULL AND created_at < ${run.startedAt} AND ${matchesSelection(Prisma.sql`id`, which)}
        AND ${notSeenInRun(run.id, 'user', Prisma.sql`"user".id`)}
      ORDER BY id LIMIT ${selectionLimit(which)}`;
    return rows.map(({ id }) => refOf(id));
  },
};

/** Adds a role that differs to the other differences. */
function withRole(diff: Diff | null, drift: ReturnType<Awaited<ReturnType<typeof appRoleComparer>>>): Diff | null {
  if (!drift || diff?.isFinal) return diff;
  if (diff) return { ...diff, fields: [...diff.fields, drift.field] };
  return { kind: 'role', fields: [drift.field], ...(drift.refusal ? { refusal: drift.refusal } : {}) };
}

/** A cursor names a user, who may have been deleted since: the list is then read from its start, and seen users are skipped. */
async function listUsers(directory: IdentityDirectory, cursor: string | null): Promise<IdentityPage<IdentityUser>> {
  try {
    return await directory.listUsers(cursor);
  } catch (error) {
    const isRefused = error instanceof IdentityUnavailable && !error.isTemporary;
    if (!isRefused || cursor === null || (await directory.fetchUser(cursor))) throw error;
    return directory.listUsers(null);
  }
}
