import { v7 as uuid } from 'uuid';
import { AppError } from '../../core/errors.ts';
import { databaseNow } from '../../db/clock.ts';
import type { Tx } from '../../db/tenant-tx.ts';
import { clearOwnerlessAlarm } from './owner.ts';

interface DesiredAssignment {
  roleId: string;
  isPrimary: boolean;
  /** Null begins now, or leaves a beginning as it is. */
  validFrom?: Date | null;
  /** Null holds until it is taken. */
  validUntil: Date | null;
}

interface Replacement {
  tenantId: string;
  memberId: string;
  userId: string;
  /** Actor id; null when the provider or the system gives. */
  by: string | null;
  wanted: readonly DesiredAssignment[];
}

/**
 * Makes the member hold exactly the wanted roles: what is missing ends, what is new begins, what differs ends and
 * begins anew, so that history can be replayed. The caller holds the tenant's lock and has checked the grant.
 */
export async function replaceAssignments(
  tx: Tx,
  { tenantId, memberId, userId, by, wanted }: Replacement,
): Promise<void> {
  const now = await databaseNow(tx);
  const held = await tx.membershipRole.findMany({ where: { tenantId, membershipId: memberId, endedAt: null } });
  // A beginning in the past is now: nobody held a role before it was given. One that is not named stays as it is.
  const beginOf = (role: DesiredAssignment) => {
    const have = held.find(({ roleId, validUntil }) => roleId === role.roleId && (!validUntil || validUntil > now));
    const begin = role.validFrom ?? have?.validFrom;
    return begin && begin > now ? begin : now;
  };
  const faults = wanted.flatMap((role) => {
    if (role.validUntil && role.validUntil <= now) return ['ends_in_the_past'];
    return role.validUntil && role.validUntil <= beginOf(role) ? ['ends_before_it_begins'] : [];
  });
  if (faults.length > 0) throw new AppError('validation_failed', { errors: { roles: faults } });
  const isSame = (want: DesiredAssignment, have: (typeof held)[number]) =>
    want.roleId === have.roleId &&
    want.isPrimary === have.isPrimary &&
    want.validUntil?.getTime() === have.validUntil?.getTime() &&
    (have.validFrom <= now ? beginOf(want) <= now : beginOf(want).getTime() === have.validFrom.getTime());

  const ending = held.filter((role) => !wanted.some((other) => isSame(other, role)));
  if (ending.length > 0) {
    await tx.membershipRole.updateMany({
      where: { tenantId, id: { in: ending.map((role) => role.id) } },
      data: { endedAt: now, endedBy: by },
    });
  }
  const beginning = wanted.filter((role) => !held.some((have) => isSame(role, have)));
  if (beginning.length > 0) {
    await tx.membershipRole.createMany({
      data: beginning.map((role) => ({
        tenantId,
        id: uuid(),
        membershipId: memberId,
        userId,
        roleId: role.roleId,
        isPrimary: role.isPrimary,
        validFrom: beginOf(role),
        validUntil: role.validUntil,
        grantedBy: by,
      })),
    });
  }
  await clearOwnerlessAlarm(tx, [tenantId]);
}
