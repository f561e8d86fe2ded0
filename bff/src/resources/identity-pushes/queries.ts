import { Prisma } from '@rolecall/prisma/client';
import type { z } from 'zod';
import type { KeysetList } from '../../db/lists/list.ts';
import { readList } from '../../http/list.ts';
import type { ReadRequest } from '../../http/read.ts';
import type { IdentityPush, IdentityPushListQuery } from './schema.ts';

const ID = Prisma.sql`(push.tenant_id::text || ':' || push.object_type || ':' || push.object_id)`;
const COLUMNS = Prisma.sql`
  ${ID} AS id, push.object_type AS "objectType", push.status, push.pushed ->> 'role' AS "pushedRole", push.attempts,
  push.last_error AS "lastError", push.requested_at AS "requestedAt", push.pushed_at AS "pushedAt",
  CASE WHEN push.status IN ('pending', 'scheduled') THEN push.next_attempt_at END AS "nextAttemptAt",
  jsonb_build_object('id', tenant.id, 'name', tenant.name, 'slug', tenant.slug) AS tenant,
  jsonb_build_object('id', person.id, 'name', person.name) AS "user"`;

/** Lists the role pushes of all tenants, for the staff. */
export function listIdentityPushes(request: ReadRequest<unknown, z.output<typeof IdentityPushListQuery>>) {
  const { query } = request;
  const list: KeysetList = {
    select: COLUMNS,
    from: Prisma.sql`identity_push push JOIN tenant ON tenant.id = push.tenant_id JOIN "user" person ON person.id = push.object_id`,
    counted: Prisma.sql`identity_push push`,
    where: [
      ...(query.status ? [Prisma.sql`push.status = ${query.status}`] : []),
      ...(query.userId ? [Prisma.sql`push.object_id = ${query.userId}`] : []),
    ],
    id: { sql: ID, type: 'text' },
    sorts: { requestedAt: { sql: Prisma.sql`push.requested_at`, type: 'timestamptz' } },
    defaultSort: '-requestedAt',
  };
  return readList<IdentityPush>(request, query, list, 'platform');
}
