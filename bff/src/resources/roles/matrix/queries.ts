import { Prisma, type PrismaClient } from '@rolecall/prisma/client';
import { lineage } from '../../../access/lineage.ts';
import { allOf, type Read, type ReadRequest } from '../../../http/read.ts';
import type { MatrixRole, RoleMatrix } from './schema.ts';

type Column = Omit<MatrixRole, 'inherited'>;

/** All roles and what each grants. */
const rolesOf = (tenantId: string) => Prisma.sql`
    SELECT role.id::text, role.key, role.name, role.version, role.is_system AS "isSystem", role.is_owner AS "isOwner",
      role.is_default AS "isDefault",
      CASE WHEN parent.id IS NULL THEN NULL
        ELSE jsonb_build_object('id', parent.id, 'key', parent.key, 'name', parent.name) END AS parent,
      coalesce(granted.own, '[]') AS own
    FROM role
    LEFT JOIN role parent ON parent.tenant_id = role.tenant_id AND parent.id = role.parent_role_id
    LEFT JOIN (
      SELECT role_id, jsonb_agg(jsonb_build_object('code', permission_code, 'isConditional', conditions IS NOT NULL)
        ORDER BY permission_code) AS own
      FROM role_permission WHERE tenant_id = ${tenantId}::uuid GROUP BY role_id
    ) granted ON granted.role_id = role.id
    WHERE role.tenant_id = ${tenantId}::uuid AND role.deleted_at IS NULL
    ORDER BY role.is_owner DESC, role.is_system DESC, role.name, role.id`;

function matrixOf(columns: readonly Column[]): RoleMatrix {
  const byId = new Map(columns.map((column) => [column.id, column]));
  return { roles: columns.map((column) => ({ ...column, inherited: inheritedBy(column, byId) })) };
}

function inheritedBy(role: Column, byId: ReadonlyMap<string, Column>): MatrixRole['inherited'] {
  const known = new Set(role.own.map(({ code }) => code));
  const inherited: MatrixRole['inherited'] = [];
  for (const { id, key, name, own } of lineage(role, ({ parent }) => byId.get(parent?.id ?? ''))) {
    for (const grant of own) {
      if (!known.has(grant.code)) inherited.push({ ...grant, from: { id, key, name } });
      known.add(grant.code);
    }
  }
  return inherited.sort((one, other) => (one.code < other.code ? -1 : 1));
}

export const findMatrix = async (client: Pick<PrismaClient, '$queryRaw'>, tenantId: string): Promise<RoleMatrix> =>
  matrixOf(await client.$queryRaw<Column[]>(rolesOf(tenantId)));

export const readMatrix = ({ tenantId }: ReadRequest<unknown, unknown>): Read<RoleMatrix> => ({
  login: 'server',
  statements: [rolesOf(tenantId)],
  answer: ([roles]) => matrixOf(allOf<Column>(roles)),
});
