import { z } from 'zod';
import { PERMISSION_CODE } from '../../access/permissions.ts';
import { Resource } from '../../access/resource.ts';
import { UserId, Uuid } from '../../core/schema.ts';

const Check = z.strictObject({
  userId: UserId,
  tenantId: Uuid,
  permission: z.string().regex(PERMISSION_CODE, 'permission_code'),
  /** The resource in question, for conditional grants. Conditions on a missing attribute are not met. */
  resource: Resource.optional(),
});

export const AccessCheckRequest = z.strictObject({ checks: z.array(Check).min(1).max(100) });

/** One result for each check, in order. */
export const AccessCheckAnswer = z.object({ results: z.array(z.object({ allowed: z.boolean() })) });
