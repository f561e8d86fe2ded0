import { z } from 'zod';
import { Instant, InstantInput, instantRange, listQuery, TenantRef, UserRef } from '../../core/schema.ts';

/** `received`: waits to be processed. `failed`: retried at `nextAttemptAt`. `dead`: failed eight times, and waits for a replay. */
const WebhookEventStatus = z.enum(['received', 'applied', 'ignored', 'failed', 'dead']);

/** A webhook event of the identity provider. Its content is not shown; the audit log shows what it changed. */
export const WebhookEvent = z.object({
  /** The sender's id of the event, the same for every delivery. */
  id: z.string(),
  type: z.string(),
  status: WebhookEventStatus,
  /** The provider's id of the object it is about. */
  objectId: z.string().nullable(),
  /** The user and tenant it is about, where known. */
  user: UserRef.nullable(),
  tenant: TenantRef.nullable(),
  attempts: z.number().int(),
  lastError: z.string().nullable(),
  /** The provider's timestamp. */
  occurredAt: Instant.nullable(),
  /** When it was verified and stored. */
  receivedAt: Instant,
  /** When it was last attempted. */
  processedAt: Instant.nullable(),
  nextAttemptAt: Instant.nullable(),
});
export type WebhookEvent = z.infer<typeof WebhookEvent>;

export const WebhookEventDetail = WebhookEvent.extend({
  requestId: z.string().nullable(),
  /** False once its content was removed, when the user was deleted or after 90 days. It can no longer be replayed. */
  hasContent: z.boolean(),
  /** Its audit rows, oldest first. */
  changes: z.array(
    z.object({
      auditLogId: z.string(),
      tenant: TenantRef,
      createdAt: Instant,
      action: z.string(),
      severity: z.string(),
      subjectId: z.string().nullable(),
      /** Names of the fields that changed. */
      fields: z.array(z.string()),
    }),
  ),
});
export type WebhookEventDetail = z.infer<typeof WebhookEventDetail>;

export const WebhookEventParams = z.object({ eventId: z.string().min(1).max(255) });
export const WebhookEventListQuery = listQuery(['receivedAt'], {
  status: WebhookEventStatus.optional(),
  /** A type, or a prefix such as `user.`. */
  type: z.string().max(100).optional(),
  objectId: z.string().max(255).optional(),
  ...instantRange('receivedAt'),
});

/** Which events to replay: at most 10,000 per request, oldest first. */
export const WebhookEventReplay = z.strictObject({
  status: z.enum(['dead', 'failed', 'ignored']),
  type: z.string().max(100).optional(),
  objectId: z.string().max(255).optional(),
  receivedFrom: InstantInput.optional(),
  receivedTo: InstantInput.optional(),
});
export const WebhookEventReplayed = z.object({ count: z.number().int() });

export const SyncHealthQuery = z.strictObject({ window: z.enum(['24h', '7d']).default('24h') });
const Latest = z.object({ id: z.string(), type: z.string(), receivedAt: Instant }).nullable();

/** Health of webhook processing. */
export const SyncHealth = z.object({
  provider: z.enum(['local', 'clerk', 'jwt']),
  /** False where the provider has no directory, so that nothing can be reconciled. */
  hasDirectory: z.boolean(),
  window: z.enum(['24h', '7d']),
  bucketSeconds: z.number().int(),
  /** Events by the time of receipt and their status; `waiting`: received or failed. */
  buckets: z.array(
    z.object({
      from: Instant,
      applied: z.number().int(),
      ignored: z.number().int(),
      waiting: z.number().int(),
      dead: z.number().int(),
    }),
  ),
  /** Events in the window by type, most frequent first. */
  types: z.array(z.object({ type: z.string(), count: z.number().int() })),
  /** Time from receipt to application; null without events. */
  lag: z.object({ p50Ms: z.number().nullable(), p95Ms: z.number().nullable() }),
  /** In total. */
  waiting: z.number().int(),
  failed: z.number().int(),
  dead: z.number().int(),
  oldestWaiting: Latest,
  lastEvent: Latest,
});
export type SyncHealth = z.infer<typeof SyncHealth>;
