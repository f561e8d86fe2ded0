import type { Membership } from '@rolecall/prisma/client';
import type { IdentityMembership } from '../../core/identity-provider.ts';
import type { ApplyOutcome, TieBreak } from '../context.ts';

type Stored = Pick<Membership, 'status' | 'identityMembershipId' | 'identityRole' | 'identityUpdatedAt'>;

/**
 * Decides whether an update of a membership is applied. A user who rejoins an organization gets a membership with a new id, so
 * that updates of an earlier one are older. The end of the same id is final, whatever its time says.
 */
export function decideMembership(
  stored: Stored | null,
  update: Pick<IdentityMembership, 'id' | 'role' | 'updatedAt'>,
  { isEnd, tieBreak }: { isEnd: boolean; tieBreak: TieBreak },
): ApplyOutcome {
  if (!stored) return 'applied';
  const updatedAt = BigInt(update.updatedAt);
  const hasEnded = stored.status === 'left';
  if (stored.identityMembershipId === update.id) {
    if (hasEnded) return 'ignored';
    if (isEnd) return 'applied';
    if (stored.identityUpdatedAt > updatedAt) return 'ignored';
    const isTie =
      stored.identityUpdatedAt === updatedAt && stored.identityRole !== null && stored.identityRole !== update.role;
    return isTie && tieBreak === 'defer' ? 'conflict' : 'applied';
  }
  // Created here, and unknown to the provider until now: neither an end nor an update of an earlier one can mean this one.
  if (stored.identityMembershipId === null)
    return isEnd || stored.identityUpdatedAt > updatedAt ? 'ignored' : 'applied';
  if (stored.identityUpdatedAt > updatedAt) return 'ignored';
  if (stored.identityUpdatedAt < updatedAt) return 'applied';
  if (tieBreak === 'defer') return 'conflict';
  return isEnd ? 'ignored' : 'applied';
}
