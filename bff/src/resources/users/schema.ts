import { z } from 'zod';
import {
  Instant,
  instantRange,
  line,
  listQuery,
  RoleRef,
  TenantRef,
  TenantStatus,
  UserId,
  UserRef,
  Uuid,
} from '../../core/schema.ts';

export const User = UserRef.extend({
  emailVerified: z.boolean(),
  banned: z.boolean(),
  locked: z.boolean(),
  /** The primary role in the default tenant; null where there is none. */
  appRole: RoleRef.nullable(),
  /** Memberships that have not ended. */
  tenantCount: z.number().int(),
  lastSignInAt: Instant.nullable(),
  createdAt: Instant,
  /** Set when the provider deleted the user: the id stays, personal data is erased. */
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

/** Profiles belong to the provider; only the app role is changed here. */
export const UserUpdate = z.strictObject({
  /** The role's key or its name at the provider; in another case too, where that names one role. Null for the default role. */
  role: z.string().min(1).max(120).nullable(),
  /** A tenant other than the default one. */
  tenantId: Uuid.optional(),
  reason: line(500).optional(),
});

export const RoleCounts = z.object({
  /** The default tenant, whose primary roles are counted; without one null, and the roles of all customers are counted by key. */
  tenant: TenantRef.nullable(),
  roles: z.array(z.object({ key: z.string(), name: z.string(), users: z.number().int() })),
});
export type RoleCounts = z.infer<typeof RoleCounts>;

export const UserParams = z.object({ userId: UserId });
export const UserListQuery = listQuery(['name', 'createdAt'], {
  email: z.string().max(320).optional(),
  banned: z.enum(['true', 'false']).optional(),
  deleted: z.enum(['true', 'false']).optional(),
  ...instantRange('createdAt'),
});
