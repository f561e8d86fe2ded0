import { z } from 'zod';
import { PERMISSION_CODE } from '../../access/permissions.ts';
import { ResourceText } from '../../access/resource.ts';
import { Instant, UserId } from '../../core/schema.ts';

const Code = z.string().regex(PERMISSION_CODE, 'permission_code');

export const ExplainQuery = z.strictObject({
  userId: UserId,
  permission: Code,
  /** JSON of what it is about, for grants under conditions. */
  resource: ResourceText.optional(),
  /** A past moment; now when missing. */
  asOf: Instant.optional(),
});
export const HoldersQuery = z.strictObject({
  permission: Code,
  /** JSON of what it is about. Without it, only who may do it whatever it is about. */
  resource: ResourceText.optional(),
  /** A past moment; now when missing. */
  asOf: Instant.optional(),
  /** Also who may do it about some other resource, marked. */
  conditional: z.enum(['true', 'false']).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(25),
  cursor: z.string().max(2000).optional(),
});
