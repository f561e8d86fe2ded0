import { z } from 'zod';
import { PERMISSION_CODE } from '../../access/permissions.ts';
import { Instant, line, listQuery } from '../../schema.ts';

export const Permission = z.object({
  /** The code, so that lists have one kind of key. */
  id: z.string(),
  code: z.string(),
  resource: z.string(),
  action: z.string(),
  scope: z.enum(['tenant', 'platform']),
  description: z.string(),
  /** Rolecall's own; the others belong to the host app. */
  isSystem: z.boolean(),
  retiredAt: Instant.nullable(),
  version: z.number().int(),
  createdAt: Instant,
});
export type Permission = z.infer<typeof Permission>;

const Code = z.string().regex(PERMISSION_CODE, 'permission_code');
export const PermissionParams = z.object({ code: Code });
export const PermissionCreate = z.strictObject({ code: Code, description: line(300) });
export const PermissionUpdate = z.strictObject({ description: line(300) });
export const PermissionListQuery = listQuery(['code', 'createdAt'], {
  scope: z.enum(['tenant', 'platform']).optional(),
  isSystem: z.enum(['true', 'false']).optional(),
});
