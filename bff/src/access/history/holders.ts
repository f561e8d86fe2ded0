import { Prisma, type PrismaClient } from 'database/client';
import type { Page } from '../../core/schema.ts';
import { type KeysetList, keysetPage } from '../../db/keyset.ts';
import type { AccessHolder } from '../explain/schema.ts';
import type { RoleHolder } from './schema.ts';

type List = Pick<KeysetList, 'query' | 'binding' | 'signingKey'>;
const PERSON = Prisma.sql`jsonb_build_object('id', person.id, 'name', person.name, 'email', person.email, 'imageUrl', person.image_url)`;

/** Who could do it then: members of then by the names of today, after them each platform role that gave it, as listHolders() has them. */
export const listHoldersAt = (
  client: PrismaClient,
  {
    tenantId,
    permission,
    moment,
    resource,
  }: { tenantId: string; permission: string; moment: string; resource: string },
  list: List,
): Promise<{ rows: AccessHolder[]; page: Page }> => {
  const role = Prisma.sql`jsonb_build_object('id', giving.role_id, 'key', giving.state ->> 'key', 'name', giving.state ->> 'name',
    'isOwner', (giving.state -> 'isOwner')::boolean, 'via', giving.via, 'validUntil', held.valid_until, 'conditionsMet', true, 'conditions', CASE WHEN NOT ${permission} = ANY (giving.always) THEN (
      SELECT given -> 'conditions' FROM jsonb_array_elements(giving.sometimes) given WHERE given ->> 'code' = ${permission} LIMIT 1) END)`;
  const from = Prisma.sql`(
    WITH found AS MATERIALIZED (
      SELECT held.via, held.membership_id, held.is_primary, giving.role_id, giving.state ->> 'name' AS name, ${role} AS role
      FROM past_holdings(NULL, ${moment}::timestamptz, ${resource}::jsonb) held
      JOIN past_roles(${moment}::timestamptz) giving ON giving.role_id = held.role_id
      WHERE ${permission} = ANY (giving.always) OR ${permission} = ANY (held.met))
    SELECT '0' || membership.sort_name AS sort_key, membership.id, membership.user_id,
      bool_or(found.via = 'tenant') AS through_tenant, jsonb_agg(found.role ORDER BY found.via DESC, found.is_primary DESC, found.name) AS roles
    FROM found JOIN membership ON membership.tenant_id = ${tenantId}::uuid AND membership.id = found.membership_id
    GROUP BY membership.id, membership.user_id, membership.sort_name
    UNION ALL
    SELECT DISTINCT '1' || found.name, found.role_id, NULL, false, jsonb_build_array(found.role) FROM found WHERE found.via = 'platform'
  ) holder LEFT JOIN "user" person ON person.id = holder.user_id`;
  return keysetPage<AccessHolder>(client, {
    select: Prisma.sql`
      CASE WHEN holder.through_tenant THEN 'tenant' ELSE 'platform' END AS via,
      CASE WHEN holder.user_id IS NOT NULL THEN holder.id::text END AS "membershipId",
      CASE WHEN holder.user_id IS NOT NULL THEN ${PERSON} END AS "user",
      false AS "isConditional", holder.roles`,
    from,
    where: [],
    id: { sql: Prisma.sql`holder.id`, type: 'uuid' },
    sorts: { name: { sql: Prisma.sql`holder.sort_key`, type: 'text' } },
    defaultSort: 'name',
    ...list,
  });
};

/** The members whose holding of one role counted then, by the names of today. */
export const listRoleHolders = (
  client: PrismaClient,
  { tenantId, roleId, moment }: { tenantId: string; roleId: string; moment: string },
  list: List,
): Promise<{ rows: RoleHolder[]; page: Page }> =>
  keysetPage<RoleHolder>(client, {
    select: Prisma.sql`
      membership.id::text AS "membershipId", ${PERSON} AS "user", held.is_primary AS "isPrimary",
      held.valid_from AS "validFrom", held.valid_until AS "validUntil", held.granted_at AS "grantedAt",
      CASE WHEN held.granted_by IS NOT NULL THEN
        jsonb_build_object('id', held.granted_by, 'name', coalesce(granter.name, held.granted_by)) END AS "grantedBy"`,
    from: Prisma.sql`past_holdings(NULL, ${moment}::timestamptz, '{}') held
      JOIN membership ON membership.tenant_id = ${tenantId}::uuid AND membership.id = held.membership_id
      JOIN "user" person ON person.id = membership.user_id
      LEFT JOIN audit_subject granter ON granter.tenant_id = membership.tenant_id AND granter.user_id = held.granted_by`,
    where: [Prisma.sql`held.via = 'tenant' AND held.role_id = ${roleId}::uuid`],
    id: { sql: Prisma.sql`membership.id`, type: 'uuid' },
    sorts: { name: { sql: Prisma.sql`membership.sort_name`, type: 'text' } },
    defaultSort: 'name',
    ...list,
  });
