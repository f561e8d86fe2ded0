import { z } from 'zod';
import { PERMISSION_CODE } from '../../access/permissions.ts';
import { Instant, line, listQuery, RoleRef, TenantRef } from '../../core/schema.ts';

export const Permission = z.object({
  /** The code, so that every row has an id. */
  id: z.string(),
  code: z.string(),
  resource: z.string(),
  action: z.string(),
  scope: z.enum(['tenant', 'platform']),
  description: z.string(),
  /** A permission of Rolecall itself; the others belong to the host app. */
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
    /** A retired permission is held by no user; `false` restores it with the grants of all roles. */
    retired: z.boolean().optional(),
    /** How many members lose it, as previewed: required while roles grant it. */
    expectedAffectedMembers: z.number().int().min(0).optional(),
    reason: line(500).optional(),
  })
  .refine((body) => body.description !== undefined || body.retired !== undefined, 'nothing_to_change');

/** The roles that grant a permission, and the owners, whose roles grant every permission and are not among them. */
export const PermissionUsage = z.object({
  roles: z.number().int(),
  /** Members with a current or upcoming assignment of one of the roles, once per tenant. */
  members: z.number().int(),
  /** Owners whose role grants it, once per tenant. */
  owners: z.number().int(),
  tenants: z.number().int(),
  /** The first 200 tenants, those with most members first. */
  data: z.array(z.object({ tenant: TenantRef, roles: z.array(RoleRef), members: z.number().int() })),
});
export type PermissionUsage = z.infer<typeof PermissionUsage>;
/** The same numbers for every permission that a role grants. */
export const PermissionUsageCounts = z.object({
  data: z.array(PermissionUsage.omit({ data: true, owners: true }).extend({ code: z.string() })),
});
export type PermissionUsageCounts = z.infer<typeof PermissionUsageCounts>;

export const PermissionListQuery = listQuery(['code', 'createdAt'], {
  scope: z.enum(['tenant', 'platform']).optional(),
  isSystem: z.enum(['true', 'false']).optional(),
  retired: z.enum(['true', 'false']).optional(),
});
