import { Prisma } from '@rolecall/prisma/client';
import type { KeysetList } from '../../db/lists/list.ts';

interface Question {
  permission: string;
  /** What the question is about, as JSON. Conditions on what it lacks are not met. */
  resource: string;
}

/** How the list is read in the current tenant, now or as of an instant. */
interface HoldersSql {
  /**
   * Members, and after them platform roles, that grant the permission: sort_key, id (of the membership or the platform role), user_id
   * (null for a platform role), through_tenant, conditions_met (false where only another resource would do).
   */
  holders: Prisma.Sql;
  /** The roles of one holder, as JSON; evaluated for the rows of a page only. */
  roles: Prisma.Sql;
}

/** Who holds it now, with `orConditionally` also who would hold it about another resource. */
export const holdersNow = ({
  permission,
  resource,
  orConditionally,
}: Question & { orConditionally: boolean }): HoldersSql => ({
  holders: Prisma.sql`permission_holders(${permission}, ${resource}::jsonb, ${orConditionally})`,
  roles: Prisma.sql`CASE WHEN holder.through_tenant
    THEN holder_roles(holder.id, ${permission}, ${resource}::jsonb, ${orConditionally}) ELSE '[]' END || holder.platform_roles`,
});

/** Who held it at that instant. Only what was met counts. */
export const holdersAsOf = ({ permission, resource, asOf }: Question & { asOf: string }): HoldersSql => ({
  holders: Prisma.sql`permission_holders_as_of(${permission}, ${asOf}::timestamptz, ${resource}::jsonb)`,
  roles: Prisma.sql`holder.roles`,
});

/** The list of AccessHolder. The platform's staff stay unnamed: a row says only through which platform role. */
export const holdersList = ({ holders, roles }: HoldersSql): KeysetList => ({
  select: Prisma.sql`
    CASE WHEN holder.through_tenant THEN 'tenant' ELSE 'platform' END AS via,
    CASE WHEN holder.user_id IS NOT NULL THEN holder.id::text END AS "membershipId",
    CASE WHEN holder.user_id IS NOT NULL THEN
      jsonb_build_object('id', person.id, 'name', person.name, 'email', person.email, 'imageUrl', person.image_url) END AS "user",
    NOT holder.conditions_met AS "isConditional", ${roles} AS roles`,
  with: Prisma.sql`holder AS MATERIALIZED (SELECT * FROM ${holders})`,
  from: Prisma.sql`holder LEFT JOIN "user" person ON person.id = holder.user_id`,
  where: [],
  counted: Prisma.sql`holder`,
  id: { sql: Prisma.sql`holder.id`, type: 'uuid' },
  sorts: { name: { sql: Prisma.sql`holder.sort_key`, type: 'text' } },
  defaultSort: 'name',
});
