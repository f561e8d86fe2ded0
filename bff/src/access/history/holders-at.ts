import { Prisma } from 'database/client';
import type { HoldersSql } from '../explain/holders.ts';

interface Question {
  tenantId: string;
  permission: string;
  asOf: string;
  /** What the question is about, as JSON. */
  resource: string;
}

/** Reads who could do it at that instant: the members of then by the names of today. Only what was met counts. */
export function holdersAt({ tenantId, permission, asOf, resource }: Question): HoldersSql {
  const role = Prisma.sql`jsonb_build_object('id', granting.role_id, 'key', granting.state ->> 'key', 'name', granting.state ->> 'name',
    'isOwner', (granting.state -> 'isOwner')::boolean, 'via', granting.via, 'validUntil', held.valid_until, 'conditionsMet', true,
    'conditions', CASE WHEN NOT ${permission} = ANY (granting.always) THEN (
      SELECT entry -> 'conditions' FROM jsonb_array_elements(granting.sometimes) entry WHERE entry ->> 'code' = ${permission} LIMIT 1) END)`;
  return {
    holders: Prisma.sql`
      WITH assigned AS MATERIALIZED (
        SELECT held.via, held.membership_id, held.is_primary, granting.role_id, granting.state ->> 'name' AS name, ${role} AS role
        FROM past_holdings(NULL, ${asOf}::timestamptz, ${resource}::jsonb) held
        JOIN past_roles(${asOf}::timestamptz) granting ON granting.role_id = held.role_id
        WHERE ${permission} = ANY (granting.always) OR ${permission} = ANY (held.met))
      SELECT '0' || membership.sort_name AS sort_key, membership.id, membership.user_id, bool_or(assigned.via = 'tenant') AS through_tenant,
        true AS is_met, jsonb_agg(assigned.role ORDER BY assigned.via DESC, assigned.is_primary DESC, assigned.name) AS roles
      FROM assigned
      JOIN membership ON membership.tenant_id = ${tenantId}::uuid AND membership.id = assigned.membership_id
      GROUP BY membership.id, membership.user_id, membership.sort_name
      UNION ALL
      SELECT DISTINCT '1' || assigned.name, assigned.role_id, NULL::text, false, true, jsonb_build_array(assigned.role)
      FROM assigned WHERE assigned.via = 'platform'`,
    roles: Prisma.sql`holder.roles`,
  };
}
