import type { z } from 'zod';
import { change } from '../../audit/change.ts';
import { AppError } from '../../errors.ts';
import type { RequestContext } from '../../http/context.ts';
import { requireVersion } from '../../http/version.ts';
import { findPermission, readPermission } from './queries.ts';
import type { Permission, PermissionCreate, PermissionUpdate } from './schema.ts';

/** Adds a permission of the host app. Throws permission_exists. */
export async function createPermission(
  context: RequestContext,
  body: z.output<typeof PermissionCreate>,
): Promise<Permission> {
  const { result, replayedId } = await change(
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
  return result ?? readPermission(context, replayedId ?? '');
}

/** Describes a permission of the host app; Rolecall's own are described by the program. */
export async function updatePermission(
  context: RequestContext,
  code: string,
  body: z.output<typeof PermissionUpdate>,
): Promise<Permission> {
  const { result } = await change(
    context,
    { action: 'permission.updated', category: 'permission', permission: 'permissions:update' },
    async ({ tx }) => {
      const stored = await findPermission(tx, code);
      requireVersion(context.ifMatch, stored, stored);
      if (stored.isSystem) throw new AppError('conflict', { detail: 'System permissions cannot be changed' });
      if (body.description !== stored.description) {
        await tx.permission.update({
          where: { code },
          data: { description: body.description, version: { increment: 1 } },
        });
      }
      return {
        result: await findPermission(tx, code),
        before: { description: stored.description },
        after: { description: body.description },
        target: { type: 'permission', id: code, label: code },
      };
    },
  );
  if (!result) throw new Error('an update is never a replay');
  return result;
}
