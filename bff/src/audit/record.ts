import { Prisma } from '@rolecall/prisma/client';
import { v7 as uuid } from 'uuid';
import type { Actor, Origin } from '../core/actor.ts';
import type { AuditCategory } from '../core/schema.ts';
import { searchText } from '../core/text/fold.ts';
import { sentWithNext } from '../db/connect/pipelined-client.ts';
import type { Tx } from '../db/tenant-tx.ts';

export interface AuditEvent {
  tenantId: string;
  actor: Actor;
  origin: Origin;
  /** `entity.verb` */
  action: string;
  category: AuditCategory;
  severity?: 'info' | 'notice' | 'warning' | 'critical';
  outcome?: 'allowed' | 'denied';
  /** The user whom the event is about. */
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

/**
 * Inserts audit rows in order, and the names of the users in them, which are stored apart so that they can be erased. The database sets
 * dates, transaction ids and positions in the log. Returns the ids.
 */
export async function insertAudits(tx: Tx, entries: readonly AuditEvent[]): Promise<string[]> {
  if (entries.length === 0) return [];
  const rows = entries.map(rowOf);
  await tx.$executeRaw(
    sentWithNext(Prisma.sql`
    WITH entry AS MATERIALIZED (
      SELECT * FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS input (tenant_id uuid, id uuid, actor_type text, actor_id text,
        subject_id text, action text, target_type text, target_id text, target_label text, before jsonb, after jsonb, context jsonb,
        outcome text, severity text, category text, permission text, reason text, request_id text, session_id text, ip text,
        user_agent text, impersonator_id text, search_text text)
    ), subjects AS (
      INSERT INTO audit_subject (tenant_id, user_id, name, email, search_text)
      SELECT named.tenant_id, person.id, person.name, person.email, person.search_text
      FROM (
        SELECT tenant_id, subject_id AS user_id FROM entry
        UNION SELECT tenant_id, actor_id FROM entry WHERE actor_type = 'user'
      ) named
      CROSS JOIN LATERAL (SELECT * FROM "user" WHERE "user".id = named.user_id OFFSET 0) person
      WHERE person.deleted_at IS NULL
      UNION SELECT entry.tenant_id, person.* FROM entry CROSS JOIN LATERAL impersonator(entry.impersonator_id) person
      ORDER BY tenant_id, id
      ON CONFLICT (tenant_id, user_id) DO UPDATE
        SET name = excluded.name, email = excluded.email, search_text = excluded.search_text, updated_at = now()
        WHERE audit_subject.erased_at IS NULL
          AND (audit_subject.name, audit_subject.email, audit_subject.search_text)
            IS DISTINCT FROM (excluded.name, excluded.email, excluded.search_text)
    )
    INSERT INTO audit_log (tenant_id, id, actor_type, actor_id, subject_id, action, target_type, target_id, target_label,
      before, after, context, outcome, severity, category, permission, reason, request_id, session_id, ip, user_agent, impersonator_id,
      search_text)
    SELECT tenant_id, id, actor_type, actor_id, subject_id, action, target_type, target_id, target_label,
      before, after, context, outcome, severity, category, permission, reason, request_id, session_id, ip, user_agent, impersonator_id,
      search_text
    FROM entry`),
  );
  return rows.map(({ id }) => id);
}

/** Inserts one audit row, as insertAudits. */
export async function insertAudit(tx: Tx, entry: AuditEvent): Promise<string> {
  const [id = ''] = await insertAudits(tx, [entry]);
  return id;
}

const rowOf = (entry: AuditEvent) => ({
  tenant_id: entry.tenantId,
  id: uuid(),
  actor_type: entry.actor.type,
  actor_id: entry.actor.id,
  subject_id: entry.subjectId ?? null,
  action: entry.action,
  target_type: entry.target?.type ?? null,
  target_id: entry.target?.id ?? null,
  target_label: entry.target?.label ?? null,
  before: entry.before ?? null,
  after: entry.after ?? null,
  context: entry.context ?? null,
  outcome: entry.outcome ?? 'allowed',
  severity: entry.severity ?? 'info',
  category: entry.category,
  permission: entry.permission ?? null,
  reason: entry.reason ?? null,
  request_id: entry.origin.requestId,
  session_id: entry.actor.sessionId,
  ip: entry.origin.ip,
  user_agent: entry.origin.userAgent,
  impersonator_id: entry.actor.impersonatorId ?? null,
  search_text: auditSearchText(entry.target?.label, entry.reason),
});

/** Returns null where label and reason are ASCII, so that folding them is nothing but lower case. */
export const auditSearchText = (label: string | null = null, reason: string | null = null): string | null =>
  /^[\0-\x7f]*$/.test(`${label}${reason}`) ? null : searchText(label, reason);
