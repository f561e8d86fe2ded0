import { z } from 'zod';
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
import { applyUsers, type UserUpdate } from '../apply/user.ts';
import { applyUserDeleted } from '../apply/user-deleted.ts';
import type { ApplyOutcome, FinalStatus, SyncContext, TieBreak } from '../context.ts';

// Loose: unnamed keys may come and go.
const Deleted = z.looseObject({ id: z.string().min(1).max(255), slug: z.string().nullish() });

type Apply = (tx: Tx, data: unknown, ctx: SyncContext, tieBreak: TieBreak) => Promise<ApplyOutcome>;

const organization: Apply = (tx, data, ctx, tieBreak) =>
  applyOrganization(tx, toIdentityOrganization(ClerkOrganization.parse(data)), ctx, tieBreak);
const membership: Apply = (tx, data, ctx, tieBreak) =>
  applyMembership(tx, toIdentityMembership(ClerkMembership.parse(data)), ctx, tieBreak);
const invitation: Apply = (tx, data, ctx) => applyInvitation(tx, ClerkInvitation.parse(data), ctx);
const sessionEnded: Apply = (tx, data, ctx) => applySessionEnded(tx, ClerkSession.parse(data), ctx);

const APPLY = new Map<string, Apply>(
  Object.entries({
    'user.deleted': (tx, data, ctx) => applyUserDeleted(tx, Deleted.parse(data).id, ctx),
    'organization.created': organization,
    'organization.updated': organization,
    'organization.deleted': (tx, data, ctx) => {
      const { id, slug } = Deleted.parse(data);
      return applyOrganizationDeleted(tx, id, slug ?? null, ctx);
    },
    'organizationMembership.created': membership,
    'organizationMembership.updated': membership,
    'organizationMembership.deleted': (tx, data, ctx, tieBreak) =>
      applyMembershipDeleted(tx, toIdentityMembership(ClerkMembership.parse(data)), ctx, tieBreak),
    'organizationInvitation.created': invitation,
    'organizationInvitation.accepted': invitation,
    'organizationInvitation.revoked': invitation,
    'session.created': (tx, data, ctx) => applySessionStarted(tx, ClerkSession.parse(data), ctx),
    'session.ended': sessionEnded,
    'session.removed': sessionEnded,
    'session.revoked': sessionEnded,
  } satisfies Record<string, Apply>),
);

/** User updates are the only events that are applied together. */
export const isUserUpdate = (type: string): boolean => type === 'user.created' || type === 'user.updated';

/** Events of other types are stored and change nothing. */
export const isKnownType = (type: string): boolean => isUserUpdate(type) || APPLY.has(type);

export interface EventToApply {
  type: string;
  data: unknown;
  ctx: SyncContext;
}

/** The outcome of an event; an error for a user update that cannot be read, so that the others of its batch are applied. */
export type EventOutcome = ApplyOutcome | z.ZodError;

export const isFinal = (outcome: EventOutcome | undefined): outcome is FinalStatus =>
  outcome === 'applied' || outcome === 'ignored';

/**
 * Applies events in the caller's transaction: user updates in one batch, then the others in their order. Returns the outcome of
 * each. Throws when the data of another event cannot be read.
 */
export async function applyEvents(
  tx: Tx,
  events: readonly EventToApply[],
  tieBreak: TieBreak,
): Promise<EventOutcome[]> {
  const outcomes = new Map<EventToApply, EventOutcome>();
  const updates: (UserUpdate & { event: EventToApply })[] = [];
  for (const event of events.filter(({ type }) => isUserUpdate(type))) {
    const { data, error } = ClerkUser.safeParse(event.data);
    if (error) outcomes.set(event, error);
    else updates.push({ user: toIdentityUser(data), ctx: event.ctx, event });
  }
  if (updates.length > 0) {
    const applied = await applyUsers(tx, updates, tieBreak);
    for (const [index, { event }] of updates.entries()) outcomes.set(event, applied[index] ?? 'conflict');
  }
  for (const event of events) {
    const apply = APPLY.get(event.type);
    if (apply) outcomes.set(event, await apply(tx, event.data, event.ctx, tieBreak));
  }
  return events.map((event) => outcomes.get(event) ?? 'ignored');
}

/** Returns the ids of the user, organization or membership an event is about; null where the directory has no such object. */
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
