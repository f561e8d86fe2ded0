import { Prisma } from '@rolecall/prisma/client';
import type { ActorAccess } from '../../access/actor.ts';
import type { Conditions } from '../../access/conditions.ts';
import { assertCanGrant, assertHoldsAll } from '../../access/grants.ts';
import type { RoleGraph } from '../../access/roles/graph.ts';
import { AppError } from '../../core/errors.ts';
import { sentWithNext } from '../../db/connect/pipelined-client.ts';
import type { Tx } from '../../db/tenant-tx.ts';

/**
 * Throws grant_exceeds_own unless the actor holds everything that the role granted before and grants now, and what any other role
 * gained or lost through it. What is gained is granted without end; so is all of a role that becomes assignable by others.
 */
export function assertMayChangeRole(
  access: ActorAccess,
  { before, after, gained, lost }: RoleGraph,
  roleId: string,
  becomesAssignable = false,
): void {
  const now = after.get(roleId) ?? [];
  assertHoldsAll(access, [...(before.get(roleId) ?? []), ...now, ...lost]);
  assertCanGrant(access, becomesAssignable ? [...gained, ...now] : gained, null);
}

export interface DesiredGrants {
  permissions: readonly string[];
  conditions: Readonly<Record<string, Conditions>>;
}

/**
 * Replaces what the role grants itself. Throws validation_failed for a permission of another kind of tenant, for a retired one that
 * the role does not grant already, and for conditions on a permission that is not granted.
 */
export async function setPermissions(
  tx: Tx,
  tenantId: string,
  roleId: string,
  { permissions, conditions }: DesiredGrants,
): Promise<void> {
  const codes = [...new Set(permissions)];
  await assertGrantable(tx, { tenantId, roleId, codes, conditional: Object.keys(conditions) });
  await tx.$executeRaw(
    sentWithNext(Prisma.sql`
      DELETE FROM role_permission
      WHERE tenant_id = ${tenantId}::uuid AND role_id = ${roleId}::uuid AND permission_code <> ALL (${codes})`),
  );
  await tx.$executeRaw(
    sentWithNext(Prisma.sql`
      INSERT INTO role_permission AS granted (tenant_id, role_id, permission_code, conditions)
      SELECT ${tenantId}::uuid, ${roleId}::uuid, code, ${JSON.stringify(conditions)}::jsonb -> code FROM unnest(${codes}::text[]) AS code
      ON CONFLICT (tenant_id, role_id, permission_code) DO UPDATE SET conditions = excluded.conditions
        WHERE granted.conditions IS DISTINCT FROM excluded.conditions`),
  );
}

async function assertGrantable(
  tx: Tx,
  {
    tenantId,
    roleId,
    codes,
    conditional,
  }: { tenantId: string; roleId: string; codes: string[]; conditional: string[] },
): Promise<void> {
  const found = await tx.$queryRaw<{ code: string }[]>`
    SELECT code FROM permission
    WHERE code = ANY (${codes}) AND (scope = 'tenant' OR (SELECT kind FROM tenant WHERE id = ${tenantId}::uuid) = 'platform')
      AND (retired_at IS NULL OR EXISTS (
        SELECT FROM role_permission granted
        WHERE granted.tenant_id = ${tenantId}::uuid AND granted.role_id = ${roleId}::uuid AND granted.permission_code = code))`;
  const unknown = codes.filter((code) => !found.some((permission) => permission.code === code));
  const notGranted = conditional.filter((code) => !codes.includes(code));
  if (unknown.length + notGranted.length === 0) return;
  throw new AppError('validation_failed', {
    errors: {
      ...(unknown.length > 0 ? { permissions: ['unknown_permission'] } : {}),
      ...(notGranted.length > 0 ? { conditions: ['not_granted'] } : {}),
    },
    detail: [...unknown, ...notGranted].join(', '),
  });
}
