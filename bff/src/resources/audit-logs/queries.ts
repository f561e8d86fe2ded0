import { Prisma } from '@rolecall/prisma/client';
import type { z } from 'zod';
import { AUDIT_COLUMNS, AUDIT_JOINS } from '../../audit/columns.ts';
import { containing } from '../../db/keyset.ts';
import { instantFilter, readList } from '../../http/list.ts';
import { type ReadRequest, readOne } from '../../http/read.ts';
import type { AuditLog, AuditLogListQuery, PlatformAuditLogListQuery } from './schema.ts';

const COLUMNS = Prisma.sql`event.created_at AS "createdAt", ${AUDIT_COLUMNS}`;
const FROM = Prisma.sql`audit_log event ${AUDIT_JOINS}`;

type Query = z.output<typeof PlatformAuditLogListQuery> | z.output<typeof AuditLogListQuery>;

/** Lists the audit log of one tenant; that of the staff is the log of the platform. */
export function listTenantAuditLogs(request: ReadRequest<unknown, z.output<typeof AuditLogListQuery>>) {
  const { tenantId, query } = request;
  const where = [Prisma.sql`event.tenant_id = ${tenantId}::uuid`, ...conditions(query)];
  return readList<AuditLog>(request, query, { ...LIST, where });
}

/** Lists the audit logs of all tenants for the staff, by the login that reads across tenants. */
export function listAuditLogs(request: ReadRequest<unknown, z.output<typeof PlatformAuditLogListQuery>>) {
  const { query } = request;
  const inTenant = query.tenantId ? [Prisma.sql`event.tenant_id = ${query.tenantId}::uuid`] : [];
  return readList<AuditLog>(request, query, { ...LIST, where: [...inTenant, ...conditions(query)] }, 'platform');
}

const LIST = {
  select: COLUMNS,
  from: FROM,
  id: { sql: Prisma.sql`event.id`, type: 'uuid' },
  sorts: { createdAt: { sql: Prisma.sql`event.created_at`, type: 'timestamptz' } },
  defaultSort: '-createdAt',
} as const;

function conditions(query: Query): Prisma.Sql[] {
  const equals = (column: Prisma.Sql, value: string | undefined) => (value ? [Prisma.sql`${column} = ${value}`] : []);
  return [
    ...equals(Prisma.sql`event.actor_id`, query.actorId),
    ...equals(Prisma.sql`event.impersonator_id`, query.impersonatorId),
    ...equals(Prisma.sql`event.subject_id`, query.subjectId),
    ...equals(Prisma.sql`event.target_id`, query.targetId),
    ...equals(Prisma.sql`event.category`, query.category),
    ...equals(Prisma.sql`event.outcome`, query.outcome),
    ...equals(Prisma.sql`event.request_id`, query.requestId),
    ...(query.action?.endsWith('.')
      ? [Prisma.sql`event.action LIKE ${`${query.action.replaceAll(/[\\%_]/g, '\\$&')}%`}`]
      : equals(Prisma.sql`event.action`, query.action)),
    ...(query.q ? [matches(query.q)] : []),
    ...instantFilter(Prisma.sql`event.created_at`, query['createdAt[gte]'], query['createdAt[lte]']),
  ];
}

const matches = (text: string) => Prisma.sql`(
  event.action LIKE ${containing(text)} OR event.permission LIKE ${containing(text)}
  OR coalesce(event.search_text, lower(concat_ws(E'\\n', event.target_label, event.reason))) LIKE ${containing(text)}
  OR actor.search_text LIKE ${containing(text)} OR impersonator.search_text LIKE ${containing(text)}
  OR subject.search_text LIKE ${containing(text)})`;

const eventWhere = (within: Prisma.Sql) => Prisma.sql`SELECT ${COLUMNS} FROM ${FROM} WHERE ${within}`;

export const readTenantAuditLog = ({ tenantId, params }: ReadRequest<{ auditLogId: string }>) =>
  readOne<AuditLog>(
    eventWhere(Prisma.sql`event.tenant_id = ${tenantId}::uuid AND event.id = ${params.auditLogId}::uuid`),
  );

export const readAuditLog = ({ params }: ReadRequest<{ auditLogId: string }>) =>
  readOne<AuditLog>(eventWhere(Prisma.sql`event.id = ${params.auditLogId}::uuid`), 'platform');
