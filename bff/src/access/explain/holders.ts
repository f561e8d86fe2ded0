import { Prisma } from 'database/client';
import type { KeysetList } from '../../db/keyset.ts';

/** The two readers of the list, `holdersNow` and `holdersAt`, as SQL. */
export interface HoldersSql {
  /**
   * Members, and after them platform roles, that grant the permission: sort_key, id (of the membership or the platform role), user_id
   * (null for a platform role), through_tenant, is_met (false where only another resource would do).
   */
  holders: Prisma.Sql;
  /** The roles of one holder, as JSON; evaluated for the rows of a page only. */
  roles: Prisma.Sql;
}

/** The list of AccessHolder. The platform's staff stay unnamed: a row says only through which platform role. */
export const holdersList = ({ holders, roles }: HoldersSql): KeysetList => ({
  select: Prisma.sql`
    CASE WHEN holder.through_tenant THEN 'tenant' ELSE 'platform' END AS via,
    CASE WHEN holder.user_id IS NOT NULL THEN holder.id::text END AS "membershipId",
    CASE WHEN holder.user_id IS NOT NULL THEN
      jsonb_build_object('id', person.id, 'name', person.name, 'email', person.email, 'imageUrl', person.image_url) END AS "user",
    NOT holder.is_met AS "isConditional", ${roles} AS roles`,
  from: Prisma.sql`(${holders}) holder LEFT JOIN "user" person ON person.id = holder.user_id`,
  where: [],
  id: { sql: Prisma.sql`holder.id`, type: 'uuid' },
  sorts: { name: { sql: Prisma.sql`holder.sort_key`, type: 'text' } },
  defaultSort: 'name',
});
