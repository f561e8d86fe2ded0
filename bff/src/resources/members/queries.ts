import { Prisma, type PrismaClient } from '@rolecall/prisma/client';
import type { z } from 'zod';
import type { FieldRequirements } from '../../access/actor.ts';
import { patternsOf, searchOf } from '../../db/lists/search.ts';
import { findOne } from '../../db/rows.ts';
import type { Tx } from '../../db/tenant-tx.ts';
import { instantFilter, readList } from '../../http/list.ts';
import { type ReadRequest, readOne } from '../../http/read.ts';
import type { Member, MemberListQuery } from './schema.ts';

/** Current and upcoming assignments, without ended ones. What is only sent is json: to make jsonb of it takes as long again. */
const ROLES = Prisma.sql`coalesce((
  SELECT json_agg(json_build_object(
      'id', role.id, 'key', role.key, 'name', role.name, 'isOwner', role.is_owner, 'isPrimary', assignment.is_primary,
      'validFrom', assignment.valid_from, 'validUntil', assignment.valid_until, 'grantedAt', assignment.created_at,
      'grantedBy', CASE WHEN assignment.granted_by IS NULL THEN NULL
        ELSE json_build_object('id', assignment.granted_by, 'name', coalesce(granter.name, assignment.granted_by)) END
    ) ORDER BY assignment.is_primary DESC, role.name)
  FROM open_assignment assignment
  JOIN role ON role.tenant_id = assignment.tenant_id AND role.id = assignment.role_id
  LEFT JOIN audit_subject granter ON granter.tenant_id = assignment.tenant_id AND granter.user_id = assignment.granted_by
  WHERE assignment.tenant_id = membership.tenant_id AND assignment.membership_id = membership.id), '[]')`;

const COLUMNS = Prisma.sql`
  membership.id::text, membership.tenant_id::text AS "tenantId", membership.status::text, membership.source, membership.version,
  membership.created_at AS "createdAt", membership.left_at AS "leftAt", ${ROLES} AS roles,
  json_build_object('id', person.id, 'name', person.name, 'email', person.email, 'imageUrl', person.image_url,
    'banned', person.banned, 'deletedAt', person.deleted_at) AS "user"`;
const MEMBERS = Prisma.sql`membership`;
const PERSON = Prisma.sql`JOIN "user" person ON person.id = membership.user_id`;

/** Whose access ends soon concerns those who decide about it, or review it. */
export const LIST_REQUIRES = {
  endsBefore: { anyOf: ['roles:assign', 'access:explain'] },
} as const satisfies FieldRequirements;

export function listMembers(request: ReadRequest<unknown, z.output<typeof MemberListQuery>>) {
  const { tenantId, query } = request;
  const where = [
    ...filteredBy(tenantId, { ...query, q: undefined }),
    ...(query.userId ? [Prisma.sql`membership.user_id = ${query.userId}`] : []),
    ...(query.endsBefore ? [holdsRoleUntil(tenantId, query.endsBefore)] : []),
    ...instantFilter(Prisma.sql`membership.created_at`, query['createdAt[gte]'], query['createdAt[lte]']),
  ];
  return readList<Member>(request, query, {
    select: COLUMNS,
    from: MEMBERS,
    joins: PERSON,
    where,
    counted: query.roleId || query.endsBefore ? undefined : MEMBERS,
    search: query.q ? searchOf(Prisma.sql`membership.search_text`, query.q, hasText(query.q)) : undefined,
    id: { sql: Prisma.sql`membership.id`, type: 'uuid' },
    sorts: {
      name: { sql: Prisma.sql`membership.sort_name`, type: 'text' },
      createdAt: { sql: Prisma.sql`membership.created_at`, type: 'timestamptz' },
    },
    defaultSort: 'name',
  });
}

/** Row-level security keeps LIKE from the index of a table: the function looks into it for this tenant alone. */
const hasText = (q: string) => Prisma.sql`membership.id IN (SELECT members_with_text(${patternsOf(q)}::text[]))`;

type Filter = Pick<z.output<typeof MemberListQuery>, 'status' | 'q' | 'roleId'>;

const filteredBy = (tenantId: string, { status, q, roleId }: Filter) => [
  Prisma.sql`membership.tenant_id = ${tenantId}::uuid`,
  status ? Prisma.sql`membership.status = ${status}::"MembershipStatus"` : Prisma.sql`membership.status <> 'left'`,
  ...(q ? [hasText(q)] : []),
  ...(roleId ? [holdsRole(tenantId, roleId)] : []),
];

/** Returns the ids of the members that the list would show, up to `limit`. */
export async function findMemberIds(tx: Tx, tenantId: string, filter: Filter, limit: number): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT membership.id::text FROM membership WHERE ${Prisma.join(filteredBy(tenantId, filter), ' AND ')}
    ORDER BY membership.sort_name, membership.id LIMIT ${limit}`;
  return rows.map(({ id }) => id);
}

const holdsRole = (tenantId: string, roleId: string) => Prisma.sql`EXISTS (
  SELECT 1 FROM open_assignment assignment
  WHERE assignment.tenant_id = ${tenantId}::uuid AND assignment.membership_id = membership.id
    AND assignment.role_id = ${roleId}::uuid)`;

const holdsRoleUntil = (tenantId: string, before: string) => Prisma.sql`EXISTS (
  SELECT 1 FROM open_assignment assignment
  WHERE assignment.tenant_id = ${tenantId}::uuid AND assignment.membership_id = membership.id
    AND assignment.valid_until < ${before}::timestamptz)`;

const memberById = (tenantId: string, memberId: string) => Prisma.sql`
  SELECT ${COLUMNS} FROM ${MEMBERS} ${PERSON} WHERE membership.tenant_id = ${tenantId}::uuid AND membership.id = ${memberId}::uuid`;

/** Throws not_found. */
export const findMember = (
  client: Pick<PrismaClient, '$queryRaw'>,
  tenantId: string,
  memberId: string,
): Promise<Member> => findOne(client, memberById(tenantId, memberId));

export const readMember = ({ tenantId, params }: ReadRequest<{ memberId: string }>) =>
  readOne<Member>(memberById(tenantId, params.memberId));
