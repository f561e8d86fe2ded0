import { z } from 'zod';
import { PERMISSION_CODE } from '../../access/permissions.ts';
import { UserId, Uuid } from '../../schema.ts';

const Check = z.strictObject({
  userId: UserId,
  tenantId: Uuid,
  permission: z.string().regex(PERMISSION_CODE, 'permission_code'),
  /** What it is about, for the asker's own sake: no grant depends on it, so it changes no answer. */
  resource: z.record(z.string(), z.unknown()).optional(),
});

export const AccessCheckRequest = z.strictObject({ checks: z.array(Check).min(1).max(100) });

/** One answer for each check, in their order. */
export const AccessCheckAnswer = z.object({ results: z.array(z.object({ allowed: z.boolean() })) });
