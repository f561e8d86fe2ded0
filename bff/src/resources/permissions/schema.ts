import { z } from 'zod';
import { PERMISSION_CODE } from '../../access/permissions.ts';
import { Instant, line, listQuery, RoleRef, TenantRef } from '../../core/schema.ts';

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
export const PermissionUpdate = z
  .strictObject({
    description: line(300).optional(),
    /** Held by nobody from now on; `false` brings it back, and with it what roles carry. */
    retired: z.boolean().optional(),
    /** How many members lose it by retiring it, as seen before: needed while roles carry it. */
    expectedAffectedMembers: z.number().int().min(0).optional(),
    reason: line(500).optional(),
  })
  .refine((body) => body.description !== undefined || body.retired !== undefined, 'nothing_to_change');

/** Who carries a permission. Owner roles are not counted: they hold whatever there is. */
export const PermissionUsage = z.object({
  roles: z.number().int(),
  /** People who hold one of the roles now or later, once in each tenant. */
  members: z.number().int(),
  tenants: z.number().int(),
  /** The first 200 tenants, those with most members first. */
  data: z.array(z.object({ tenant: TenantRef, roles: z.array(RoleRef), members: z.number().int() })),
});
export type PermissionUsage = z.infer<typeof PermissionUsage>;
/** The same numbers for every permission that any role carries. */
export const PermissionUsageCounts = z.object({
  data: z.array(PermissionUsage.omit({ data: true }).extend({ code: z.string() })),
});
export type PermissionUsageCounts = z.infer<typeof PermissionUsageCounts>;

export const PermissionListQuery = listQuery(['code', 'createdAt'], {
  scope: z.enum(['tenant', 'platform']).optional(),
  isSystem: z.enum(['true', 'false']).optional(),
  retired: z.enum(['true', 'false']).optional(),
});
