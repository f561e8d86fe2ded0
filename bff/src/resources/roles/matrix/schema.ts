import { z } from 'zod';
import { PERMISSION_CODE } from '../../../access/permissions.ts';
import { line, RoleRef, Uuid } from '../../../core/schema.ts';

/** Most roles that one change of the matrix may touch. */
const MAX_ROLES = 100;

const Grant = z.object({
  code: z.string(),
  /** Holds only under conditions; the role's page says which. */
  isConditional: z.boolean(),
});

/** A living role as a column of the matrix. */
export const MatrixRole = RoleRef.extend({
  version: z.number().int(),
  isSystem: z.boolean(),
  /** Grants everything, so that nothing is listed. */
  isOwner: z.boolean(),
  isDefault: z.boolean(),
  parent: RoleRef.nullable(),
  own: z.array(Grant),
  /** What only roles above it grant, each from the nearest. */
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
        /** The version that was looked at. */
        version: z.number().int().min(1).max(2_147_483_647),
        /** All that the role shall grant itself. Conditions of what stays are kept. */
        permissions: z.array(z.string().regex(PERMISSION_CODE, 'permission_code')).max(500),
      }),
    )
    .min(1)
    .max(MAX_ROLES)
    .refine((roles) => new Set(roles.map(({ roleId }) => roleId)).size === roles.length, 'named_twice'),
  reason: line(500).optional(),
});

/** `current` of a refusal with code `stale_version`: every role that was changed meanwhile, with both versions. */
export const StaleRoles = z.array(
  RoleRef.extend({
    seenVersion: z.number().int(),
    version: z.number().int(),
    /** What the role grants itself now. */
    permissions: z.array(z.string()),
  }),
);
export type StaleRoles = z.infer<typeof StaleRoles>;
