import { z } from 'zod';
import { PERMISSION_CODE } from '../../../access/permissions.ts';
import { line, RoleRef, Uuid } from '../../../core/schema.ts';

/** How many roles one update of the matrix may change. */
const MAX_ROLES = 100;

const Grant = z.object({
  code: z.string(),
  /** Granted under conditions, which the role lists. */
  isConditional: z.boolean(),
});

/** A role as a column of the matrix. */
export const MatrixRole = RoleRef.extend({
  version: z.number().int(),
  isSystem: z.boolean(),
  /** Grants every permission, so that none is listed. */
  isOwner: z.boolean(),
  isDefault: z.boolean(),
  parent: RoleRef.nullable(),
  own: z.array(Grant),
  /** What only its ancestors grant, each from the nearest. */
  inherited: z.array(Grant.extend({ from: RoleRef })),
});
export type MatrixRole = z.infer<typeof MatrixRole>;

/** Owner roles first, then system roles, then the tenant's own; by name within. */
export const RoleMatrix = z.object({ roles: z.array(MatrixRole) });
export type RoleMatrix = z.infer<typeof RoleMatrix>;

export const RoleMatrixUpdate = z.strictObject({
  roles: z
    .array(
      z.strictObject({
        roleId: Uuid,
        /** The version that the caller last read. */
        version: z.number().int().min(1).max(2_147_483_647),
        /** All permissions the role shall grant itself. Those that stay keep their conditions. */
        permissions: z.array(z.string().regex(PERMISSION_CODE, 'permission_code')).max(500),
      }),
    )
    .min(1)
    .max(MAX_ROLES)
    .refine((roles) => new Set(roles.map(({ roleId }) => roleId)).size === roles.length, 'named_twice'),
  reason: line(500).optional(),
});

/** `current` of an error with code `stale_version`: every role that has changed since, with both versions. */
export const StaleRoles = z.array(
  RoleRef.extend({
    seenVersion: z.number().int(),
    version: z.number().int(),
    /** What the role grants itself now. */
    permissions: z.array(z.string()),
  }),
);
export type StaleRoles = z.infer<typeof StaleRoles>;
