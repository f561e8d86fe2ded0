import { z } from 'zod';
import { PERMISSION_CODE } from '../../access/permissions.ts';
import { ResourceText } from '../../access/resource.ts';
import { InstantInput, PageLimit, UserId } from '../../core/schema.ts';

const Code = z.string().regex(PERMISSION_CODE, 'permission_code');

export const ExplainQuery = z.strictObject({
  userId: UserId,
  permission: Code,
  /** JSON of the resource in question, for conditional grants. */
  resource: ResourceText.optional(),
  /** An instant in the past; now when omitted. */
  asOf: InstantInput.optional(),
});
export const HoldersQuery = z.strictObject({
  permission: Code,
  /** JSON of the resource in question. Without it, only holders without conditions on the resource. */
  resource: ResourceText.optional(),
  /** An instant in the past; now when omitted. */
  asOf: InstantInput.optional(),
  /** Also those whose conditions another resource would meet, marked. */
  conditional: z.enum(['true', 'false']).optional(),
  limit: PageLimit,
  cursor: z.string().max(2000).optional(),
});
