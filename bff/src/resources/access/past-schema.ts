import { z } from 'zod';
import { Conditions } from '../../access/conditions.ts';
import { PERMISSION_CODE } from '../../access/permissions.ts';
import { Instant, listOf, Person, RoleRef, TenantRef, TenantStatus, UserId, Uuid } from '../../schema.ts';
import { AuditLog } from '../audit-logs/schema.ts';

const Code = z.string().regex(PERMISSION_CODE, 'permission_code');
/** The past moment a question is about; now when missing. */
const AsOf = Instant.optional();
const paging = { limit: z.coerce.number().int().min(1).max(100).default(25), cursor: z.string().max(2000).optional() };
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
export const EffectiveQuery = z.strictObject({ userId: UserId, asOf: AsOf });

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
export const RoleHoldersQuery = z.strictObject({ roleId: Uuid, asOf: AsOf, ...paging });

const Counted = z.array(z.object({ code: z.string(), count: z.number().int() }));
const Mover = z.object({
  membershipId: z.string(),
  user: Person,
  gains: z.array(z.string()),
  loses: z.array(z.string()),
});
/** Who could do more, and who less, at the second moment than at the first. `data` are the people, by name. */
export const AccessComparison = listOf(Mover).extend({
  from: Instant,
  to: Instant,
  gains: Counted,
  loses: Counted,
  /** The newest events of this tenant that changed access in between; null for who may not read the log. */
  events: z.array(AuditLog).max(20).nullable(),
  /** How many such events there are. */
  eventCount: z.number().int(),
  /** What changed outside this tenant's log: members blocked or deleted, permissions retired or brought back. */
  elsewhere: z
    .array(
      z.object({
        at: Instant,
        what: z.enum(['user_blocked', 'user_unblocked', 'user_deleted', 'permission_added', 'permission_retired']),
        id: z.string(),
      }),
    )
    .max(20),
});
export type AccessComparison = z.infer<typeof AccessComparison>;
export const CompareQuery = z.strictObject({
  from: Instant,
  to: Instant,
  userId: UserId.optional(),
  permission: Code.optional(),
  ...paging,
});

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
export const TimelineQuery = z.strictObject({ userId: UserId });

/** The last moment before an event took effect, and the first with it. */
export const EventMoments = z.object({
  createdAt: Instant,
  before: Instant,
  after: Instant,
  /** False: the event did not touch what anybody could do, and the moments are its own. */
  changedAccess: z.boolean(),
});
export type EventMoments = z.infer<typeof EventMoments>;
export const EventMomentsQuery = z.strictObject({ auditLogId: Uuid });
