import { z } from 'zod';
import { Instant, Person, RoleRef, TenantRef, TenantStatus } from '../../core/schema.ts';
import { Conditions } from '../conditions.ts';

const Named = z.object({ id: z.string(), name: z.string() });
const HeldRole = RoleRef.extend({ isOwner: z.boolean() });

/** One way by which a permission was held. */
const EffectivePath = z.object({
  via: z.enum(['tenant', 'platform']),
  role: HeldRole,
  /** From the held role up to the one that granted it; empty when it granted it itself. */
  inheritedThrough: z.array(RoleRef),
  /** What had to hold, and did; null when nothing had to. */
  conditions: Conditions.nullable(),
  validUntil: Instant.nullable(),
});

export const EffectiveAccess = z.object({
  asOf: Instant,
  /** Without a name when this tenant may not know the person. */
  user: Person.extend({ name: z.string().nullable() }),
  tenant: TenantRef.extend({ status: TenantStatus }),
  membership: z.object({ id: z.string(), status: z.enum(['active', 'suspended']) }).nullable(),
  /** What stood before every role of this tenant; null when nothing did. */
  blocked: z
    .enum(['unknown_user', 'user_deleted', 'user_banned', 'tenant_not_active', 'not_a_member', 'membership_suspended'])
    .nullable(),
  permissions: z.array(
    z.object({ code: z.string(), description: z.string().nullable(), paths: z.array(EffectivePath).min(1) }),
  ),
});
export type EffectiveAccess = z.infer<typeof EffectiveAccess>;

/** A member whose holding of one role counted: neither they nor their membership were blocked. */
export const RoleHolder = z.object({
  membershipId: z.string(),
  user: Person,
  isPrimary: z.boolean(),
  validFrom: Instant,
  validUntil: Instant.nullable(),
  grantedAt: Instant,
  grantedBy: Named.nullable(),
});
export type RoleHolder = z.infer<typeof RoleHolder>;

/** What changed access outside a tenant's log: members blocked or deleted, permissions retired or restored. */
export const ExternalChange = z.object({
  at: Instant,
  what: z.enum(['user_blocked', 'user_unblocked', 'user_deleted', 'permission_added', 'permission_retired']),
  id: z.string(),
});
export type ExternalChange = z.infer<typeof ExternalChange>;

/** A person's roles in this tenant over time, and when they did not count. */
export const AccessTimeline = z.object({
  from: Instant,
  to: Instant,
  bars: z.array(
    z.object({
      role: HeldRole,
      from: Instant,
      /** Null: it still goes on. */
      until: Instant.nullable(),
      grantedBy: Named.nullable(),
    }),
  ),
  pauses: z.array(
    z.object({
      reason: z.enum(['suspended', 'left', 'blocked', 'tenant_not_active']),
      from: Instant,
      until: Instant.nullable(),
    }),
  ),
});
export type AccessTimeline = z.infer<typeof AccessTimeline>;

/** The last moment before an event took effect, and the first with it. */
export const EventMoments = z.object({
  createdAt: Instant,
  before: Instant,
  after: Instant,
  /** False: the event did not touch what anybody could do, and the moments are its own. */
  changedAccess: z.boolean(),
});
export type EventMoments = z.infer<typeof EventMoments>;
