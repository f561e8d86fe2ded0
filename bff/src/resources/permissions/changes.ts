import { isDeepStrictEqual } from 'node:util';
import type { z } from 'zod';
import type { AuthorizedContext } from '../../access/actor.ts';
import { change } from '../../audit/change.ts';
import { createOnce } from '../../audit/create-once.ts';
import { AppError } from '../../core/errors.ts';
import { searchText } from '../../core/text/fold.ts';
import type { Tx } from '../../db/tenant-tx.ts';
import { readNow } from '../../http/read.ts';
import { assertVersion } from '../../http/version.ts';
import { findPermission, findUsage, readPermission } from './queries.ts';
import type { Permission, PermissionCreate, PermissionUpdate } from './schema.ts';

/** Adds a permission of the host app. Throws permission_exists. */
export async function createPermission(
  context: AuthorizedContext,
  body: z.output<typeof PermissionCreate>,
): Promise<Permission> {
  const { id, created } = await createOnce(
    context,
    { action: 'permission.created', category: 'permission', permission: 'permissions:create', idempotentOn: body },
    async ({ tx }) => {
      const known = await tx.permission.findFirst({ where: { code: body.code }, select: { code: true } });
      if (known) throw new AppError('permission_exists', { errors: { code: ['permission_exists'] } });
      await tx.permission.create({ data: { ...body, searchText: searchText(body.code, body.description) } });
      return {
        result: await findPermission(tx, body.code),
        before: null,
        after: { code: body.code, description: body.description },
        target: { type: 'permission', id: body.code, label: body.code },
      };
    },
  );
  return created ?? readNow(context, readPermission, { code: id });
}

/**
 * Describes, retires or restores a permission of the host app; those of Rolecall itself are described in code. Throws
 * permission_in_use when retiring it would affect another number of members than `expectedAffectedMembers`.
 */
export const updatePermission = (
  context: AuthorizedContext,
  code: string,
  body: z.output<typeof PermissionUpdate>,
): Promise<Permission> =>
  change(
    context,
    { action: 'permission.updated', category: 'permission', permission: 'permissions:update', reason: body.reason },
    async ({ tx }) => {
      const stored = await findPermission(tx, code);
      assertVersion(context.ifMatch, stored, stored);
      if (stored.isSystem) throw new AppError('conflict', { detail: 'System permissions cannot be changed' });
      const before = { description: stored.description, retired: stored.retiredAt !== null };
      const after = { description: body.description ?? before.description, retired: body.retired ?? before.retired };
      const isRetiring = after.retired && !before.retired;
      const affected = isRetiring ? await readConfirmedUsage(tx, code, body.expectedAffectedMembers) : null;
      await writePermission(tx, code, before, after);
      return {
        result: await findPermission(tx, code),
        before,
        after,
        target: { type: 'permission', id: code, label: code },
        ...(affected ? { context: { affected } } : {}),
        ...actionOf(before, after),
      };
    },
  );

type State = Pick<Permission, 'description'> & { retired: boolean };

const actionOf = (before: State, after: State) =>
  before.retired === after.retired ? {} : { action: after.retired ? 'permission.retired' : 'permission.restored' };

async function writePermission(tx: Tx, code: string, before: State, after: State): Promise<void> {
  if (isDeepStrictEqual(before, after)) return;
  const retiredAt = after.retired ? new Date() : null;
  await tx.permission.update({
    where: { code },
    data: {
      description: after.description,
      searchText: searchText(code, after.description),
      ...(before.retired === after.retired ? {} : { retiredAt }),
      version: { increment: 1 },
    },
  });
}

/** Returns the roles, members and tenants affected. Throws permission_in_use unless the caller has seen how many members. */
async function readConfirmedUsage(tx: Tx, code: string, expectedAffectedMembers: number | undefined) {
  const { roles, members, tenants } = await findUsage(tx, code);
  const usage = { roles, members, tenants };
  if (roles > 0 && expectedAffectedMembers !== members) {
    throw new AppError('permission_in_use', {
      usage,
      detail: `Granted by ${roles} roles in ${tenants} tenants to ${members} members: confirm with expectedAffectedMembers ${members}`,
    });
  }
  return usage;
}
