import { Prisma, type PrismaClient } from '@rolecall/prisma/client';
import type { z } from 'zod';
import type { RequestContext } from '../../core/context.ts';
import { matches } from '../../db/lists/search.ts';
import { findOne } from '../../db/rows.ts';
import { tenantRead } from '../../db/tenant-tx.ts';
import { readList } from '../../http/list.ts';
import { type ReadRequest, readOne } from '../../http/read.ts';
import type { Permission, PermissionListQuery, PermissionUsage } from './schema.ts';

const COLUMNS = Prisma.sql`
  permission.code AS id, permission.code, regexp_replace(permission.code, ':[^:]*$', '') AS resource,
  split_part(permission.code, ':', -1) AS action, permission.scope::text, permission.description,
  permission.is_system AS "isSystem", permission.retired_at AS "retiredAt", permission.version,
  permission.created_at AS "createdAt"`;

/** Lists the catalogue, which every signed-in user may read. */
export function listPermissions(request: ReadRequest<unknown, z.output<typeof PermissionListQuery>>) {
  const { query } = request;
  const where = [
    ...(query.q ? [matches(Prisma.sql`permission.search_text`, query.q)] : []),
    ...(query.scope ? [Prisma.sql`permission.scope = ${query.scope}::"PermissionScope"`] : []),
    ...(query.retired ? [Prisma.sql`(permission.retired_at IS NOT NULL) = ${query.retired === 'true'}`] : []),
    ...(query.isSystem ? [Prisma.sql`permission.is_system = ${query.isSystem === 'true'}`] : []),
  ];
  return readList<Permission>(request, query, {
    select: COLUMNS,
    from: Prisma.sql`permission`,
    where,
    counted: Prisma.sql`permission`,
    id: { sql: Prisma.sql`permission.code`, type: 'text' },
    sorts: {
      code: { sql: Prisma.sql`permission.code`, type: 'text' },
      createdAt: { sql: Prisma.sql`permission.created_at`, type: 'timestamptz' },
    },
    defaultSort: 'code',
  });
}

const permissionByCode = (code: string) =>
  Prisma.sql`SELECT ${COLUMNS} FROM permission WHERE permission.code = ${code}`;

/** Throws not_found. */
export const findPermission = (client: Pick<PrismaClient, '$queryRaw'>, code: string): Promise<Permission> =>
  findOne(client, permissionByCode(code));

export const readPermission = ({ params }: ReadRequest<{ code: string }>) =>
  readOne<Permission>(permissionByCode(params.code));

const MAX_TENANTS = 200;

/** Returns the roles that grant it, by tenant. Works inside the platform's tenant only. */
export async function findUsage(
  client: Pick<PrismaClient, '$queryRaw'>,
  code: string,
): Promise<Omit<PermissionUsage, 'owners'>> {
  const rows = await client.$queryRaw<PermissionUsage['data']>`
    SELECT jsonb_build_object('id', tenant_id, 'name', tenant_name, 'slug', tenant_slug) AS tenant, roles, members
    FROM permission_usage(${code})`;
  const sum = (numbers: number[]) => numbers.reduce((total, number) => total + number, 0);
  return {
    roles: sum(rows.map(({ roles }) => roles.length)),
    members: sum(rows.map(({ members }) => members)),
    tenants: rows.length,
    data: rows.slice(0, MAX_TENANTS),
  };
}

/** Throws not_found. */
export async function readUsage(context: RequestContext, code: string): Promise<PermissionUsage> {
  const { db } = context.services;
  const usage = await tenantRead(db.server, context.scope, async (client) => {
    const { scope } = await findPermission(client, code);
    return { scope, ...(await findUsage(client, code)) };
  });
  const { scope, ...found } = usage;
  // Owners of a tenant do not hold permissions of the platform.
  const [row] = await db.platform.$queryRaw<{ owners: number }[]>`
    SELECT count(DISTINCT assignment.membership_id)::int AS owners FROM open_assignment assignment
    JOIN role ON role.tenant_id = assignment.tenant_id AND role.id = assignment.role_id AND role.is_owner AND role.deleted_at IS NULL
    JOIN membership member ON member.tenant_id = assignment.tenant_id AND member.id = assignment.membership_id
      AND member.status <> 'left'
    WHERE ${scope} = 'tenant' OR assignment.tenant_id = platform_tenant_id()`;
  return { ...found, owners: row?.owners ?? 0 };
}
