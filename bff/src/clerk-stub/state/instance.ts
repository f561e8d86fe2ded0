import type { ClerkMessage } from '../serialize.ts';
import { invitationsOf } from './invitations.ts';
import { membershipsOf } from './memberships.ts';
import { organizationsOf } from './organizations.ts';
import { sessionsOf } from './sessions.ts';
import { lazySigningKey } from './signing-key.ts';
import { createState, type InstanceOptions } from './state.ts';
import { peopleOf } from './users.ts';

export type ClerkInstance = ReturnType<typeof createClerkInstance>;

/**
 * A Clerk instance in memory: the truth that a test compares with. Its operations are what people and admins do there; each
 * answers the object as Clerk would send it, throws ClerkRefusal as Clerk would refuse it, and tells the listeners of its events.
 */
export function createClerkInstance(options: InstanceOptions = {}) {
  const state = createState(options);
  const { endAllOf, ...memberships } = membershipsOf(state);
  const { revokeAllOf, ...sessions } = sessionsOf(state);
  const people = peopleOf(state, { memberships: endAllOf, sessions: revokeAllOf });
  const organizations = organizationsOf(state, { join: memberships.addMembership, leaveAll: endAllOf });
  const invitations = invitationsOf(state, { join: memberships.addMembership, ...people });

  return {
    id: state.instanceId,
    /** What is stored, for those who read it; only the operations change it. */
    state,
    signingKey: lazySigningKey(state.instanceId),
    ...people,
    ...organizations,
    ...memberships,
    ...invitations,
    ...sessions,

    /** Hears of every event from now on, at once and in order. Answers how to stop. */
    onEvent(listener: (message: ClerkMessage) => void): () => void {
      state.listeners.add(listener);
      return () => state.listeners.delete(listener);
    },
  };
}
