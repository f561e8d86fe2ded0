import { Prisma } from 'database/client';
import {
  type IdentityDirectory,
  type IdentityPage,
  IdentityUnavailable,
  type IdentityUser,
} from '../../core/identity-provider.ts';
import { applyUsers } from '../apply/user.ts';
import { applyUserDeleted } from '../apply/user-deleted.ts';
import { compareUser, type Finding } from './drift/diff.ts';
import { appRolesOf } from './drift/diff-app-roles.ts';
import { pushUser } from './push.ts';
import { isTouched, isUnseen, isWhich, limitOf, type Reconciled } from './resource.ts';

const refOf = (objectId: string) => ({ objectId, userId: null, organizationId: null });

export const reconciledUsers: Reconciled<IdentityUser> = {
  type: 'user',
  chunk: 500,
  list: listUsers,
  fetch: (directory, { objectId }) => directory.fetchUser(objectId),
  refOf: ({ id }) => refOf(id),
  countOurs: (tx) => tx.user.count({ where: { deletedAt: null } }),

  async compare(tx, items, { askedAt, settings }) {
    const rows = await tx.user.findMany({ where: { id: { in: items.map(({ id }) => id) } } });
    const stored = new Map(rows.map((row) => [row.id, row]));
    const appRole = await appRolesOf(
      tx,
      settings,
      items.map(({ id }) => id),
    );
    return items.map((item) => {
      const ours = stored.get(item.id) ?? null;
      if (isTouched(ours && { ...ours, hasEnded: ours.deletedAt !== null }, item, askedAt))
        return { item, finding: null, isFresher: false };
      const isLater =
        ours !== null &&
        (ours.identityUpdatedAt < BigInt(item.updatedAt) ||
          (item.lastSignInAt ?? 0) > (ours.lastSignInAt?.getTime() ?? 0));
      return {
        item,
        finding: withRole(compareUser(ours, item), ours ? appRole(item.id, item.role) : null),
        isFresher: isLater && !ours.deletedAt,
      };
    });
  },

  async apply(tx, words) {
    await applyUsers(
      tx,
      words.map(({ item, cause }) => ({ user: item, cause })),
    );
  },

  push: pushUser,

  end: (tx, { objectId }, cause) => applyUserDeleted(tx, objectId, cause),

  async unlisted(tx, run, which) {
    const rows = await tx.$queryRaw<{ id: string }[]>`
      SELECT id FROM "user" WHERE deleted_at IS NULL AND created_at < ${run.startedAt} AND ${isWhich(Prisma.sql`id`, which)}
        AND ${isUnseen(run.id, 'user', Prisma.sql`"user".id`)}
      ORDER BY id LIMIT ${limitOf(which)}`;
    return rows.map(({ id }) => refOf(id));
  },
};

/** A role is told of where nothing else differs, or beside it. */
function withRole(finding: Finding | null, drift: ReturnType<Awaited<ReturnType<typeof appRolesOf>>>): Finding | null {
  if (!drift || finding?.isFinal) return finding;
  if (finding) return { ...finding, fields: [...finding.fields, drift.field] };
  return { kind: 'role', fields: [drift.field], ...(drift.isRefused ? { isRefused: true } : {}) };
}

/** A cursor names a person, who may have been deleted since: then the list is read from its start, and whoever was seen is passed over. */
async function listUsers(directory: IdentityDirectory, cursor: string | null): Promise<IdentityPage<IdentityUser>> {
  try {
    return await directory.listUsers(cursor);
  } catch (error) {
    const isRefused = error instanceof IdentityUnavailable && !error.isTemporary;
    if (!isRefused || cursor === null || (await directory.fetchUser(cursor))) throw error;
    return directory.listUsers(null);
  }
}
