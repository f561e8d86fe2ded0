import { Prisma } from '@rolecall/prisma/client';
import type { z } from 'zod';
import { AUDIT_COLUMNS, AUDIT_JOINS } from '../../audit/columns.ts';
import type { KeysetList, Search } from '../../db/lists/list.ts';
import { hasTerms, patternsOf } from '../../db/lists/search.ts';
import { instantFilter, readList } from '../../http/list.ts';
import { type ReadRequest, readOne } from '../../http/read.ts';
import type { AuditLog, AuditLogListQuery, PlatformAuditLogListQuery } from './schema.ts';

const COLUMNS = Prisma.sql`event.created_at AS "createdAt", ${AUDIT_COLUMNS}`;
const EVENTS = Prisma.sql`audit_log event`;
const FROM = Prisma.sql`${EVENTS} ${AUDIT_JOINS}`;
const TEXT = Prisma.sql`search.audit_text(event.action, event.category, event.outcome, event.permission, event.search_text,
  event.target_label, event.reason)`;

type Query = z.output<typeof PlatformAuditLogListQuery> | z.output<typeof AuditLogListQuery>;

/** Lists the audit log of one tenant; that of the staff is the log of the platform. */
export function listTenantAuditLogs(request: ReadRequest<unknown, z.output<typeof AuditLogListQuery>>) {
  const { tenantId, query } = request;
  const list = listOf(query, {
    where: [Prisma.sql`event.tenant_id = ${tenantId}::uuid`],
    find: (question) => Prisma.sql`find_tenant_events(${question}::jsonb)`,
  });
  return readList<AuditLog>(request, query, list);
}

/** Lists the audit logs of all tenants for the staff, by the login that reads across tenants. */
export function listAuditLogs(request: ReadRequest<unknown, z.output<typeof PlatformAuditLogListQuery>>) {
  const { query } = request;
  const { tenantId = null } = query;
  const list = listOf(query, {
    where: tenantId ? [Prisma.sql`event.tenant_id = ${tenantId}::uuid`] : [],
    find: (question) => Prisma.sql`find_events(${tenantId}::uuid, ${question}::jsonb)`,
  });
  return readList<AuditLog>(request, query, list, 'platform');
}

interface Within {
  where: Prisma.Sql[];
  /** The keys of the events that answer a question: prisma/sql/functions/search/find_events.sql. */
  find(question: string): Prisma.Sql;
}

function listOf(query: Query, within: Within): KeysetList {
  const filters = Object.entries(filterOf(query));
  const indexed = within.where.length > 0 ? INDEXED_IN_TENANT : INDEXED;
  const searched = filters.filter(([column]) => !indexed.includes(column));
  const isPlain = !query.q && searched.length === 0;
  return {
    select: COLUMNS,
    from: EVENTS,
    joins: AUDIT_JOINS,
    where: [
      ...within.where,
      ...filters.filter(([column]) => indexed.includes(column)).map(equals(Prisma.sql`event`)),
      ...instantFilter(Prisma.sql`event.created_at`, query['createdAt[gte]'], query['createdAt[lte]']),
    ],
    id: { sql: Prisma.sql`event.id`, type: 'uuid' },
    sorts: { createdAt: { sql: Prisma.sql`event.created_at`, type: 'timestamptz' } },
    defaultSort: '-createdAt',
    counted: EVENTS,
    search: isPlain ? undefined : searchOf(query, searched, within),
  };
}

/** The columns with an index of their own; inside a tenant, these are in the order of the list. */
const INDEXED = ['request_id'];
const INDEXED_IN_TENANT = [...INDEXED, 'actor_id', 'impersonator_id', 'subject_id', 'target_id'];

const FILTERED = {
  actor_id: Prisma.sql`actor_id`,
  impersonator_id: Prisma.sql`impersonator_id`,
  subject_id: Prisma.sql`subject_id`,
  target_id: Prisma.sql`target_id`,
  category: Prisma.sql`category`,
  outcome: Prisma.sql`outcome`,
  request_id: Prisma.sql`request_id`,
};

/** The columns that a query compares, and with what. */
const filterOf = ({ action, ...query }: Query): Record<string, string> => {
  const filter = {
    actor_id: query.actorId,
    impersonator_id: query.impersonatorId,
    subject_id: query.subjectId,
    target_id: query.targetId,
    action: action && patternOf(action),
    category: query.category,
    outcome: query.outcome,
    request_id: query.requestId,
  };
  return Object.fromEntries(Object.entries(filter).filter((entry): entry is [string, string] => Boolean(entry[1])));
};

const equals =
  (table: Prisma.Sql) =>
  ([column, value]: [string, string]): Prisma.Sql =>
    column === 'action'
      ? Prisma.sql`${table}.action LIKE ${value}`
      : Prisma.sql`${table}.${FILTERED[column as keyof typeof FILTERED]} = ${value}`;

/** A whole action, or with a dot at its end all of an entity. */
const patternOf = (action: string) => action.replaceAll(/[\\%_]/g, '\\$&') + (action.endsWith('.') ? '%' : '');

/** Terms are searched in an event, and in the names and addresses of its users. */
function searchOf(query: Query, searched: [string, string][], { find }: Within): Search {
  const patterns = patternsOf(query.q ?? '');
  const conditions = [...searched.map(equals(Prisma.sql`near`)), ...(query.q ? [hasTermsOrUser(patterns)] : [])];
  return {
    columns: Prisma.sql`event.tenant_id, event.actor_id, event.impersonator_id, event.subject_id, event.target_id, event.action,
      event.category, event.outcome, ${TEXT} AS text`,
    matching: Prisma.sql`${query.q ? withNamed(patterns) : Prisma.empty}
      SELECT sort_key, sort_id FROM near WHERE ${Prisma.join(conditions, ' AND ')}`,
    far({ position, isDown, limit }) {
      if (query.q && patterns.length === 0) return Prisma.sql`false`;
      const after = position && { at: position.key, id: position.id, isInclusive: position.isInclusive ?? false };
      const [from, to] = [query['createdAt[gte]'], query['createdAt[lte]']];
      const question = { filter: filterOf(query), patterns, from, to, after, descending: isDown, size: limit };
      return Prisma.sql`(event.created_at, event.id) IN (
        SELECT event_at, event_id FROM ${find(JSON.stringify(question))})`;
    },
  };
}

/** The users of the next events who are called so. */
const withNamed = (patterns: string[]) => Prisma.sql`
  WITH named AS MATERIALIZED (
    SELECT subject.tenant_id, subject.user_id FROM (
      SELECT tenant_id, actor_id AS user_id FROM near UNION SELECT tenant_id, subject_id FROM near
      UNION SELECT tenant_id, impersonator_id FROM near) near_user
    CROSS JOIN LATERAL (
      SELECT * FROM audit_subject WHERE tenant_id = near_user.tenant_id AND user_id = near_user.user_id OFFSET 0) subject
    WHERE ${hasTerms(Prisma.sql`(' ' || subject.search_text)`, patterns)})`;

const hasTermsOrUser = (patterns: string[]) => Prisma.sql`(${hasTerms(Prisma.sql`text`, patterns)}
  OR (tenant_id, actor_id) IN (SELECT * FROM named) OR (tenant_id, impersonator_id) IN (SELECT * FROM named)
  OR (tenant_id, subject_id) IN (SELECT * FROM named))`;

const eventWhere = (within: Prisma.Sql) => Prisma.sql`SELECT ${COLUMNS} FROM ${FROM} WHERE ${within}`;

export const readTenantAuditLog = ({ tenantId, params }: ReadRequest<{ auditLogId: string }>) =>
  readOne<AuditLog>(
    eventWhere(Prisma.sql`event.tenant_id = ${tenantId}::uuid AND event.id = ${params.auditLogId}::uuid`),
  );

export const readAuditLog = ({ params }: ReadRequest<{ auditLogId: string }>) =>
  readOne<AuditLog>(eventWhere(Prisma.sql`event.id = ${params.auditLogId}::uuid`), 'platform');
