import { z } from 'zod';
import type { IdentityUser } from '../../core/identity-provider.ts';
import type { Tx } from '../../db/tenant-tx.ts';
import {
  ClerkMembership,
  ClerkOrganization,
  toIdentityMembership,
  toIdentityOrganization,
} from '../../identity/clerk/organization.ts';
import { ClerkUser, toIdentityUser } from '../../identity/clerk/user.ts';
import { applyInvitation, ClerkInvitation } from '../apply/invitation.ts';
import { applyMembership, applyMembershipDeleted } from '../apply/membership.ts';
import { applyOrganization, applyOrganizationDeleted } from '../apply/organization.ts';
import { applySessionEnded, applySessionStarted, ClerkSession } from '../apply/session.ts';
import { applyUsers, type Outcome, type Ties } from '../apply/user.ts';
import { applyUserDeleted } from '../apply/user-deleted.ts';
import type { SyncContext } from '../context.ts';

// Loose: keys that are not named here may come and go.
const Deleted = z.looseObject({ id: z.string().min(1).max(255), slug: z.string().nullish() });

type Apply = (tx: Tx, data: unknown, cause: SyncContext, ties: Ties) => Promise<Outcome>;

const user: Apply = async (tx, data, cause, ties) => {
  const [outcome] = await applyUsers(tx, [{ user: toIdentityUser(ClerkUser.parse(data)), cause }], ties);
  return outcome ?? 'ignored';
};
const organization: Apply = (tx, data, cause, ties) =>
  applyOrganization(tx, toIdentityOrganization(ClerkOrganization.parse(data)), cause, ties);
const membership: Apply = (tx, data, cause, ties) =>
  applyMembership(tx, toIdentityMembership(ClerkMembership.parse(data)), cause, ties);
const invitation: Apply = (tx, data, cause) => applyInvitation(tx, ClerkInvitation.parse(data), cause);
const sessionEnded: Apply = (tx, data, cause) => applySessionEnded(tx, ClerkSession.parse(data), cause);

const APPLY: Record<string, Apply> = {
  'user.created': user,
  'user.updated': user,
  'user.deleted': (tx, data, cause) => applyUserDeleted(tx, Deleted.parse(data).id, cause),
  'organization.created': organization,
  'organization.updated': organization,
  'organization.deleted': (tx, data, cause) => {
    const { id, slug } = Deleted.parse(data);
    return applyOrganizationDeleted(tx, id, slug ?? null, cause);
  },
  'organizationMembership.created': membership,
  'organizationMembership.updated': membership,
  'organizationMembership.deleted': (tx, data, cause, ties) =>
    applyMembershipDeleted(tx, toIdentityMembership(ClerkMembership.parse(data)), cause, ties),
  'organizationInvitation.created': invitation,
  'organizationInvitation.accepted': invitation,
  'organizationInvitation.revoked': invitation,
  'session.created': (tx, data) => applySessionStarted(tx, ClerkSession.parse(data)),
  'session.ended': sessionEnded,
  'session.removed': sessionEnded,
  'session.revoked': sessionEnded,
};

/** The others are kept, and change nothing. */
export const isKnownType = (type: string): boolean => Object.hasOwn(APPLY, type);

/** Does what one event says, in the caller's transaction. Throws when its data cannot be read; other types are ignored. */
export async function applyEvent(
  tx: Tx,
  type: string,
  data: unknown,
  cause: SyncContext,
  ties: Ties,
): Promise<Outcome> {
  const apply = isKnownType(type) && !isEmptied(data) ? APPLY[type] : undefined;
  return apply ? apply(tx, data, cause, ties) : 'ignored';
}

/** A message whose content was removed says nothing any more. */
const isEmptied = (data: unknown): boolean => Object.keys(data ?? {}).every((key) => key === 'id');

/** Events that can be applied many at once. */
export const isPersonType = (type: string): boolean => type === 'user.created' || type === 'user.updated';

/** The person of such an event; null for other events, and where it cannot be read. */
export function personOf(type: string, data: unknown): IdentityUser | null {
  const parsed = isPersonType(type) ? ClerkUser.safeParse(data) : null;
  return parsed?.success ? toIdentityUser(parsed.data) : null;
}

/** What of the provider's an event speaks of, where it can be asked for by these ids: a person, an organization or a membership. */
export function subjectOf(
  type: string,
  data: unknown,
): { userId: string | null; organizationId: string | null } | null {
  switch (type.split('.')[0]) {
    case 'user':
      return { userId: Deleted.parse(data).id, organizationId: null };
    case 'organization':
      return { userId: null, organizationId: Deleted.parse(data).id };
    case 'organizationMembership': {
      const { userId, organization: of } = toIdentityMembership(ClerkMembership.parse(data));
      return { userId, organizationId: of.id };
    }
    default:
      return null;
  }
}
