import { replaceAssignments } from '../../access/assignments/replace.ts';
import type { Tx } from '../../db/tenant-tx.ts';
import { recordSync, type SyncContext } from '../context.ts';
import { noteOwnerless } from './ownerless.ts';

export interface EndingMembership {
  tenantId: string;
  id: string;
  userId: string;
  status: string;
}

/**
 * Ends a membership and every role it holds because the provider says so; `word` is what it was called there. The caller holds the
 * tenant's lock.
 */
export async function endMembership(
  tx: Tx,
  membership: EndingMembership,
  cause: SyncContext,
  word?: { id: string; updatedAt: bigint },
) {
  const { tenantId, id, userId, status } = membership;
  const held = await tx.membershipRole.findMany({
    where: { tenantId, membershipId: id, endedAt: null },
    select: { role: { select: { id: true, name: true, isOwner: true } } },
  });
  await replaceAssignments(tx, { tenantId, memberId: id, userId, by: null, wanted: [] });
  await tx.membership.update({
    where: { tenantId_id: { tenantId, id } },
    data: {
      status: 'left',
      leftAt: new Date(),
      version: { increment: 1 },
      ...(word ? { identityMembershipId: word.id, identityUpdatedAt: word.updatedAt } : {}),
    },
  });
  await recordSync(tx, cause, {
    tenantId,
    action: 'member.removed',
    category: 'membership',
    severity: 'notice',
    subjectId: userId,
    target: { type: 'member', id, label: null },
    before: { status, roles: held.map(({ role }) => ({ id: role.id, name: role.name })) },
    after: { status: 'left', roles: [] },
  });
  if (held.some(({ role }) => role.isOwner)) await noteOwnerless(tx, tenantId, cause);
}
