import { Prisma, type PrismaClient } from '@rolecall/prisma/client';
import type { z } from 'zod';
import type { Conditions } from '../../access/conditions.ts';
import { AppError } from '../../core/errors.ts';
import type { Page, RoleRef } from '../../core/schema.ts';
import { matches } from '../../db/lists/search.ts';
import { serializeDates } from '../../db/rows.ts';
import { readList } from '../../http/list.ts';
import { allOf, type Read, type ReadRequest } from '../../http/read.ts';
import { findRoleByName } from '../../sync/role-names.ts';
import type { Role, RoleDetail, RoleListQuery } from './schema.ts';

/** Permissions that an owner role grants in this tenant: all that are not retired. */
const OWNER_PERMISSIONS = Prisma.sql`SELECT code FROM permission
  WHERE retired_at IS NULL AND (scope = 'tenant' OR (SELECT kind FROM tenant WHERE tenant.id = role.tenant_id) = 'platform')`;

const COLUMNS = Prisma.sql`
  role.id::text, role.tenant_id::text AS "tenantId", role.key, role.name, role.description, role.is_system AS "isSystem",
  role.is_default AS "isDefault", role.is_owner AS "isOwner", role.is_self_assignable AS "isSelfAssignable",
  role.identity_role AS "identityRole", role.version, role.created_at AS "createdAt", role.updated_at AS "updatedAt",
  CASE WHEN parent.id IS NULL THEN NULL
    ELSE jsonb_build_object('id', parent.id, 'key', parent.key, 'name', parent.name) END AS parent,
  CASE WHEN role.is_owner THEN (SELECT count(*)::int FROM (${OWNER_PERMISSIONS}) granted)
    ELSE (SELECT count(*)::int FROM permission WHERE retired_at IS NULL AND (code = ANY (role.effective_permissions)
      OR role.conditional_permissions @> jsonb_build_array(jsonb_build_object('code', code)))) END AS "permissionCount",
  (SELECT count(DISTINCT assignment.membership_id)::int FROM open_assignment assignment
   JOIN membership ON membership.tenant_id = assignment.tenant_id AND membership.id = assignment.membership_id
     AND membership.status <> 'left'
   WHERE assignment.tenant_id = role.tenant_id AND assignment.role_id = role.id) AS "memberCount"`;
const FROM = Prisma.sql`role LEFT JOIN role parent ON parent.tenant_id = role.tenant_id AND parent.id = role.parent_role_id`;

export function listRoles(
  request: ReadRequest<unknown, z.output<typeof RoleListQuery>>,
): Read<{ data: Role[]; page: Page }> {
  const { tenantId, query } = request;
  const where = [
    Prisma.sql`role.tenant_id = ${tenantId}::uuid AND role.deleted_at IS NULL`,
    ...(query.q ? [matches(Prisma.sql`role.search_text`, query.q)] : []),
    ...(query.key ? [mayBeNamed(query.key)] : []),
    ...(query.isSystem ? [Prisma.sql`role.is_system = ${query.isSystem === 'true'}`] : []),
  ];
  if (query.key) return roleNamed(query.key, where);
  return readList<Role>(request, query, {
    select: COLUMNS,
    from: FROM,
    where,
    counted: Prisma.sql`role`,
    id: { sql: Prisma.sql`role.id`, type: 'uuid' },
    sorts: {
      name: { sql: Prisma.sql`role.search_text`, type: 'text' },
      createdAt: { sql: Prisma.sql`role.created_at`, type: 'timestamptz' },
    },
    defaultSort: 'name',
  });
}

const roleNamed = (name: string, where: Prisma.Sql[]): Read<{ data: Role[]; page: Page }> => ({
  login: 'server',
  statements: [Prisma.sql`SELECT ${COLUMNS} FROM ${FROM} WHERE ${Prisma.join(where, ' AND ')}`],
  answer([roles]) {
    const role = findRoleByName(allOf<Role>(roles), name);
    const data = role ? [role] : [];
    return { data, page: { nextCursor: null, prevCursor: null, total: data.length, totalIsExact: true } };
  },
});

/** Whether findRoleByName() may find the role. */
const mayBeNamed = (name: string) =>
  Prisma.sql`lower(${name}) IN (lower(role.key), lower(role.identity_role), lower(regexp_replace(role.identity_role, '^org:', '')))`;

/** A row where it is a role of the tenant that is not deleted. */
export const roleExists = (tenantId: string, roleId: string): Prisma.Sql => Prisma.sql`
  SELECT id::text FROM role WHERE tenant_id = ${tenantId}::uuid AND id = ${roleId}::uuid AND deleted_at IS NULL`;

interface GrantRow {
  code: string;
  description: string;
  from_id: string;
  from_key: string;
  from_name: string;
  conditions: Conditions | null;
  is_conditional: boolean;
  is_retired: boolean;
}

/** A role, its permissions and where each comes from, and the roles that inherit from it. */
const roleById = (tenantId: string, roleId: string) => [
  Prisma.sql`
    SELECT ${COLUMNS} FROM ${FROM}
    WHERE role.tenant_id = ${tenantId}::uuid AND role.id = ${roleId}::uuid AND role.deleted_at IS NULL`,
  // An owner role grants all that is not retired; any other each permission once, from the nearest ancestor that grants it.
  Prisma.sql`
    SELECT permission.code, permission.description, role.id::text AS from_id, role.key AS from_key, role.name AS from_name,
      NULL::jsonb AS conditions, false AS is_conditional, false AS is_retired
    FROM role JOIN permission ON permission.code IN (${OWNER_PERMISSIONS})
    WHERE role.tenant_id = ${tenantId}::uuid AND role.id = ${roleId}::uuid AND role.is_owner
    UNION ALL (
      SELECT DISTINCT ON (permission.code) permission.code, permission.description,
        ancestor.id::text, ancestor.key, ancestor.name, granted.conditions,
        NOT permission.code = ANY (self.effective_permissions), permission.retired_at IS NOT NULL
      FROM role_ancestors(${tenantId}::uuid, ${roleId}::uuid) ancestor
      JOIN role_permission granted ON granted.tenant_id = ${tenantId}::uuid AND granted.role_id = ancestor.id
      JOIN permission ON permission.code = granted.permission_code
      JOIN role self ON self.tenant_id = ${tenantId}::uuid AND self.id = ${roleId}::uuid AND NOT self.is_owner
      ORDER BY permission.code, ancestor.depth)
    ORDER BY code`,
  Prisma.sql`
    SELECT role.id::text, role.key, role.name FROM role
    WHERE role.tenant_id = ${tenantId}::uuid AND role.parent_role_id = ${roleId}::uuid AND role.deleted_at IS NULL
    ORDER BY role.name`,
];

function roleOf(role: Role | undefined, grants: readonly GrantRow[], children: RoleRef[]): RoleDetail {
  if (!role) throw new AppError('not_found');
  const permissions = grants.map((grant) => ({
    code: grant.code,
    description: grant.description,
    inheritedFrom: grant.from_id === role.id ? null : { id: grant.from_id, key: grant.from_key, name: grant.from_name },
    conditions: grant.conditions,
    isConditional: grant.is_conditional,
    isRetired: grant.is_retired,
  }));
  return { ...role, permissions, children };
}

/** Throws not_found. */
export async function findRole(
  client: Pick<PrismaClient, '$queryRaw'>,
  tenantId: string,
  roleId: string,
): Promise<RoleDetail> {
  const [role, grants, children] = roleById(tenantId, roleId) as [Prisma.Sql, Prisma.Sql, Prisma.Sql];
  const [[row], grantRows, childRows] = await Promise.all([
    client.$queryRaw<Role[]>(role),
    client.$queryRaw<GrantRow[]>(grants),
    client.$queryRaw<RoleRef[]>(children),
  ]);
  return roleOf(row && serializeDates(row), grantRows, childRows);
}

export const readRole = ({ tenantId, params }: ReadRequest<{ roleId: string }>): Read<RoleDetail> => ({
  login: 'server',
  statements: roleById(tenantId, params.roleId),
  answer: ([role, grants, children]) => roleOf(allOf<Role>(role)[0], allOf<GrantRow>(grants), allOf<RoleRef>(children)),
});
