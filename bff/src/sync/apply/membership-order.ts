import type { Membership } from 'database/client';
import type { IdentityMembership } from '../../core/identity-provider.ts';
import type { Outcome, Ties } from './user.ts';

type Stored = Pick<Membership, 'status' | 'identityMembershipId' | 'identityRole' | 'identityUpdatedAt'>;

/**
 * Whether a word about the membership of a person in an organization is to be taken. Memberships follow each other there under
 * new ids; the words about an older one are older. An end of the same id is final, whatever its clock says.
 */
export function judgeMembership(
  stored: Stored | null,
  given: Pick<IdentityMembership, 'id' | 'role' | 'updatedAt'>,
  { isEnd, ties }: { isEnd: boolean; ties: Ties },
): Outcome {
  if (!stored) return 'applied';
  const updatedAt = BigInt(given.updatedAt);
  const hasEnded = stored.status === 'left';
  if (stored.identityMembershipId === given.id) {
    if (hasEnded) return 'ignored';
    if (isEnd) return 'applied';
    if (stored.identityUpdatedAt > updatedAt) return 'ignored';
    const isTie =
      stored.identityUpdatedAt === updatedAt && stored.identityRole !== null && stored.identityRole !== given.role;
    return isTie && ties === 'leave' ? 'undecided' : 'applied';
  }
  // Given in the console, and never told of by the provider: its ends do not mean this one.
  if (stored.identityMembershipId === null) return isEnd ? 'ignored' : 'applied';
  if (stored.identityUpdatedAt > updatedAt) return 'ignored';
  if (stored.identityUpdatedAt < updatedAt) return 'applied';
  if (ties === 'leave') return 'undecided';
  return isEnd ? 'ignored' : 'applied';
}
