import { z } from 'zod';
import { Instant, RoleRef, TenantRef, TenantStatus, UserRef } from '../../core/schema.ts';
import { Conditions } from '../conditions.ts';

const Named = z.object({ id: z.string(), name: z.string() });
const HeldRole = RoleRef.extend({ isOwner: z.boolean() });

/** One path by which a permission was held. */
const EffectivePath = z.object({
  via: z.enum(['tenant', 'platform']),
  role: HeldRole,
  /** From the assigned role up to the one that granted it; empty when that is the same. */
  inheritedThrough: z.array(RoleRef),
  /** Conditions that were met; null for none. */
  conditions: Conditions.nullable(),
  validUntil: Instant.nullable(),
});

export const EffectiveAccess = z.object({
  asOf: Instant,
  /** Without a name when the caller may not know the user. */
  user: UserRef.extend({ name: z.string().nullable() }),
  tenant: TenantRef.extend({ status: TenantStatus }),
  membership: z.object({ id: z.string(), status: z.enum(['active', 'suspended']) }).nullable(),
  /** Why no role of this tenant was in effect; null when roles were. */
  blocked: z
    .enum(['unknown_user', 'user_deleted', 'user_banned', 'tenant_not_active', 'not_a_member', 'membership_suspended'])
    .nullable(),
  permissions: z.array(
    z.object({ code: z.string(), description: z.string().nullable(), paths: z.array(EffectivePath).min(1) }),
  ),
  /** Members who can assign roles now; empty for the past. */
  eligibleGrantors: z.array(UserRef).max(10),
});
export type EffectiveAccess = z.infer<typeof EffectiveAccess>;

/** A member whose assignment of one role was in effect: neither account nor membership was blocked. */
export const RoleHolder = z.object({
  membershipId: z.string(),
  user: UserRef,
  isPrimary: z.boolean(),
  validFrom: Instant,
  validUntil: Instant.nullable(),
  grantedAt: Instant,
  grantedBy: Named.nullable(),
});
export type RoleHolder = z.infer<typeof RoleHolder>;

/** A change of access outside the tenant's log: a member blocked or deleted, a permission retired or restored. */
export const ExternalChange = z.object({
  at: Instant,
  type: z.enum(['user_blocked', 'user_unblocked', 'user_deleted', 'permission_added', 'permission_retired']),
  id: z.string(),
});
export type ExternalChange = z.infer<typeof ExternalChange>;

/** The assignments of a user in this tenant over time, and when none was in effect. */
export const AccessTimeline = z.object({
  from: Instant,
  to: Instant,
  assignments: z.array(
    z.object({
      role: HeldRole,
      from: Instant,
      /** Null while it continues. */
      until: Instant.nullable(),
      grantedBy: Named.nullable(),
    }),
  ),
  interruptions: z.array(
    z.object({
      reason: z.enum(['suspended', 'left', 'blocked', 'tenant_not_active']),
      from: Instant,
      until: Instant.nullable(),
    }),
  ),
});
export type AccessTimeline = z.infer<typeof AccessTimeline>;

/** The last instant before an event took effect, and the first after it. */
export const EventInstants = z.object({
  createdAt: Instant,
  before: Instant,
  after: Instant,
  /** False when the event changed no access: both instants are then its own. */
  changedAccess: z.boolean(),
});
export type EventInstants = z.infer<typeof EventInstants>;
