import { z } from 'zod';
import { Resource } from '../../access/resource.ts';
import { UserId, Uuid } from '../../core/schema.ts';

export const Check = z.strictObject({
  userId: UserId,
  tenantId: Uuid,
  /** A code that is not in the catalogue is held by no user. */
  permission: z.string(),
  /** The resource in question, for conditional grants. Conditions on a missing attribute are not met. */
  resource: Resource.optional(),
});

/** Each check is validated alone, so that one that is not valid does not refuse the others. */
const { $schema: _, ...described } = z.toJSONSchema(Check, { io: 'input' });
const AnyCheck = z.unknown().meta(described);

export const AccessCheckRequest = z.strictObject({ checks: z.array(AnyCheck).min(1).max(100) });

const CheckResult = z.object({
  allowed: z.boolean(),
  /** Why a check is denied that cannot be allowed for any user. */
  reason: z.enum(['invalid_check', 'unknown_permission']).optional(),
  /** With `invalid_check`: what is wrong, by field. */
  errors: z.record(z.string(), z.array(z.string())).optional(),
});
export type CheckResult = z.infer<typeof CheckResult>;

/** One result for each check, in order. */
export const AccessCheckAnswer = z.object({ results: z.array(CheckResult) });
