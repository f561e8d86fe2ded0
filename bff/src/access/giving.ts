import { Prisma } from 'database/client';

/** Conditions on the tables `role` and `held` (membership_role) of the current tenant, as the guard's held_permissions has them. */
export const roleGives = (permission: string): Prisma.Sql => Prisma.sql`(role.deleted_at IS NULL AND (
  role.effective_permissions @> ARRAY[${permission}]::text[]
  OR (role.is_owner AND EXISTS (
    SELECT 1 FROM permission
    WHERE permission.code = ${permission} AND permission.retired_at IS NULL
      AND (permission.scope = 'tenant' OR EXISTS (SELECT 1 FROM tenant WHERE tenant.id = role.tenant_id AND tenant.kind = 'platform'))))))`;

export const HELD_NOW = Prisma.sql`(held.ended_at IS NULL AND held.valid_from <= clock_timestamp()
  AND (held.valid_until IS NULL OR held.valid_until > clock_timestamp()))`;

export const TENANT_WORKS = Prisma.sql`tenant.status IN ('trialing', 'active')`;
