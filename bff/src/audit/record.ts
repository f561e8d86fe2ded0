import { Prisma } from 'database/client';
import { v7 as uuid } from 'uuid';
import type { Tx } from '../db/tenant-tx.ts';
import type { Actor, Origin } from '../http/context.ts';

export interface AuditEntry {
  tenantId: string;
  actor: Actor;
  origin: Origin;
  /** `entity.verb` */
  action: string;
  /** access, membership, role, invitation, tenant, permission, identity, audit, session */
  category: string;
  severity?: 'info' | 'notice' | 'warning' | 'critical';
  outcome?: 'allowed' | 'denied';
  /** The person the event is about. */
  subjectId?: string | null;
  target?: { type: string; id: string | null; label: string | null };
  /** Changed fields only. Never a secret. */
  before?: object | null;
  after?: object | null;
  context?: object | null;
  /** The permission that was needed. */
  permission?: string | null;
  reason?: string | null;
}

const json = (value: object | null | undefined) => (value ? JSON.stringify(value) : null);

/**
 * Writes one event, and beside it the names of the people it speaks of, which are kept apart so that they can be
 * erased. Dates, transaction ids and places in the log are the database's to give.
 */
export async function insertAudit(tx: Tx, entry: AuditEntry): Promise<string> {
  const id = uuid();
  const people = [entry.actor.type === 'user' ? entry.actor.id : null, entry.subjectId].filter(
    (person) => person != null,
  );
  await tx.$executeRaw(Prisma.sql`
    WITH people AS (
      INSERT INTO audit_subject (tenant_id, user_id, name, email)
      SELECT ${entry.tenantId}::uuid, person.id, person.name, person.email
      FROM "user" person WHERE person.id = ANY (${people}::text[]) AND person.deleted_at IS NULL
      ON CONFLICT (tenant_id, user_id) DO UPDATE
        SET name = excluded.name, email = excluded.email, updated_at = now()
        WHERE audit_subject.erased_at IS NULL
          AND (audit_subject.name, audit_subject.email) IS DISTINCT FROM (excluded.name, excluded.email)
    )
    INSERT INTO audit_log (tenant_id, id, actor_type, actor_id, subject_id, action, target_type, target_id, target_label,
      before, after, context, outcome, severity, category, permission, reason, request_id, session_id, ip, user_agent)
    VALUES (${entry.tenantId}::uuid, ${id}::uuid, ${entry.actor.type}, ${entry.actor.id}, ${entry.subjectId ?? null},
      ${entry.action}, ${entry.target?.type ?? null}, ${entry.target?.id ?? null}, ${entry.target?.label ?? null},
      ${json(entry.before)}::jsonb, ${json(entry.after)}::jsonb, ${json(entry.context)}::jsonb,
      ${entry.outcome ?? 'allowed'}, ${entry.severity ?? 'info'}, ${entry.category}, ${entry.permission ?? null},
      ${entry.reason ?? null}, ${entry.origin.requestId}, ${entry.actor.sessionId}, ${entry.origin.ip},
      ${entry.origin.userAgent})`);
  return id;
}
