import { Prisma, type PrismaClient } from 'database/client';
import { type KeysetList, keysetPage } from '../db/keyset.ts';
import type { AccessHolder } from '../resources/access/schema.ts';
import type { Page } from '../schema.ts';
import { HELD_NOW, roleGives, TENANT_WORKS } from './giving.ts';

const ROLE = Prisma.sql`'id', role.id, 'key', role.key, 'name', role.name, 'isOwner', role.is_owner`;
const PLATFORM_ROLE = Prisma.sql`jsonb_build_object('id', role_id, 'key', role_key, 'name', role_name, 'isOwner', is_owner,
  'via', 'platform', 'validUntil', NULL)`;

/** The living members whose roles give it now, or who are staff with it; after them each platform role that gives it. */
const holdersOf = (tenantId: string, permission: string) => Prisma.sql`(
  WITH platform AS MATERIALIZED (SELECT * FROM through_platform(${permission}, NULL)),
  giving AS MATERIALIZED (SELECT role.id FROM role WHERE role.tenant_id = ${tenantId}::uuid AND ${roleGives(permission)}),
  holding AS MATERIALIZED (
    SELECT DISTINCT held.membership_id FROM membership_role held
    JOIN tenant ON tenant.id = held.tenant_id AND ${TENANT_WORKS}
    WHERE held.tenant_id = ${tenantId}::uuid AND held.role_id IN (SELECT id FROM giving) AND ${HELD_NOW})
  SELECT '0' || membership.sort_name AS sort_key, membership.id, membership.user_id,
    membership.status = 'active' AND membership.id IN (SELECT membership_id FROM holding) AS through_tenant,
    (SELECT jsonb_agg(${PLATFORM_ROLE} ORDER BY role_name) FROM platform WHERE platform.user_id = membership.user_id) AS platform_roles
  FROM membership JOIN "user" person ON person.id = membership.user_id AND person.deleted_at IS NULL AND NOT person.banned
  WHERE membership.tenant_id = ${tenantId}::uuid
    AND ((membership.status = 'active' AND membership.id IN (SELECT membership_id FROM holding))
      OR (membership.status <> 'left' AND membership.user_id IN (SELECT platform.user_id FROM platform WHERE platform.user_id IS NOT NULL)))
  UNION ALL
  SELECT DISTINCT '1' || role_name, role_id, NULL, false, jsonb_build_array(${PLATFORM_ROLE}) FROM platform
) holder LEFT JOIN "user" person ON person.id = holder.user_id`;

const columns = (tenantId: string, permission: string) => Prisma.sql`
  CASE WHEN holder.through_tenant THEN 'tenant' ELSE 'platform' END AS via,
  CASE WHEN holder.user_id IS NOT NULL THEN holder.id::text END AS "membershipId",
  CASE WHEN holder.user_id IS NOT NULL THEN
    jsonb_build_object('id', person.id, 'name', person.name, 'email', person.email, 'imageUrl', person.image_url) END AS "user",
  CASE WHEN holder.through_tenant THEN (
    SELECT jsonb_agg(jsonb_build_object(${ROLE}, 'via', 'tenant', 'validUntil', held.valid_until) ORDER BY held.is_primary DESC, role.name)
    FROM membership_role held JOIN role ON role.tenant_id = held.tenant_id AND role.id = held.role_id
    WHERE held.tenant_id = ${tenantId}::uuid AND held.membership_id = holder.id AND ${HELD_NOW} AND ${roleGives(permission)}
  ) ELSE '[]' END || coalesce(holder.platform_roles, '[]') AS roles`;

/** Who may do it here now. The platform's staff stay nameless: a row says only through which platform role. */
export const listHolders = (
  client: PrismaClient,
  question: { tenantId: string; permission: string },
  list: Pick<KeysetList, 'query' | 'binding' | 'signingKey'>,
): Promise<{ rows: AccessHolder[]; page: Page }> =>
  keysetPage<AccessHolder>(client, {
    select: columns(question.tenantId, question.permission),
    from: holdersOf(question.tenantId, question.permission),
    where: [],
    id: { sql: Prisma.sql`holder.id`, type: 'uuid' },
    sorts: { name: { sql: Prisma.sql`holder.sort_key`, type: 'text' } },
    defaultSort: 'name',
    ...list,
  });
