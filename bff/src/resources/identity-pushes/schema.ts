import { z } from 'zod';
import { Instant, listQuery, TenantRef, UserId, Uuid } from '../../core/schema.ts';

/** `scheduled`: agreed, until a role begins or ends by itself. `dead`: given up, and to be told again only when somebody says so. */
const IdentityPushStatus = z.enum(['pending', 'scheduled', 'done', 'dead']);

/** Somebody's role that the identity provider was, or is to be, told. */
export const IdentityPush = z.object({
  id: z.string(),
  tenant: TenantRef,
  user: z.object({ id: z.string(), name: z.string() }),
  /** `user`: their role in the app; `membership`: their role in an organization. */
  objectType: z.enum(['user', 'membership']),
  status: IdentityPushStatus,
  /** What the provider was last told; null when it was never told, or that there is none. */
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

/** Which of those that were given up are told again; all without a filter. */
export const IdentityPushReplay = z.strictObject({ tenantId: Uuid.optional(), userId: UserId.optional() });
export type IdentityPushReplay = z.infer<typeof IdentityPushReplay>;
export const IdentityPushReplayed = z.object({ count: z.number().int() });
