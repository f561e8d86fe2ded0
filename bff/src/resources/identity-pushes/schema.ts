import { z } from 'zod';
import { Instant, listQuery, TenantRef, UserId, Uuid } from '../../core/schema.ts';

/** `scheduled`: in sync until an assignment begins or ends. `dead`: failed for good, and retried only on request. */
const IdentityPushStatus = z.enum(['pending', 'scheduled', 'done', 'dead']);

/** A user's role that was, or will be, pushed to the identity provider. */
export const IdentityPush = z.object({
  id: z.string(),
  tenant: TenantRef,
  user: z.object({ id: z.string(), name: z.string() }),
  /** `user`: the app role; `membership`: the role in an organization. */
  objectType: z.enum(['user', 'membership']),
  status: IdentityPushStatus,
  /** The role last pushed; null when none was, or when the role was removed. */
  pushedRole: z.string().nullable(),
  attempts: z.number().int(),
  lastError: z.string().nullable(),
  requestedAt: Instant,
  pushedAt: Instant.nullable(),
  nextAttemptAt: Instant.nullable(),
});
export type IdentityPush = z.infer<typeof IdentityPush>;

export const IdentityPushListQuery = listQuery(['requestedAt'], {
  status: IdentityPushStatus.optional(),
  userId: UserId.optional(),
});

/** Which failed pushes to retry; all without a filter. */
export const IdentityPushReplay = z.strictObject({ tenantId: Uuid.optional(), userId: UserId.optional() });
export type IdentityPushReplay = z.infer<typeof IdentityPushReplay>;
export const IdentityPushReplayed = z.object({ count: z.number().int() });
