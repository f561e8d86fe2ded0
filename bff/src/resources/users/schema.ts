import { z } from 'zod';
import { Instant, instantRange, listQuery, Person, RoleRef, TenantRef, TenantStatus, UserId } from '../../schema.ts';

export const User = Person.extend({
  emailVerified: z.boolean(),
  banned: z.boolean(),
  locked: z.boolean(),
  /** Memberships that have not ended. */
  tenantCount: z.number().int(),
  lastSignInAt: Instant.nullable(),
  createdAt: Instant,
  /** Set when the provider deleted the person: the id stays, the personal data is gone. */
  deletedAt: Instant.nullable(),
});
export type User = z.infer<typeof User>;

export const UserDetail = User.extend({
  memberships: z.array(
    z.object({
      id: z.string(),
      tenant: TenantRef.extend({ status: TenantStatus, kind: z.enum(['platform', 'customer']) }),
      status: z.enum(['active', 'suspended', 'left']),
      roles: z.array(RoleRef),
      createdAt: Instant,
    }),
  ),
});
export type UserDetail = z.infer<typeof UserDetail>;

export const UserParams = z.object({ userId: UserId });
export const UserListQuery = listQuery(['name', 'createdAt'], {
  email: z.string().max(320).optional(),
  banned: z.enum(['true', 'false']).optional(),
  deleted: z.enum(['true', 'false']).optional(),
  ...instantRange('createdAt'),
});
