import { Prisma, type PrismaClient } from '@rolecall/prisma/client';
import type { z } from 'zod';
import type { RequestContext } from '../../core/context.ts';
import { AppError } from '../../core/errors.ts';
import { containing } from '../../db/keyset.ts';
import { serializeDates } from '../../db/serialize.ts';
import { tenantRead } from '../../db/tenant-tx.ts';
import { instantFilter, listPage } from '../../http/list.ts';
import type { Tenant, TenantListQuery } from './schema.ts';

const COLUMNS = Prisma.sql`
  tenant.id::text, tenant.name, tenant.slug, tenant.status::text, tenant.kind::text, tenant.identity_org_id AS "identityOrgId",
  tenant.ownerless_since AS "ownerlessSince", tenant.version, tenant.created_at AS "createdAt", tenant.updated_at AS "updatedAt",
  (SELECT count(*)::int FROM membership WHERE membership.tenant_id = tenant.id AND membership.status <> 'left') AS "memberCount"`;

/** Lists every tenant for the staff, by the login that reads across tenants. */
export async function listTenants(context: RequestContext, query: z.output<typeof TenantListQuery>) {
  const where = [
    ...(query.q ? [Prisma.sql`tenant.search_text LIKE ${containing(query.q)}`] : []),
    ...(query.slug ? [Prisma.sql`tenant.slug = ${query.slug}`] : []),
    ...(query.status ? [Prisma.sql`tenant.status = ${query.status}::"TenantStatus"`] : []),
    ...(query.kind ? [Prisma.sql`tenant.kind = ${query.kind}::"TenantKind"`] : []),
    ...(query.ownerless ? [Prisma.sql`(tenant.ownerless_since IS NOT NULL) = ${query.ownerless === 'true'}`] : []),
    ...instantFilter(Prisma.sql`tenant.created_at`, query['createdAt[gte]'], query['createdAt[lte]']),
  ];
  return listPage<Tenant>(context.services.db.platform, context, query, {
    select: COLUMNS,
    from: Prisma.sql`tenant`,
    where,
    id: { sql: Prisma.sql`tenant.id`, type: 'uuid' },
    sorts: {
      name: { sql: Prisma.sql`tenant.search_text`, type: 'text' },
      createdAt: { sql: Prisma.sql`tenant.created_at`, type: 'timestamptz' },
    },
    defaultSort: 'name',
  });
}

export async function findTenant(client: Pick<PrismaClient, '$queryRaw'>, tenantId: string): Promise<Tenant> {
  const [row] = await client.$queryRaw<Tenant[]>`SELECT ${COLUMNS} FROM tenant WHERE tenant.id = ${tenantId}::uuid`;
  if (!row) throw new AppError('not_found');
  return serializeDates(row);
}

export const readTenant = (context: RequestContext, tenantId: string): Promise<Tenant> =>
  tenantRead(context.services.db.server, context.scope, (client) => findTenant(client, tenantId));
