import { accept, invite, revoke } from '../actions/invitations.ts';
import { joinFromDirectory } from '../actions/members.ts';
import { type DeniedAttempt, recordDenial } from '../actions/tenant.ts';
import { HOUR } from '../calendar.ts';
import { type InvitationRow, roleOf, type SeedState } from '../seed-state.ts';
import type { DemoUser } from '../users.ts';

/** A dated change. Scenarios collect them in any order; `runInOrder` runs them by date. */
export interface SeedEvent {
  at: Date;
  run: (at: Date) => void;
}

export function runInOrder(events: readonly SeedEvent[]): void {
  const inOrder = events.toSorted((a, b) => a.at.getTime() - b.at.getTime());
  for (const { at, run } of inOrder) run(at);
}

/** Users of one department join within the hour in which their directory is connected. */
export function joinBatch(state: SeedState, start: Date, users: readonly DemoUser[]): SeedEvent[] {
  const pace = Math.min(90_000, HOUR / Math.max(1, users.length));
  return users.map((user, index) => ({
    at: new Date(start.getTime() + index * pace + state.random.integer(0, pace / 2)),
    run: (at) => joinFromDirectory(state, at, user),
  }));
}

/** An invitation that is accepted `after` a while. */
export function inviteAndAccept(
  state: SeedState,
  at: Date,
  by: DemoUser,
  user: DemoUser,
  roleKey: string,
  after = HOUR,
): SeedEvent[] {
  let invitation: InvitationRow;
  const send = (when: Date) => {
    invitation = invite(state, when, by, { email: user.email ?? '', roles: [roleOf(state, roleKey)] });
  };
  const later = new Date(at.getTime() + after);
  return [
    { at, run: send },
    { at: later, run: (when) => accept(state, when, invitation, user) },
  ];
}

/** An invitation that is not accepted. */
export function pendingInvitation(
  state: SeedState,
  at: Date,
  by: DemoUser,
  email: string,
  roleKey: string,
  days: number,
): SeedEvent {
  const run = (when: Date) => {
    invite(state, when, by, { email, roles: [roleOf(state, roleKey)], days });
  };
  return { at, run };
}

export function revokeInvitation(state: SeedState, at: Date, by: DemoUser, email: string): SeedEvent {
  const run = (when: Date) => {
    const invitation = state.invitations.findLast((each) => each.email === email);
    if (invitation) revoke(state, when, by, invitation);
  };
  return { at, run };
}

export const denied = (state: SeedState, at: Date, by: DemoUser, attempt: DeniedAttempt): SeedEvent => ({
  at,
  run: (when) => recordDenial(state, when, by, attempt),
});
