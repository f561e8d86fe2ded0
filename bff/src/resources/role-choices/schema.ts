import { z } from 'zod';
import { RoleRef, TenantRef, Uuid } from '../../core/schema.ts';

/** Where the caller may choose a role for themselves, and among which. Empty once they have one. */
export const RoleChoices = z.object({
  choices: z.array(
    z.object({
      tenant: TenantRef,
      /** `isDefault`: what they are already, unless they choose another. */
      roles: z.array(RoleRef.extend({ description: z.string(), isDefault: z.boolean() })),
    }),
  ),
});
export type RoleChoices = z.infer<typeof RoleChoices>;

export const RoleChoice = z.strictObject({ tenantId: Uuid, roleId: Uuid });
