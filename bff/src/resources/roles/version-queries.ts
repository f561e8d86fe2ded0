import { Prisma, type PrismaClient } from '@rolecall/prisma/client';
import type { z } from 'zod';
import type { RoleSnapshot } from '../../access/roles/snapshot.ts';
import { AppError } from '../../core/errors.ts';
import type { Page } from '../../core/schema.ts';
import { readList } from '../../http/list.ts';
import { existing, type Read, type ReadRequest } from '../../http/read.ts';
import { roleExists } from './queries.ts';
import type { RoleVersion, RoleVersionListQuery } from './schema.ts';

// The parent's name is looked up, also when the parent is deleted.
const COLUMNS = Prisma.sql`
  version.number, version.reason, version.created_at AS "createdAt",
  (version.snapshot - 'parentRoleId') || jsonb_build_object('parent', CASE WHEN parent.id IS NULL THEN NULL
    ELSE jsonb_build_object('id', parent.id, 'key', parent.key, 'name', parent.name) END) AS snapshot,
  CASE WHEN version.changed_by IS NULL THEN NULL
    ELSE jsonb_build_object('id', version.changed_by, 'name', coalesce(author.name, version.changed_by)) END AS "changedBy"`;
const FROM = Prisma.sql`role_version version
  LEFT JOIN role parent ON parent.tenant_id = version.tenant_id AND parent.id = (version.snapshot->>'parentRoleId')::uuid
  LEFT JOIN audit_subject author ON author.tenant_id = version.tenant_id AND author.user_id = version.changed_by`;

/** Lists the versions of a role that is not deleted, newest first. */
export function listVersions(
  request: ReadRequest<{ roleId: string }, z.output<typeof RoleVersionListQuery>>,
): Read<{ data: RoleVersion[]; page: Page }> {
  const { tenantId, query } = request;
  const { roleId } = request.params;
  const page = readList<RoleVersion>(
    request,
    { ...query, roleId },
    {
      select: COLUMNS,
      from: FROM,
      counted: Prisma.sql`role_version version`,
      where: [Prisma.sql`version.tenant_id = ${tenantId}::uuid AND version.role_id = ${roleId}::uuid`],
      id: { sql: Prisma.sql`version.number`, type: 'int' },
      sorts: { number: { sql: Prisma.sql`version.number`, type: 'int' } },
      defaultSort: '-number',
    },
  );
  return existing(roleExists(tenantId, roleId), page);
}

/** Throws not_found. */
export async function findVersion(
  client: Pick<PrismaClient, '$queryRaw'>,
  tenantId: string,
  roleId: string,
  number: number,
): Promise<RoleSnapshot> {
  const [found] = await client.$queryRaw<{ snapshot: RoleSnapshot }[]>`
    SELECT snapshot FROM role_version
    WHERE tenant_id = ${tenantId}::uuid AND role_id = ${roleId}::uuid AND number = ${number}`;
  if (!found) throw new AppError('not_found');
  return found.snapshot;
}
