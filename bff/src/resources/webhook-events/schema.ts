import { z } from 'zod';
import { Instant, instantRange, listQuery, Person, TenantRef } from '../../core/schema.ts';

/** `received`: applied in a moment. `failed`: tried again at `nextAttemptAt`. `dead`: given up after eight attempts. */
const WebhookEventStatus = z.enum(['received', 'applied', 'ignored', 'failed', 'dead']);

/** One message of the identity provider's. Its content is not shown: what it changed stands in the audit log. */
export const WebhookEvent = z.object({
  /** The sender's id of the message, the same for every resend. */
  id: z.string(),
  type: z.string(),
  status: WebhookEventStatus,
  /** The provider's id of what it speaks of. */
  objectId: z.string().nullable(),
  /** Whom and which tenant it is about, where we know them and its content still tells. */
  user: Person.nullable(),
  tenant: TenantRef.nullable(),
  attempts: z.number().int(),
  lastError: z.string().nullable(),
  /** When the provider made it, by its clock. */
  occurredAt: Instant.nullable(),
  /** When its signature was verified and it was kept. */
  receivedAt: Instant,
  /** When it was last tried; for one that is applied or ignored, when that was. */
  processedAt: Instant.nullable(),
  nextAttemptAt: Instant.nullable(),
});
export type WebhookEvent = z.infer<typeof WebhookEvent>;

export const WebhookEventDetail = WebhookEvent.extend({
  requestId: z.string().nullable(),
  /** False once its content was removed: with a person's deletion, or 90 days after it was applied. Then it cannot be replayed. */
  hasContent: z.boolean(),
  /** The audit rows that it wrote, oldest first. */
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
  /** A whole type, or `user.` for all of a kind. */
  type: z.string().max(100).optional(),
  objectId: z.string().max(255).optional(),
  ...instantRange('receivedAt'),
});

/** Which events are to be replayed: at most 10,000 at a time, oldest first. */
export const WebhookEventReplay = z.strictObject({
  status: z.enum(['dead', 'failed', 'ignored']),
  type: z.string().max(100).optional(),
  objectId: z.string().max(255).optional(),
  receivedFrom: Instant.optional(),
  receivedTo: Instant.optional(),
});
export const WebhookEventReplayed = z.object({ count: z.number().int() });

export const SyncHealthQuery = z.strictObject({ window: z.enum(['24h', '7d']).default('24h') });
const Latest = z.object({ id: z.string(), type: z.string(), receivedAt: Instant }).nullable();

/** How well our copy follows the identity provider. */
export const SyncHealth = z.object({
  provider: z.enum(['local', 'clerk', 'jwt']),
  /** False where the provider cannot be asked about everybody: then nothing can be reconciled. */
  hasDirectory: z.boolean(),
  window: z.enum(['24h', '7d']),
  bucketSeconds: z.number().int(),
  /** Events by when they were received and what has become of them; `waiting` are received or failed. */
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
  /** From the receipt until it was applied; null where nothing was. */
  lag: z.object({ p50Ms: z.number().nullable(), p95Ms: z.number().nullable() }),
  /** Of all times. */
  waiting: z.number().int(),
  failed: z.number().int(),
  dead: z.number().int(),
  oldestWaiting: Latest,
  lastEvent: Latest,
});
export type SyncHealth = z.infer<typeof SyncHealth>;
