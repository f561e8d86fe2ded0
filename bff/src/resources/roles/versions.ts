import { Prisma, type PrismaClient } from 'database/client';
import type { z } from 'zod';
import type { Conditions } from '../../access/conditions.ts';
import type { RequestContext } from '../../core/context.ts';
import { AppError } from '../../core/errors.ts';
import { tenantRead } from '../../db/tenant-tx.ts';
import { listPage } from '../../http/list.ts';
import { requireRole } from './queries.ts';
import type { RoleVersion, RoleVersionListQuery } from './schema.ts';

/** What the table keeps; the parent's name is looked up, also when the parent is gone. */
interface StoredSnapshot {
  name: string;
  description: string;
  permissions: string[];
  conditions: Record<string, Conditions>;
  parentRoleId: string | null;
  isDefault: boolean;
  isSelfAssignable: boolean;
}

const COLUMNS = Prisma.sql`
  made.number, made.reason, made.created_at AS "createdAt",
  '{"conditions": {}}' || (made.snapshot - 'parentRoleId') || jsonb_build_object('parent', CASE WHEN parent.id IS NULL THEN NULL
    ELSE jsonb_build_object('id', parent.id, 'key', parent.key, 'name', parent.name) END) AS snapshot,
  CASE WHEN made.changed_by IS NULL THEN NULL
    ELSE jsonb_build_object('id', made.changed_by, 'name', coalesce(author.name, made.changed_by)) END AS "changedBy"`;
const FROM = Prisma.sql`role_version made
  LEFT JOIN role parent ON parent.tenant_id = made.tenant_id AND parent.id = (made.snapshot->>'parentRoleId')::uuid
  LEFT JOIN audit_subject author ON author.tenant_id = made.tenant_id AND author.user_id = made.changed_by`;

/** The history of a living role. Throws not_found. */
export async function listVersions(
  context: RequestContext,
  roleId: string,
  query: z.output<typeof RoleVersionListQuery>,
) {
  const { tenantId } = context.scope;
  return tenantRead(context.services.db.server, context.scope, async (client) => {
    await requireRole(client, tenantId, roleId);
    return listPage<RoleVersion>(
      client,
      context,
      { ...query, roleId },
      {
        select: COLUMNS,
        from: FROM,
        where: [Prisma.sql`made.tenant_id = ${tenantId}::uuid AND made.role_id = ${roleId}::uuid`],
        id: { sql: Prisma.sql`made.number`, type: 'int' },
        sorts: { number: { sql: Prisma.sql`made.number`, type: 'int' } },
        defaultSort: '-number',
      },
    );
  });
}

/** Throws not_found. */
export async function findSnapshot(
  client: Pick<PrismaClient, '$queryRaw'>,
  tenantId: string,
  roleId: string,
  number: number,
): Promise<StoredSnapshot> {
  // Old ones are from before there were conditions.
  type Kept = Omit<StoredSnapshot, 'conditions'> & Partial<Pick<StoredSnapshot, 'conditions'>>;
  const [found] = await client.$queryRaw<{ snapshot: Kept }[]>`
    SELECT snapshot FROM role_version
    WHERE tenant_id = ${tenantId}::uuid AND role_id = ${roleId}::uuid AND number = ${number}`;
  if (!found) throw new AppError('not_found');
  const { name, description, permissions, conditions = {}, parentRoleId, isDefault, isSelfAssignable } = found.snapshot;
  return { name, description, permissions, conditions, parentRoleId, isDefault, isSelfAssignable };
}
