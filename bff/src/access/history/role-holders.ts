import { Prisma } from '@rolecall/prisma/client';
import type { KeysetList } from '../../db/keyset.ts';

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
    held.is_primary AS "isPrimary", held.valid_from AS "validFrom", held.valid_until AS "validUntil", held.granted_at AS "grantedAt",
    CASE WHEN held.granted_by IS NOT NULL THEN
      jsonb_build_object('id', held.granted_by, 'name', coalesce(granter.name, held.granted_by)) END AS "grantedBy"`,
  from: Prisma.sql`tenant_assignments_as_of(NULL, ${asOf}::timestamptz, '{}') held
    JOIN membership ON membership.tenant_id = ${tenantId}::uuid AND membership.id = held.membership_id
    JOIN "user" person ON person.id = membership.user_id
    LEFT JOIN audit_subject granter ON granter.tenant_id = membership.tenant_id AND granter.user_id = held.granted_by`,
  where: [Prisma.sql`held.via = 'tenant' AND held.role_id = ${roleId}::uuid`],
  id: { sql: Prisma.sql`membership.id`, type: 'uuid' },
  sorts: { name: { sql: Prisma.sql`membership.sort_name`, type: 'text' } },
  defaultSort: 'name',
});
