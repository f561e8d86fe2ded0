import { z } from 'zod';
import { RoleRef, TenantRef, Uuid } from '../../core/schema.ts';

/** The tenants in which the caller may choose a role, with the roles. Empty after the choice. */
export const RoleChoices = z.object({
  choices: z.array(
    z.object({
      tenant: TenantRef,
      /** `isDefault`: the role they hold already. */
      roles: z.array(RoleRef.extend({ description: z.string(), isDefault: z.boolean() })),
    }),
  ),
});
export type RoleChoices = z.infer<typeof RoleChoices>;

export const RoleChoice = z.strictObject({ tenantId: Uuid, roleId: Uuid });
