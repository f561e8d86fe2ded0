import { Prisma } from 'database/client';
import { contextOfRow, grantsConditionally, grantsUnconditionally, HELD_NOW, TENANT_USABLE } from '../grant-sql.ts';
import type { HoldersSql } from './holders.ts';

interface Question {
  tenantId: string;
  permission: string;
  /** What the question is about, as JSON. Conditions on what it lacks are not met. */
  resource: string;
  /** Also those who would hold the permission about another resource. */
  orConditionally: boolean;
}

/** Reads who may do it now. */
export function holdersNow({ tenantId, permission, resource, orConditionally }: Question): HoldersSql {
  const context = contextOfRow(resource);
  // Of a role and a user: what is unconditional belongs to the role alone and is looked at first, because it is cheap.
  const conditionsMet = Prisma.sql`(role.is_unconditional OR ${grantsConditionally(permission, context, 'met')})`;
  const grants = Prisma.sql`(role.is_unconditional
    OR ${grantsConditionally(permission, context, orConditionally ? 'reachable' : 'met')})`;
  const grantingRoles = Prisma.sql`(
    SELECT role.*, ${grantsUnconditionally(permission)} AS is_unconditional FROM role
    WHERE role.tenant_id = ${tenantId}::uuid
      AND (${grantsUnconditionally(permission)} OR ${grantsConditionally(permission, Prisma.sql`NULL`, 'any')}))`;
  const platformRole = Prisma.sql`jsonb_build_object('id', role_id, 'key', role_key, 'name', role_name, 'isOwner', is_owner,
    'via', 'platform', 'validUntil', NULL, 'conditions', way -> 'conditions', 'conditionsMet', coalesce(way -> 'conditionsMet', 'true'))`;
  return {
    holders: Prisma.sql`
      WITH platform AS MATERIALIZED (
        SELECT * FROM through_platform(${permission}, NULL, ${resource}::jsonb, ${orConditionally})),
      platform_roles AS MATERIALIZED (
        SELECT user_id, jsonb_agg(${platformRole} ORDER BY role_name) AS roles,
          bool_or(coalesce((way -> 'conditionsMet')::boolean, true)) AS is_met
        FROM platform WHERE user_id IS NOT NULL GROUP BY user_id),
      granting AS MATERIALIZED (SELECT * FROM ${grantingRoles} role),
      assigned AS MATERIALIZED (
        SELECT held.membership_id, bool_or(${conditionsMet}) AS is_met
        FROM membership_role held
        JOIN granting role ON role.id = held.role_id
        JOIN tenant ON tenant.id = held.tenant_id AND ${TENANT_USABLE}
        JOIN "user" person ON person.id = held.user_id
        WHERE held.tenant_id = ${tenantId}::uuid AND ${HELD_NOW} AND ${grants}
        GROUP BY held.membership_id)
      SELECT '0' || membership.sort_name AS sort_key, membership.id, membership.user_id,
        membership.status = 'active' AND assigned.membership_id IS NOT NULL AS through_tenant,
        (membership.status = 'active' AND coalesce(assigned.is_met, false)) OR coalesce(platform_roles.is_met, false) AS is_met,
        coalesce(platform_roles.roles, '[]') AS platform_roles
      FROM membership
      JOIN "user" person ON person.id = membership.user_id AND person.deleted_at IS NULL AND NOT person.banned
      LEFT JOIN assigned ON assigned.membership_id = membership.id
      LEFT JOIN platform_roles ON platform_roles.user_id = membership.user_id
      WHERE membership.tenant_id = ${tenantId}::uuid AND (
        (membership.status = 'active' AND assigned.membership_id IS NOT NULL)
        OR (membership.status <> 'left' AND platform_roles.user_id IS NOT NULL))
      UNION ALL
      SELECT '1' || role_name, role_id, NULL, false, bool_or(coalesce((way -> 'conditionsMet')::boolean, true)),
        jsonb_build_array((jsonb_agg(${platformRole} ORDER BY way ->> 'conditionsMet' DESC)) -> 0)
      FROM platform GROUP BY role_name, role_id`,
    roles: Prisma.sql`CASE WHEN holder.through_tenant THEN (
      SELECT jsonb_agg(jsonb_build_object('id', role.id, 'key', role.key, 'name', role.name, 'isOwner', role.is_owner,
        'via', 'tenant', 'validUntil', held.valid_until,
        'conditions', CASE WHEN NOT role.is_unconditional THEN
          granting_chain(role.tenant_id, role.id, ${permission}, ${context}) -> 'conditions' END,
        'conditionsMet', ${conditionsMet}) ORDER BY held.is_primary DESC, role.name)
      FROM membership_role held
      JOIN ${grantingRoles} role ON role.id = held.role_id
      JOIN tenant ON tenant.id = held.tenant_id
      WHERE held.tenant_id = ${tenantId}::uuid AND held.membership_id = holder.id AND ${HELD_NOW} AND ${grants}
    ) ELSE '[]' END || holder.platform_roles`,
  };
}
