import { z } from 'zod';
import { PERMISSION_CODE } from '../../access/permissions.ts';
import { Resource } from '../../access/resource.ts';
import { UserId, Uuid } from '../../core/schema.ts';

const Check = z.strictObject({
  userId: UserId,
  tenantId: Uuid,
  permission: z.string().regex(PERMISSION_CODE, 'permission_code'),
  /** What it is about, for grants under conditions. Without it, or an attribute, conditions on it are not met. */
  resource: Resource.optional(),
});

export const AccessCheckRequest = z.strictObject({ checks: z.array(Check).min(1).max(100) });

/** One answer for each check, in their order. */
export const AccessCheckAnswer = z.object({ results: z.array(z.object({ allowed: z.boolean() })) });
