import { Prisma } from 'database/client';

/**
 * Conditions on the tables `role`, `held` (membership_role), `person` ("user") and `tenant` of the current tenant, as the
 * guard's held_permissions has them.
 */
export const HELD_NOW = Prisma.sql`(held.ended_at IS NULL AND held.valid_from <= clock_timestamp()
  AND (held.valid_until IS NULL OR held.valid_until > clock_timestamp()))`;

export const TENANT_USABLE = Prisma.sql`tenant.status IN ('trialing', 'active')`;

/** The role, if not deleted, grants the permission, if not retired, without conditions. */
export const grantsUnconditionally = (permission: string) => Prisma.sql`(role.deleted_at IS NULL AND EXISTS (
  SELECT 1 FROM permission
  WHERE permission.code = ${permission} AND permission.retired_at IS NULL
    AND (role.effective_permissions @> ARRAY[${permission}]::text[] OR (role.is_owner
      AND (permission.scope = 'tenant' OR EXISTS (SELECT 1 FROM tenant WHERE tenant.id = role.tenant_id AND tenant.kind = 'platform'))))))`;

/** Which conditions count: those met in a context, also those that another resource would meet, or all. */
export type Evaluation = 'met' | 'reachable' | 'any';

/** The role, if not deleted, grants the permission, if not retired, under conditions. The context is jsonb. */
export function grantsConditionally(permission: string, context: Prisma.Sql, evaluation: Evaluation): Prisma.Sql {
  const holds = {
    met: Prisma.sql`conditions_hold(entry -> 'conditions', ${context})`,
    reachable: Prisma.sql`(conditions_hold(entry -> 'conditions', ${context})
      OR conditions_in_reach(entry -> 'conditions', ${context}))`,
    any: Prisma.sql`true`,
  }[evaluation];
  return Prisma.sql`(role.deleted_at IS NULL AND NOT role.is_owner
    AND EXISTS (SELECT 1 FROM permission WHERE permission.code = ${permission} AND permission.retired_at IS NULL)
    AND EXISTS (SELECT 1 FROM jsonb_array_elements(role.conditional_permissions) AS entry
      WHERE entry ->> 'code' = ${permission} AND ${holds}))`;
}

export const roleGrants = (permission: string, context: Prisma.Sql, evaluation: Evaluation): Prisma.Sql =>
  Prisma.sql`(${grantsUnconditionally(permission)} OR ${grantsConditionally(permission, context, evaluation)})`;

/** The context of the user and tenant of a row; `resource` is JSON. */
export const contextOfRow = (resource: string) => Prisma.sql`access_context(
  person.id, person.email, person.email_verified, tenant.id, tenant.slug, ${resource}::jsonb)`;
