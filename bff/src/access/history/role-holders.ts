import { Prisma } from '@rolecall/prisma/client';
import type { KeysetList } from '../../db/lists/list.ts';

interface Question {
  tenantId: string;
  roleId: string;
  asOf: string;
}

/** The list of RoleHolder: the members whose assignment of the role was in effect, by the names of today. */
export const roleHoldersList = ({ tenantId, roleId, asOf }: Question): KeysetList => ({
  select: Prisma.sql`
    membership.id::text AS "membershipId",
    jsonb_build_object('id', person.id, 'name', person.name, 'email', person.email, 'imageUrl', person.image_url) AS "user",
    assignment.is_primary AS "isPrimary", assignment.valid_from AS "validFrom", assignment.valid_until AS "validUntil",
    assignment.granted_at AS "grantedAt",
    CASE WHEN assignment.granted_by IS NOT NULL THEN
      jsonb_build_object('id', assignment.granted_by, 'name', coalesce(granter.name, assignment.granted_by)) END AS "grantedBy"`,
  with: Prisma.sql`assignment AS MATERIALIZED (
    SELECT * FROM tenant_assignments_as_of(NULL, ${asOf}::timestamptz, '{}') held
    WHERE held.via = 'tenant' AND held.role_id = ${roleId}::uuid)`,
  from: Prisma.sql`assignment
    JOIN membership ON membership.tenant_id = ${tenantId}::uuid AND membership.id = assignment.membership_id
    JOIN "user" person ON person.id = membership.user_id
    LEFT JOIN audit_subject granter ON granter.tenant_id = membership.tenant_id AND granter.user_id = assignment.granted_by`,
  where: [],
  counted: Prisma.sql`assignment`,
  id: { sql: Prisma.sql`membership.id`, type: 'uuid' },
  sorts: { name: { sql: Prisma.sql`membership.sort_name`, type: 'text' } },
  defaultSort: 'name',
});
