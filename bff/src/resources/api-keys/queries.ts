import { Prisma, type PrismaClient } from '@rolecall/prisma/client';
import type { z } from 'zod';
import { matches } from '../../db/lists/search.ts';
import { findOne } from '../../db/rows.ts';
import { readList } from '../../http/list.ts';
import { type ReadRequest, readOne } from '../../http/read.ts';
import type { ApiKey, ApiKeyListQuery } from './schema.ts';

const STATUS = Prisma.sql`CASE WHEN api_key.revoked_at IS NOT NULL THEN 'revoked'
  WHEN api_key.expires_at <= clock_timestamp() THEN 'expired' ELSE 'active' END`;

const userJson = (id: Prisma.Sql) => Prisma.sql`CASE WHEN ${id} IS NULL THEN NULL ELSE jsonb_build_object('id', ${id},
  'name', coalesce((SELECT name FROM audit_subject WHERE tenant_id = api_key.tenant_id AND user_id = ${id}), ${id}),
  'email', (SELECT email FROM audit_subject WHERE tenant_id = api_key.tenant_id AND user_id = ${id}),
  'imageUrl', NULL) END`;

const COLUMNS = Prisma.sql`
  api_key.id::text, api_key.tenant_id::text AS "tenantId", api_key.name, api_key.prefix, ${STATUS} AS status,
  ${userJson(Prisma.sql`api_key.created_by`)} AS "createdBy", api_key.created_at AS "createdAt",
  api_key.expires_at AS "expiresAt", api_key.last_used_at AS "lastUsedAt", api_key.revoked_at AS "revokedAt",
  ${userJson(Prisma.sql`api_key.revoked_by`)} AS "revokedBy", api_key.version`;

export function listApiKeys(request: ReadRequest<unknown, z.output<typeof ApiKeyListQuery>>) {
  const { tenantId, query } = request;
  const where = [
    Prisma.sql`api_key.tenant_id = ${tenantId}::uuid`,
    ...(query.q
      ? [Prisma.sql`(${matches(Prisma.sql`api_key.search_text`, query.q)} OR starts_with(api_key.prefix, ${query.q}))`]
      : []),
    ...(query.status ? [Prisma.sql`${STATUS} = ${query.status}`] : []),
  ];
  return readList<ApiKey>(request, query, {
    select: COLUMNS,
    from: Prisma.sql`api_key`,
    where,
    counted: Prisma.sql`api_key`,
    id: { sql: Prisma.sql`api_key.id`, type: 'uuid' },
    sorts: {
      createdAt: { sql: Prisma.sql`api_key.created_at`, type: 'timestamptz' },
      name: { sql: Prisma.sql`api_key.search_text`, type: 'text' },
    },
    defaultSort: '-createdAt',
  });
}

const apiKeyById = (tenantId: string, id: string) => Prisma.sql`
  SELECT ${COLUMNS} FROM api_key WHERE api_key.tenant_id = ${tenantId}::uuid AND api_key.id = ${id}::uuid`;

/** Throws not_found. */
export const findApiKey = (client: Pick<PrismaClient, '$queryRaw'>, tenantId: string, id: string): Promise<ApiKey> =>
  findOne(client, apiKeyById(tenantId, id));

export const readApiKey = ({ tenantId, params }: ReadRequest<{ apiKeyId: string }>) =>
  readOne<ApiKey>(apiKeyById(tenantId, params.apiKeyId));
