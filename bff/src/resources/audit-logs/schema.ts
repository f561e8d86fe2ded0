import { z } from 'zod';
import {
  AuditCategory,
  Instant,
  instantRange,
  listQuery,
  ObjectId,
  TenantRef,
  UserId,
  Uuid,
} from '../../core/schema.ts';

const Named = z.object({ id: z.string(), name: z.string().nullable(), email: z.string().nullable() });

/** An event: actor, action, subject, tenant and outcome. */
export const AuditLog = z.object({
  id: z.string(),
  tenant: TenantRef,
  createdAt: Instant,
  actor: z.object({
    type: z.enum(['user', 'webhook', 'system', 'api-key']),
    id: z.string().nullable(),
    /** As known in this tenant; null after erasure, or for an actor without name. */
    name: z.string().nullable(),
    email: z.string().nullable(),
    /** The user who acted as this one. */
    impersonator: Named.nullable(),
  }),
  /** The user whom the event is about. */
  subject: Named.nullable(),
  /** `entity.verb`, such as `member.roles_changed`; for a denial, the operation. */
  action: z.string(),
  target: z.object({ type: z.string(), id: z.string().nullable(), label: z.string().nullable() }).nullable(),
  before: z.record(z.string(), z.unknown()).nullable(),
  after: z.record(z.string(), z.unknown()).nullable(),
  outcome: z.enum(['allowed', 'denied']),
  severity: z.enum(['info', 'notice', 'warning', 'critical']),
  category: z.string(),
  /** The required permission. */
  permission: z.string().nullable(),
  reason: z.string().nullable(),
  requestId: z.string().nullable(),
  ip: z.string().nullable(),
  userAgent: z.string().nullable(),
  eventVersion: z.number().int(),
});
export type AuditLog = z.infer<typeof AuditLog>;

export const AuditLogParams = z.object({ auditLogId: Uuid });
export const TenantAuditLogParams = z.object({ tenantId: Uuid, auditLogId: Uuid });

const filters = {
  actorId: UserId.optional(),
  impersonatorId: UserId.optional(),
  subjectId: UserId.optional(),
  targetId: ObjectId.optional(),
  /** An action, or `entity.` for all actions of an entity. */
  action: z.string().max(100).optional(),
  category: AuditCategory.optional(),
  outcome: z.enum(['allowed', 'denied']).optional(),
  requestId: z.string().max(100).optional(),
  ...instantRange('createdAt'),
};
export const AuditLogListQuery = listQuery(['createdAt'], filters);
export const PlatformAuditLogListQuery = listQuery(['createdAt'], { ...filters, tenantId: Uuid.optional() });
