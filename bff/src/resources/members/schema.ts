import { z } from 'zod';
import { Instant, instantRange, line, listQuery, Person, RoleRef, UserId, Uuid } from '../../schema.ts';

export const MemberRole = RoleRef.extend({
  isOwner: z.boolean(),
  isPrimary: z.boolean(),
  validFrom: Instant,
  /** When the role ends by itself; null means it stays. */
  validUntil: Instant.nullable(),
  grantedBy: z.object({ id: z.string(), name: z.string() }).nullable(),
  grantedAt: Instant,
});
export type MemberRole = z.infer<typeof MemberRole>;

export const Member = z.object({
  id: z.string(),
  tenantId: z.string(),
  user: Person.extend({ banned: z.boolean(), deletedAt: Instant.nullable() }),
  status: z.enum(['active', 'suspended', 'left']),
  roles: z.array(MemberRole),
  /** invitation, identity, bootstrap, platform */
  source: z.string(),
  version: z.number().int(),
  createdAt: Instant,
  leftAt: Instant.nullable(),
});
export type Member = z.infer<typeof Member>;

export const MemberParams = z.object({ tenantId: Uuid, memberId: Uuid });
export const MemberUpdate = z
  .strictObject({
    status: z.enum(['active', 'suspended']).optional(),
    /** The whole set of roles this member shall hold; what is missing here ends. */
    roles: z
      .array(
        z.strictObject({
          roleId: Uuid,
          isPrimary: z.boolean().optional(),
          /** When the role begins; left out, it begins now, or as it already did. */
          validFrom: Instant.nullish(),
          /** When the role ends by itself, by the database's clock. */
          validUntil: Instant.nullish(),
        }),
      )
      .max(50)
      .optional(),
    reason: line(500).optional(),
  })
  .refine((body) => body.status !== undefined || body.roles !== undefined, 'nothing_to_change');
export const MemberListQuery = listQuery(['name', 'createdAt'], {
  status: z.enum(['active', 'suspended', 'left']).optional(),
  roleId: Uuid.optional(),
  userId: UserId.optional(),
  /** Who holds a role that ends by itself before then. */
  endsBefore: Instant.optional(),
  ...instantRange('createdAt'),
});
