import { z } from 'zod';
import { ExternalChange } from '../../../access/history/schema.ts';
import { PERMISSION_CODE } from '../../../access/permissions.ts';
import { Instant, InstantInput, listOf, PageLimit, UserId, UserRef, Uuid } from '../../../core/schema.ts';
import { AuditLog } from '../../audit-logs/schema.ts';

const Code = z.string().regex(PERMISSION_CODE, 'permission_code');
/** The instant of the question; now when omitted. */
const AsOf = InstantInput.optional();
const paging = { limit: PageLimit, cursor: z.string().max(2000).optional() };
export const EffectiveQuery = z.strictObject({ userId: UserId, asOf: AsOf });

export const RoleHoldersQuery = z.strictObject({ roleId: Uuid, asOf: AsOf, ...paging });

const Counted = z.array(z.object({ code: z.string(), count: z.number().int() }));
const MemberDelta = z.object({
  membershipId: z.string(),
  user: UserRef,
  gains: z.array(z.string()),
  loses: z.array(z.string()),
});
/** Who gained and lost permissions between two instants. `data` are the members, by name. */
export const AccessComparison = listOf(MemberDelta).extend({
  from: Instant,
  to: Instant,
  gains: Counted,
  loses: Counted,
  /** The newest events of this tenant that changed access in between; null without audit:read. */
  events: z.array(AuditLog).max(20).nullable(),
  /** How many such events there are. */
  eventCount: z.number().int(),
  /** What changed outside this tenant's log. */
  externalChanges: z.array(ExternalChange).max(20),
});
export type AccessComparison = z.infer<typeof AccessComparison>;
export const CompareQuery = z.strictObject({
  from: InstantInput,
  to: InstantInput,
  userId: UserId.optional(),
  permission: Code.optional(),
  ...paging,
});

export const TimelineQuery = z.strictObject({ userId: UserId });

export const EventInstantsQuery = z.strictObject({ auditLogId: Uuid });
