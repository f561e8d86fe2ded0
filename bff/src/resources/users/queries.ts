import { Prisma } from '@rolecall/prisma/client';
import type { z } from 'zod';
import { emailKey } from '../../core/text/email-address.ts';
import type { KeysetList } from '../../db/lists/list.ts';
import { searchOf } from '../../db/lists/search.ts';
import { instantFilter, readList } from '../../http/list.ts';
import { allOf, oneOf, type Read, type ReadRequest } from '../../http/read.ts';
import type { User, UserDetail, UserListQuery } from './schema.ts';

const COLUMNS = Prisma.sql`
  person.id, person.name, person.email, person.image_url AS "imageUrl", person.email_verified AS "emailVerified", person.banned,
  person.locked, person.last_sign_in_at AS "lastSignInAt", person.created_at AS "createdAt", person.deleted_at AS "deletedAt",
  (SELECT json_build_object('id', role.id, 'key', role.key, 'name', role.name)
    FROM tenant JOIN active_assignment assignment
      ON assignment.tenant_id = tenant.id AND assignment.user_id = person.id AND assignment.is_primary
    JOIN role ON role.tenant_id = assignment.tenant_id AND role.id = assignment.role_id
    WHERE tenant.is_default LIMIT 1) AS "appRole",
  (SELECT count(*)::int FROM membership WHERE membership.user_id = person.id AND membership.status <> 'left') AS "tenantCount"`;

const USERS = Prisma.sql`"user" person`;

/** Lists the users of all tenants, for the staff. Deleted users only on request. */
export function listUsers(request: ReadRequest<unknown, z.output<typeof UserListQuery>>) {
  const { query } = request;
  const where = [
    Prisma.sql`(person.deleted_at IS NOT NULL) = ${query.deleted === 'true'}`,
    ...(query.email ? [Prisma.sql`person.email_key = ${emailKey(query.email)}`] : []),
    ...(query.banned ? [Prisma.sql`person.banned = ${query.banned === 'true'}`] : []),
    ...instantFilter(Prisma.sql`person.created_at`, query['createdAt[gte]'], query['createdAt[lte]']),
  ];
  const list: KeysetList = {
    select: COLUMNS,
    from: USERS,
    where,
    counted: USERS,
    search: query.q ? searchOf(Prisma.sql`person.search_text`, query.q) : undefined,
    id: { sql: Prisma.sql`person.id`, type: 'text' },
    sorts: {
      name: { sql: Prisma.sql`person.sort_name`, type: 'text' },
      createdAt: { sql: Prisma.sql`person.created_at`, type: 'timestamptz' },
    },
    defaultSort: 'name',
  };
  return readList<User>(request, query, list, 'platform');
}

/** A user with current and former memberships. */
export const readUser = ({ params: { userId } }: ReadRequest<{ userId: string }>): Read<UserDetail> => ({
  login: 'platform',
  statements: [
    Prisma.sql`SELECT ${COLUMNS} FROM "user" person WHERE person.id = ${userId}`,
    Prisma.sql`
      SELECT membership.id::text, membership.status::text, membership.created_at AS "createdAt",
        json_build_object('id', tenant.id, 'name', tenant.name, 'slug', tenant.slug, 'status', tenant.status, 'kind', tenant.kind) AS tenant,
        coalesce((
          SELECT json_agg(json_build_object('id', role.id, 'key', role.key, 'name', role.name)
            ORDER BY assignment.is_primary DESC, role.name)
          FROM open_assignment assignment JOIN role ON role.tenant_id = assignment.tenant_id AND role.id = assignment.role_id
          WHERE assignment.tenant_id = membership.tenant_id AND assignment.membership_id = membership.id), '[]') AS roles
      FROM membership JOIN tenant ON tenant.id = membership.tenant_id
      WHERE membership.user_id = ${userId}
      ORDER BY tenant.kind, tenant.name, tenant.id`,
  ],
  answer: ([user, memberships]) => ({ ...oneOf<User>(user), memberships: allOf(memberships) }),
});
