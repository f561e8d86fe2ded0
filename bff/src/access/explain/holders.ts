import { Prisma, type PrismaClient } from 'database/client';
import type { Page } from '../../core/schema.ts';
import { type KeysetList, keysetPage } from '../../db/keyset.ts';
import { contextOfRow, givesAlways, givesUnderConditions, HELD_NOW, TENANT_WORKS } from '../grant-sql.ts';
import type { AccessHolder } from './schema.ts';

interface Question {
  tenantId: string;
  permission: string;
  /** What it is about, as JSON. Of an empty one nothing is known, so that conditions on it are not met. */
  resource: string;
  /** Also who would hold it about another resource. */
  orConditionally: boolean;
}

const ROLE = Prisma.sql`'id', role.id, 'key', role.key, 'name', role.name, 'isOwner', role.is_owner`;
const PLATFORM_ROLE = Prisma.sql`jsonb_build_object('id', role_id, 'key', role_key, 'name', role_name, 'isOwner', is_owner,
  'via', 'platform', 'validUntil', NULL, 'conditions', way -> 'conditions', 'conditionsMet', coalesce(way -> 'conditionsMet', 'true'))`;

/** A role and a person fit together: `always` is of the role alone, and asked first, because it is cheap. */
const gives = ({ permission, resource, orConditionally }: Question) => Prisma.sql`(role.always
  OR ${givesUnderConditions(permission, contextOfRow(resource), orConditionally ? 'in-reach' : 'met')})`;
const conditionsMet = ({ permission, resource }: Question) =>
  Prisma.sql`(role.always OR ${givesUnderConditions(permission, contextOfRow(resource), 'met')})`;

const giving = ({ tenantId, permission }: Question) => Prisma.sql`(
  SELECT role.*, ${givesAlways(permission)} AS always FROM role
  WHERE role.tenant_id = ${tenantId}::uuid
    AND (${givesAlways(permission)} OR ${givesUnderConditions(permission, Prisma.sql`NULL`, 'any')}))`;

/** The living members whose roles give it now, or who are staff with it; after them each platform role that gives it. */
const holdersOf = (question: Question) => Prisma.sql`(
  WITH platform AS MATERIALIZED (
    SELECT * FROM through_platform(${question.permission}, NULL, ${question.resource}::jsonb, ${question.orConditionally})),
  giving AS MATERIALIZED (SELECT * FROM ${giving(question)} role),
  holding AS MATERIALIZED (
    SELECT held.membership_id, bool_or(${conditionsMet(question)}) AS is_met
    FROM membership_role held
    JOIN giving role ON role.id = held.role_id
    JOIN tenant ON tenant.id = held.tenant_id AND ${TENANT_WORKS}
    JOIN "user" person ON person.id = held.user_id
    WHERE held.tenant_id = ${question.tenantId}::uuid AND ${HELD_NOW} AND ${gives(question)}
    GROUP BY held.membership_id)
  SELECT '0' || membership.sort_name AS sort_key, membership.id, membership.user_id,
    membership.status = 'active' AND holding.membership_id IS NOT NULL AS through_tenant,
    membership.status = 'active' AND coalesce(holding.is_met, false) AS is_met,
    (SELECT jsonb_agg(${PLATFORM_ROLE} ORDER BY role_name) FROM platform WHERE platform.user_id = membership.user_id) AS platform_roles
  FROM membership
  JOIN "user" person ON person.id = membership.user_id AND person.deleted_at IS NULL AND NOT person.banned
  LEFT JOIN holding ON holding.membership_id = membership.id
  WHERE membership.tenant_id = ${question.tenantId}::uuid
    AND ((membership.status = 'active' AND holding.membership_id IS NOT NULL)
      OR (membership.status <> 'left' AND membership.user_id IN (SELECT platform.user_id FROM platform WHERE platform.user_id IS NOT NULL)))
  UNION ALL
  SELECT '1' || role_name, role_id, NULL, false, false, jsonb_build_array(
    (jsonb_agg(${PLATFORM_ROLE} ORDER BY way ->> 'conditionsMet' DESC)) -> 0)
  FROM platform GROUP BY role_name, role_id
) holder LEFT JOIN "user" person ON person.id = holder.user_id`;

const columns = (question: Question) => Prisma.sql`
  CASE WHEN holder.through_tenant THEN 'tenant' ELSE 'platform' END AS via,
  CASE WHEN holder.user_id IS NOT NULL THEN holder.id::text END AS "membershipId",
  CASE WHEN holder.user_id IS NOT NULL THEN
    jsonb_build_object('id', person.id, 'name', person.name, 'email', person.email, 'imageUrl', person.image_url) END AS "user",
  NOT (holder.is_met OR coalesce(holder.platform_roles @> '[{"conditionsMet": true}]', false)) AS "isConditional",
  CASE WHEN holder.through_tenant THEN (
    SELECT jsonb_agg(jsonb_build_object(${ROLE}, 'via', 'tenant', 'validUntil', held.valid_until,
      'conditions', CASE WHEN NOT role.always THEN
        granting_chain(role.tenant_id, role.id, ${question.permission}, ${contextOfRow(question.resource)}) -> 'conditions' END,
      'conditionsMet', ${conditionsMet(question)}) ORDER BY held.is_primary DESC, role.name)
    FROM membership_role held
    JOIN ${giving(question)} role ON role.id = held.role_id
    JOIN tenant ON tenant.id = held.tenant_id
    WHERE held.tenant_id = ${question.tenantId}::uuid AND held.membership_id = holder.id AND ${HELD_NOW} AND ${gives(question)}
  ) ELSE '[]' END || coalesce(holder.platform_roles, '[]') AS roles`;

/** Who may do it here now. The platform's staff stay nameless: a row says only through which platform role. */
export const listHolders = (
  client: PrismaClient,
  question: Question,
  list: Pick<KeysetList, 'query' | 'binding' | 'signingKey'>,
): Promise<{ rows: AccessHolder[]; page: Page }> =>
  keysetPage<AccessHolder>(client, {
    select: columns(question),
    from: holdersOf(question),
    where: [],
    id: { sql: Prisma.sql`holder.id`, type: 'uuid' },
    sorts: { name: { sql: Prisma.sql`holder.sort_key`, type: 'text' } },
    defaultSort: 'name',
    ...list,
  });
