import { Prisma } from '@rolecall/prisma/client';
import type { Reader } from '../../../access/history/as-of.ts';
import type { EventInstants, ExternalChange } from '../../../access/history/schema.ts';
import { AUDIT_COLUMNS, AUDIT_JOINS } from '../../../audit/columns.ts';
import { AppError } from '../../../core/errors.ts';
import type { AuditLog } from '../../audit-logs/schema.ts';

const MAX_EVENTS = 20;
const INSTANT = Prisma.sql`'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'`;
/** A transaction writes its audit row before it commits, within ten seconds. */
const BY_ONE_TRANSACTION = Prisma.sql`event.tenant_id = changed.tenant_id AND event.xid = changed.xid AND event.outcome = 'allowed'
  AND event.created_at BETWEEN changed.at - interval '1 minute' AND changed.at`;

/** Returns when an event took effect: its change is recorded when the transaction commits, after the event. Throws not_found. */
export async function readEventInstants(client: Reader, tenantId: string, auditLogId: string): Promise<EventInstants> {
  const [found] = await client.$queryRaw<EventInstants[]>`
    SELECT to_char(event.created_at AT TIME ZONE 'UTC', ${INSTANT}) AS "createdAt",
      to_char(coalesce(effect.first - interval '1 microsecond', event.created_at) AT TIME ZONE 'UTC', ${INSTANT}) AS before,
      to_char(coalesce(effect.last, event.created_at) AT TIME ZONE 'UTC', ${INSTANT}) AS after,
      effect.first IS NOT NULL AS "changedAccess"
    FROM audit_log event
    CROSS JOIN LATERAL (
      SELECT min(changed.at) AS first, max(changed.at) AS last FROM access_history changed
      WHERE changed.tenant_id = event.tenant_id AND changed.at BETWEEN event.created_at AND event.created_at + interval '1 minute'
        AND changed.xid = event.xid) effect
    WHERE event.tenant_id = ${tenantId}::uuid AND event.id = ${auditLogId}::uuid`;
  if (!found) throw new AppError('not_found');
  return found;
}

interface Span {
  tenantId: string;
  from: string;
  to: string;
  /** Only what concerned this user, or (null) everything. */
  userId: string | null;
}

/** Returns the newest events whose transactions changed access in a span of time, and how many there were. */
export async function readEventsBetween(
  client: Reader,
  { tenantId, from, to, userId }: Span,
): Promise<{ events: AuditLog[]; count: number }> {
  const rows = await client.$queryRaw<(AuditLog & { count: number })[]>`
    WITH concerned AS MATERIALIZED (
      SELECT DISTINCT event.id, event.created_at FROM access_history changed JOIN audit_log event ON ${BY_ONE_TRANSACTION}
      WHERE changed.tenant_id = ${tenantId}::uuid AND changed.at > ${from}::timestamptz AND changed.at <= ${to}::timestamptz
        AND event.created_at BETWEEN ${from}::timestamptz - interval '1 minute' AND ${to}::timestamptz
        AND (${userId}::text IS NULL OR event.subject_id = ${userId} OR changed.kind IN ('role', 'tenant'))
    )
    SELECT ${AUDIT_COLUMNS}, to_json(event.created_at) #>> '{}' AS "createdAt",
      (SELECT count(*)::int FROM concerned) AS count
    FROM (SELECT * FROM concerned ORDER BY created_at DESC, id DESC LIMIT ${MAX_EVENTS}) newest
    JOIN audit_log event ON event.tenant_id = ${tenantId}::uuid AND event.created_at = newest.created_at AND event.id = newest.id
    ${AUDIT_JOINS}
    ORDER BY event.created_at DESC, event.id DESC`;
  return { events: rows, count: rows[0]?.count ?? 0 };
}

/** Returns the newest changes that only the platform's log contains. */
export const readExternalChanges = (client: Reader, { from, to, userId }: Span): Promise<ExternalChange[]> =>
  client.$queryRaw<ExternalChange[]>`
    SELECT to_json(at) #>> '{}' AS at, entity_id AS id, CASE
        WHEN kind = 'permission' AND (state -> 'retired')::boolean THEN 'permission_retired'
        WHEN kind = 'permission' THEN 'permission_added'
        WHEN (state -> 'deleted')::boolean THEN 'user_deleted'
        WHEN (state -> 'banned')::boolean THEN 'user_blocked' ELSE 'user_unblocked' END AS type
    FROM changes_outside_tenant(${from}::timestamptz, ${to}::timestamptz) changed
    WHERE ${userId}::text IS NULL OR kind = 'permission' OR entity_id = ${userId}
    ORDER BY changed.at DESC LIMIT ${MAX_EVENTS}`;
