import { v7 as uuid } from 'uuid';
import { AppError } from '../../core/errors.ts';
import { databaseNow } from '../../db/clock.ts';
import type { Tx } from '../../db/tenant-tx.ts';
import { clearOwnerlessAlarm } from './owner.ts';

interface DesiredAssignment {
  roleId: string;
  isPrimary: boolean;
  /** Null starts now, or keeps an earlier start. */
  validFrom?: Date | null;
  /** Null for an assignment without end. */
  validUntil: Date | null;
}

interface Replacement {
  tenantId: string;
  memberId: string;
  userId: string;
  /** Actor id; null when the provider or the system assigns. */
  by: string | null;
  wanted: readonly DesiredAssignment[];
}

/**
 * Replaces the roles of a member: assignments that are not wanted end, new ones begin, and a changed one ends and begins again, so that
 * history can be replayed. The caller holds the tenant's lock and has checked the grant.
 */
export async function replaceAssignments(
  tx: Tx,
  { tenantId, memberId, userId, by, wanted }: Replacement,
): Promise<void> {
  const now = await databaseNow(tx);
  const held = await tx.membershipRole.findMany({ where: { tenantId, membershipId: memberId, endedAt: null } });
  // A start in the past becomes now: a role cannot have been held before it was assigned. Without a start the present one stays.
  const startOf = (role: DesiredAssignment) => {
    const have = held.find(({ roleId, validUntil }) => roleId === role.roleId && (!validUntil || validUntil > now));
    const start = role.validFrom ?? have?.validFrom;
    return start && start > now ? start : now;
  };
  const errors = wanted.flatMap((role) => {
    if (role.validUntil && role.validUntil <= now) return ['ends_in_the_past'];
    return role.validUntil && role.validUntil <= startOf(role) ? ['ends_before_it_begins'] : [];
  });
  if (errors.length > 0) throw new AppError('validation_failed', { errors: { roles: errors } });
  const isSame = (want: DesiredAssignment, have: (typeof held)[number]) =>
    want.roleId === have.roleId &&
    want.isPrimary === have.isPrimary &&
    want.validUntil?.getTime() === have.validUntil?.getTime() &&
    (have.validFrom <= now ? startOf(want) <= now : startOf(want).getTime() === have.validFrom.getTime());

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
        validFrom: startOf(role),
        validUntil: role.validUntil,
        grantedBy: by,
      })),
    });
  }
  await clearOwnerlessAlarm(tx, [tenantId]);
}
