import type { z } from 'zod';
import { change } from '../../audit/change.ts';
import { createOnce } from '../../audit/create-once.ts';
import type { RequestContext } from '../../core/context.ts';
import { AppError } from '../../core/errors.ts';
import type { Tx } from '../../db/tenant-tx.ts';
import { assertVersion } from '../../http/version.ts';
import { findPermission, findUsage, readPermission } from './queries.ts';
import type { Permission, PermissionCreate, PermissionUpdate } from './schema.ts';

/** Adds a permission of the host app. Throws permission_exists. */
export async function createPermission(
  context: RequestContext,
  body: z.output<typeof PermissionCreate>,
): Promise<Permission> {
  const { id, created } = await createOnce(
    context,
    { action: 'permission.created', category: 'permission', permission: 'permissions:create', idempotentOn: body },
    async ({ tx }) => {
      const known = await tx.permission.findFirst({ where: { code: body.code }, select: { code: true } });
      if (known) throw new AppError('permission_exists', { errors: { code: ['permission_exists'] } });
      await tx.permission.create({ data: { code: body.code, description: body.description } });
      return {
        result: await findPermission(tx, body.code),
        before: null,
        after: { code: body.code, description: body.description },
        target: { type: 'permission', id: body.code, label: body.code },
      };
    },
  );
  return created ?? readPermission(context, id);
}

/**
 * Describes, retires or brings back a permission of the host app; Rolecall's own are described by the program. Throws
 * permission_in_use when retiring it would take it from other people than `expectedAffectedMembers` says.
 */
export async function updatePermission(
  context: RequestContext,
  code: string,
  body: z.output<typeof PermissionUpdate>,
): Promise<Permission> {
  return change(
    context,
    { action: 'permission.updated', category: 'permission', permission: 'permissions:update', reason: body.reason },
    async ({ tx }) => {
      const stored = await findPermission(tx, code);
      assertVersion(context.ifMatch, stored, stored);
      if (stored.isSystem) throw new AppError('conflict', { detail: 'System permissions cannot be changed' });
      const isRetired = stored.retiredAt !== null;
      const { description = stored.description, retired = isRetired } = body;
      const taken = retired && !isRetired ? await readConfirmedUsage(tx, code, body.expectedAffectedMembers) : null;
      if (retired !== isRetired || description !== stored.description) {
        await tx.permission.update({
          where: { code },
          data: {
            ...(description !== stored.description ? { description } : {}),
            ...(retired !== isRetired ? { retiredAt: retired ? new Date() : null } : {}),
            version: { increment: 1 },
          },
        });
      }
      const action = retired ? 'permission.retired' : 'permission.restored';
      return {
        result: await findPermission(tx, code),
        before: { description: stored.description, retired: isRetired },
        after: { description, retired },
        target: { type: 'permission', id: code, label: code },
        ...(taken ? { context: { takenFrom: taken } } : {}),
        ...(retired !== isRetired ? { action } : {}),
      };
    },
  );
}

/** Whoever takes it away has seen from how many. */
async function readConfirmedUsage(tx: Tx, code: string, expectedAffectedMembers: number | undefined) {
  const { roles, members, tenants } = await findUsage(tx, code);
  const usage = { roles, members, tenants };
  if (roles > 0 && expectedAffectedMembers !== members) {
    throw new AppError('permission_in_use', {
      usage,
      detail: `${roles} roles in ${tenants} tenants carry it, ${members} members hold them: say expectedAffectedMembers ${members}`,
    });
  }
  return usage;
}
