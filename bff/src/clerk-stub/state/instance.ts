import type { ClerkMessage } from '../serialize.ts';
import { invitationsOf } from './invitations.ts';
import { membershipsOf } from './memberships.ts';
import { organizationsOf } from './organizations.ts';
import { sessionsOf } from './sessions.ts';
import { lazySigningKey } from './signing-key.ts';
import { createState, type InstanceOptions } from './state.ts';
import { usersOf } from './users.ts';

export type ClerkInstance = ReturnType<typeof createClerkInstance>;

/**
 * Creates a Clerk instance in memory: the expected state that tests compare with. Each operation of users and admins
 * returns the object that Clerk would return, throws the ClerkApiError that Clerk would throw, and emits Clerk's events.
 */
export function createClerkInstance(options: InstanceOptions = {}) {
  const state = createState(options);
  const { endAllOf, ...memberships } = membershipsOf(state);
  const { revokeAllOf, ...sessions } = sessionsOf(state);
  const users = usersOf(state, { endMemberships: endAllOf, revokeSessions: revokeAllOf });
  const organizations = organizationsOf(state, { join: memberships.addMembership, leaveAll: endAllOf });
  const invitations = invitationsOf(state, { join: memberships.addMembership, ...users });

  return {
    id: state.instanceId,
    /** The stored state; changed only by the operations. */
    state,
    signingKey: lazySigningKey(state.instanceId),
    ...users,
    ...organizations,
    ...memberships,
    ...invitations,
    ...sessions,

    /** Subscribes to events, synchronously and in order. Returns how to unsubscribe. */
    onEvent(listener: (message: ClerkMessage) => void): () => void {
      state.listeners.add(listener);
      return () => state.listeners.delete(listener);
    },
  };
}
