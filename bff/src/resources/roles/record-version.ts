import { Prisma } from '@rolecall/prisma/client';
import type { Conditions } from '../../access/conditions.ts';
import type { RoleSnapshot } from '../../access/roles/snapshot.ts';
import { sentWithNext } from '../../db/connect/pipelined-client.ts';
import type { Tx } from '../../db/tenant-tx.ts';
import { findRole } from './queries.ts';
import { sorted } from './rules.ts';
import type { RoleDetail } from './schema.ts';

/** Author and reason of a version; the author is null for the system. */
export interface VersionAuthor {
  changedBy: string | null;
  reason?: string | undefined;
}

/** Records what the role is now as its newest version, and returns the role. */
export async function recordVersion(
  tx: Tx,
  tenantId: string,
  roleId: string,
  { changedBy, reason }: VersionAuthor,
): Promise<RoleDetail> {
  const role = await findRole(tx, tenantId, roleId);
  await tx.$executeRaw(
    sentWithNext(Prisma.sql`
      INSERT INTO role_version (tenant_id, role_id, number, snapshot, changed_by, reason, created_at)
      VALUES (${tenantId}::uuid, ${roleId}::uuid, ${role.version}, ${JSON.stringify(snapshotOf(role))}::jsonb, ${changedBy},
        ${reason ?? null}, clock_timestamp())`),
  );
  return role;
}

export function snapshotOf(role: RoleDetail) {
  const own = role.permissions.filter((granted) => !granted.inheritedFrom);
  const conditions: Record<string, Conditions> = Object.fromEntries(
    own.flatMap((granted) => (granted.conditions ? [[granted.code, granted.conditions]] : [])),
  );
  return {
    name: role.name,
    description: role.description,
    permissions: sorted(own.map(({ code }) => code)),
    conditions,
    parentRoleId: role.parent?.id ?? null,
    isDefault: role.isDefault,
    isSelfAssignable: role.isSelfAssignable,
    identityRole: role.identityRole,
  } satisfies RoleSnapshot;
}
