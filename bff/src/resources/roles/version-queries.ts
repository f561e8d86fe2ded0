import { Prisma, type PrismaClient } from '@rolecall/prisma/client';
import type { z } from 'zod';
import type { RoleSnapshot } from '../../access/roles/snapshot.ts';
import type { RequestContext } from '../../core/context.ts';
import { AppError } from '../../core/errors.ts';
import { tenantRead } from '../../db/tenant-tx.ts';
import { listPage } from '../../http/list.ts';
import { assertRoleExists } from './queries.ts';
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

/** Lists the versions of a role, newest first. Throws not_found for a deleted role. */
export async function listVersions(
  context: RequestContext,
  roleId: string,
  query: z.output<typeof RoleVersionListQuery>,
) {
  const { tenantId } = context.scope;
  return tenantRead(context.services.db.server, context.scope, async (client) => {
    await assertRoleExists(client, tenantId, roleId);
    return listPage<RoleVersion>(
      client,
      context,
      { ...query, roleId },
      {
        select: COLUMNS,
        from: FROM,
        where: [Prisma.sql`version.tenant_id = ${tenantId}::uuid AND version.role_id = ${roleId}::uuid`],
        id: { sql: Prisma.sql`version.number`, type: 'int' },
        sorts: { number: { sql: Prisma.sql`version.number`, type: 'int' } },
        defaultSort: '-number',
      },
    );
  });
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
