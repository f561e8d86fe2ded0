import type { PrismaClient } from '@rolecall/prisma/client';
import { AppError } from '../core/errors.ts';

/** Throws validation_failed for a code that is not in the catalogue: an answer about it would look like a decision. */
export async function assertPermissionKnown(client: Pick<PrismaClient, 'permission'>, code: string): Promise<void> {
  if ((await client.permission.count({ where: { code } })) > 0) return;
  throw new AppError('validation_failed', { errors: { permission: ['unknown_permission'] } });
}
