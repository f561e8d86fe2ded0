import { replaceAssignments } from '../../access/assignments/replace.ts';
import { roleRef } from '../../core/schema.ts';
import type { Tx } from '../../db/tenant-tx.ts';
import { recordSync, type SyncContext } from '../context.ts';
import { raiseOwnerlessAlarm } from './ownerless.ts';

export interface EndingMembership {
  tenantId: string;
  id: string;
  userId: string;
  status: string;
}

/** Ends a membership and all its role assignments. The caller holds the tenant's lock. */
export async function endMembership(
  tx: Tx,
  membership: EndingMembership,
  ctx: SyncContext,
  identity?: { id: string; updatedAt: bigint },
) {
  const { tenantId, id, userId, status } = membership;
  const held = await tx.membershipRole.findMany({
    where: { tenantId, membershipId: id, endedAt: null },
    select: { role: { select: { id: true, key: true, name: true, isOwner: true } } },
  });
  await replaceAssignments(tx, { tenantId, memberId: id, userId, by: null, wanted: [] });
  await tx.membership.update({
    where: { tenantId_id: { tenantId, id } },
    data: {
      status: 'left',
      leftAt: new Date(),
      version: { increment: 1 },
      ...(identity ? { identityMembershipId: identity.id, identityUpdatedAt: identity.updatedAt } : {}),
    },
  });
  // What was to be pushed has no object at the provider any more.
  await tx.$executeRaw`DELETE FROM identity_push WHERE tenant_id = ${tenantId}::uuid AND object_id = ${userId}`;
  await recordSync(tx, ctx, {
    tenantId,
    action: 'member.removed',
    category: 'membership',
    severity: 'notice',
    subjectId: userId,
    target: { type: 'member', id, label: null },
    before: { status, roles: held.map(({ role }) => roleRef(role)) },
    after: { status: 'left', roles: [] },
  });
  if (held.some(({ role }) => role.isOwner)) await raiseOwnerlessAlarm(tx, tenantId, ctx);
}
