import { v7 as uuid } from 'uuid';
import { databaseNow } from '../../db/clock.ts';
import type { Tx } from '../../db/tenant-tx.ts';
import { clearOwnerlessAlarm } from './owner.ts';

interface Remap {
  tenantId: string;
  from: string;
  to: string;
}

/**
 * Replaces one role by another for all its members, as primary and for as long as before; a member with both keeps the longer of the two.
 * Assignments end and new ones begin, so that history can be replayed. Returns the number of members. The caller holds the tenant's
 * lock and has checked the grant.
 */
export async function remapAssignments(
  tx: Tx,
  { tenantId, from, to, by }: Remap & { by: string | null },
): Promise<number> {
  const now = await databaseNow(tx);
  const active = { tenantId, endedAt: null, OR: [{ validUntil: null }, { validUntil: { gt: now } }] };
  const leaving = await tx.membershipRole.findMany({ where: { ...active, roleId: from } });
  const memberIds = leaving.map((held) => held.membershipId);
  const staying = await tx.membershipRole.findMany({
    where: { tenantId, endedAt: null, roleId: to, membershipId: { in: memberIds } },
  });
  const beginning = leaving.map((held) => {
    const other = staying.find((each) => each.membershipId === held.membershipId);
    const isOver = other?.validUntil && other.validUntil <= now;
    const both = other && !isOver ? [held, other] : [held];
    return {
      tenantId,
      id: uuid(),
      membershipId: held.membershipId,
      userId: held.userId,
      roleId: to,
      isPrimary: both.some((each) => each.isPrimary),
      validFrom: new Date(Math.max(now.getTime(), Math.min(...both.map((each) => each.validFrom.getTime())))),
      validUntil: both.some((each) => !each.validUntil)
        ? null
        : new Date(Math.max(...both.map((each) => each.validUntil?.getTime() ?? 0))),
      grantedBy: by,
    };
  });
  await tx.membershipRole.updateMany({
    where: { tenantId, id: { in: [...leaving, ...staying].map((held) => held.id) } },
    data: { endedAt: now, endedBy: by },
  });
  await tx.membershipRole.createMany({ data: beginning });
  await tx.membership.updateMany({ where: { tenantId, id: { in: memberIds } }, data: { version: { increment: 1 } } });
  await clearOwnerlessAlarm(tx, [tenantId]);
  return memberIds.length;
}

/** Replaces the role in open invitations; closed ones still name the role that they assigned. */
export async function remapInvitations(tx: Tx, { tenantId, from, to }: Remap): Promise<number> {
  const open = await tx.$queryRaw<{ id: string }[]>`
    UPDATE invitation SET version = version + 1
    WHERE tenant_id = ${tenantId}::uuid AND status = 'pending' AND expires_at > clock_timestamp() AND id IN (
      SELECT invitation_id FROM invitation_role WHERE tenant_id = ${tenantId}::uuid AND role_id = ${from}::uuid)
    RETURNING id::text`;
  const invitationIds = open.map(({ id }) => id);
  await tx.invitationRole.createMany({
    data: invitationIds.map((invitationId) => ({ tenantId, invitationId, roleId: to })),
    skipDuplicates: true,
  });
  await tx.invitationRole.deleteMany({ where: { tenantId, roleId: from, invitationId: { in: invitationIds } } });
  return invitationIds.length;
}
