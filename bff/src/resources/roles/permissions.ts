import type { ActorAccess } from '../../access/actor.ts';
import type { Conditions } from '../../access/conditions.ts';
import { assertCanGrant, assertHoldsAll } from '../../access/grants.ts';
import type { RoleGraph } from '../../access/roles/graph.ts';
import { AppError } from '../../core/errors.ts';
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
  await tx.rolePermission.deleteMany({ where: { tenantId, roleId, permissionCode: { notIn: codes } } });
  await tx.rolePermission.createMany({
    data: codes.map((permissionCode) => ({ tenantId, roleId, permissionCode })),
    skipDuplicates: true,
  });
  const byCode = JSON.stringify(conditions);
  await tx.$executeRaw`
    UPDATE role_permission SET conditions = ${byCode}::jsonb -> permission_code
    WHERE tenant_id = ${tenantId}::uuid AND role_id = ${roleId}::uuid
      AND conditions IS DISTINCT FROM ${byCode}::jsonb -> permission_code`;
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
  const tenant = await tx.tenant.findFirst({ where: { id: tenantId }, select: { kind: true } });
  const found = await tx.permission.findMany({
    where: {
      code: { in: codes },
      OR: [{ retiredAt: null }, { roles: { some: { tenantId, roleId } } }],
      ...(tenant?.kind === 'platform' ? {} : { scope: 'tenant' }),
    },
    select: { code: true },
  });
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
