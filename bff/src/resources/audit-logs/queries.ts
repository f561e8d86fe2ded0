import { Prisma, type PrismaClient } from '@rolecall/prisma/client';
import type { z } from 'zod';
import { AUDIT_COLUMNS, AUDIT_JOINS } from '../../audit/columns.ts';
import type { RequestContext } from '../../core/context.ts';
import { AppError } from '../../core/errors.ts';
import { containing } from '../../db/keyset.ts';
import { serializeDates } from '../../db/serialize.ts';
import { tenantRead } from '../../db/tenant-tx.ts';
import { instantFilter, listPage } from '../../http/list.ts';
import type { AuditLog, AuditLogListQuery, PlatformAuditLogListQuery } from './schema.ts';

const COLUMNS = Prisma.sql`event.created_at AS "createdAt", ${AUDIT_COLUMNS}`;
const FROM = Prisma.sql`audit_log event ${AUDIT_JOINS}`;

type Query = z.output<typeof PlatformAuditLogListQuery> | z.output<typeof AuditLogListQuery>;

/** Lists the audit log of one tenant; that of the staff is the log of the platform. */
export function listTenantAuditLogs(context: RequestContext, query: z.output<typeof AuditLogListQuery>) {
  const inTenant = Prisma.sql`event.tenant_id = ${context.scope.tenantId}::uuid`;
  return tenantRead(context.services.db.server, context.scope, (client) => page(client, context, query, [inTenant]));
}

/** Lists the audit logs of all tenants for the staff, by the login that reads across tenants. */
export function listAuditLogs(context: RequestContext, query: z.output<typeof PlatformAuditLogListQuery>) {
  const inTenant = query.tenantId ? [Prisma.sql`event.tenant_id = ${query.tenantId}::uuid`] : [];
  return page(context.services.db.platform, context, query, inTenant);
}

async function page(client: PrismaClient, context: RequestContext, query: Query, within: Prisma.Sql[]) {
  return listPage<AuditLog>(client, context, query, {
    select: COLUMNS,
    from: FROM,
    where: [...within, ...conditions(query)],
    id: { sql: Prisma.sql`event.id`, type: 'uuid' },
    sorts: { createdAt: { sql: Prisma.sql`event.created_at`, type: 'timestamptz' } },
    defaultSort: '-createdAt',
  });
}

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

async function find(client: PrismaClient, within: Prisma.Sql): Promise<AuditLog> {
  const [row] = await client.$queryRaw<AuditLog[]>`SELECT ${COLUMNS} FROM ${FROM} WHERE ${within}`;
  if (!row) throw new AppError('not_found');
  return serializeDates(row);
}

export const readTenantAuditLog = (context: RequestContext, id: string): Promise<AuditLog> =>
  tenantRead(context.services.db.server, context.scope, (client) =>
    find(client, Prisma.sql`event.tenant_id = ${context.scope.tenantId}::uuid AND event.id = ${id}::uuid`),
  );

export const readAuditLog = (context: RequestContext, id: string): Promise<AuditLog> =>
  find(context.services.db.platform, Prisma.sql`event.id = ${id}::uuid`);
