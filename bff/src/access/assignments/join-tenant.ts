import { v7 as uuid } from 'uuid';
import { databaseNow } from '../../db/clock.ts';
import type { Tx } from '../../db/tenant-tx.ts';
import { clearOwnerlessAlarm } from './owner.ts';
import { replaceAssignments } from './replace.ts';

export interface Join {
  tenantId: string;
  userId: string;
  source: 'identity' | 'invitation' | 'bootstrap';
  /** The first is the primary role. */
  roleIds: readonly string[];
  /** Null when the provider or the system assigns the roles. */
  grantedBy: string | null;
  /** The membership as the provider knows it; times in its milliseconds. */
  identity?: { id: string; role: string; updatedAt: number; createdAt: number };
}

/**
 * Makes users members with their first roles, in three statements for any number of them. An existing membership, even an ended
 * one, stays as it is. Returns the new members. The caller holds the tenants' locks, has checked the grants and writes the audit
 * rows.
 */
export async function joinTenant<J extends Join>(tx: Tx, joins: readonly J[]): Promise<(J & { memberId: string })[]> {
  if (joins.length === 0) return [];
  const members = joins.map((join) => ({ ...join, memberId: uuid() }));
  const assignments = members.flatMap(({ memberId, grantedBy, roleIds }) =>
    roleIds.map((roleId, index) => ({ id: uuid(), memberId, roleId, grantedBy, isPrimary: index === 0 })),
  );
  const rows = members.map(({ tenantId, memberId, userId, source, identity }) => ({
    ...{ tenantId, memberId, userId, source },
    ...(identity ? { identityId: identity.id, identityRole: identity.role, updatedAt: identity.updatedAt } : {}),
    ...(identity ? { createdAt: identity.createdAt } : {}),
  }));
  // The default, the start of the transaction, may be seconds before the tenant's lock.
  const now = await databaseNow(tx);
  const joined = await tx.$queryRaw<{ id: string }[]>`
    WITH member AS (
      SELECT * FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS member ("tenantId" uuid, "memberId" uuid, "userId" text,
        source text, "identityId" text, "identityRole" text, "updatedAt" bigint, "createdAt" float8)
    ), assignment AS (
      SELECT * FROM jsonb_to_recordset(${JSON.stringify(assignments)}::jsonb)
        AS assignment (id uuid, "memberId" uuid, "roleId" uuid, "grantedBy" text, "isPrimary" boolean)
    ), joined AS (
      INSERT INTO membership (tenant_id, id, user_id, source, sort_name, search_text,
        identity_membership_id, identity_role, identity_updated_at, created_at)
      SELECT "tenantId", "memberId", "userId", source, person.sort_name, person.search_text,
        "identityId", "identityRole", coalesce("updatedAt", 0), coalesce(to_timestamp("createdAt" / 1000), ${now})
      FROM member JOIN "user" person ON person.id = member."userId"
      ON CONFLICT (tenant_id, user_id) DO NOTHING RETURNING tenant_id, id, user_id
    ), assigned AS (
      INSERT INTO membership_role (tenant_id, id, membership_id, user_id, role_id, is_primary, valid_from, granted_by)
      SELECT joined.tenant_id, assignment.id, joined.id, joined.user_id, "roleId", "isPrimary", ${now}, "grantedBy"
      FROM assignment JOIN joined ON joined.id = assignment."memberId"
    )
    SELECT id::text FROM joined`;
  const ids = new Set(joined.map(({ id }) => id));
  const added = members.filter(({ memberId }) => ids.has(memberId));
  await clearOwnerlessAlarm(tx, [...new Set(added.map(({ tenantId }) => tenantId))]);
  return added;
}

/** Like joinTenant, for one user. One who left becomes active again and keeps the membership, and with it the history. */
export async function joinOrRejoinTenant(tx: Tx, join: Join): Promise<string> {
  const [added] = await joinTenant(tx, [join]);
  if (added) return added.memberId;
  const { tenantId, userId, roleIds, grantedBy, identity } = join;
  const { sortName, searchText } = await tx.user.findFirstOrThrow({ where: { id: userId } });
  const { id: memberId } = await tx.membership.update({
    where: { tenantId_userId: { tenantId, userId } },
    data: {
      status: 'active',
      leftAt: null,
      version: { increment: 1 },
      sortName,
      searchText,
      ...(identity
        ? {
            identityMembershipId: identity.id,
            identityRole: identity.role,
            identityUpdatedAt: BigInt(identity.updatedAt),
          }
        : // The provider ended the membership that it knew.
          { identityMembershipId: null, identityRole: null }),
    },
    select: { id: true },
  });
  const wanted = roleIds.map((roleId, index) => ({ roleId, isPrimary: index === 0, validUntil: null }));
  await replaceAssignments(tx, { tenantId, memberId, userId, by: grantedBy, wanted });
  return memberId;
}
