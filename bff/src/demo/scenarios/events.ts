import { accept, invite, revoke } from '../actions/invitations.ts';
import { joinFromDirectory } from '../actions/members.ts';
import { type Refusal, refuse } from '../actions/tenant.ts';
import { HOUR } from '../calendar.ts';
import { type InvitationRow, roleOf, type TenantFixture } from '../seed-state.ts';
import type { DemoPerson } from '../users.ts';

/** Something that happens at a moment. Stories collect scenes in any order and play them as time goes. */
export interface Scene {
  at: Date;
  play: (at: Date) => void;
}

export function playAll(scenes: readonly Scene[]): void {
  const inOrder = scenes.toSorted((a, b) => a.at.getTime() - b.at.getTime());
  for (const { at, play } of inOrder) play(at);
}

/** People of one department come within the hour in which their directory is connected. */
export function wave(ledger: TenantFixture, start: Date, people: readonly DemoPerson[]): Scene[] {
  const pace = Math.min(90_000, HOUR / Math.max(1, people.length));
  return people.map((person, index) => ({
    at: new Date(start.getTime() + index * pace + ledger.random.integer(0, pace / 2)),
    play: (at) => joinFromDirectory(ledger, at, person),
  }));
}

/** Somebody is invited by name and accepts. */
export function bring(
  ledger: TenantFixture,
  at: Date,
  by: DemoPerson,
  person: DemoPerson,
  roleKey: string,
  after = HOUR,
): Scene[] {
  let letter: InvitationRow;
  const send = (when: Date) => {
    letter = invite(ledger, when, by, { email: person.email ?? '', roles: [roleOf(ledger, roleKey)] });
  };
  const later = new Date(at.getTime() + after);
  return [
    { at, play: send },
    { at: later, play: (when) => accept(ledger, when, letter, person) },
  ];
}

/** An invitation that nobody accepts. */
export function send(
  ledger: TenantFixture,
  at: Date,
  by: DemoPerson,
  email: string,
  roleKey: string,
  days: number,
): Scene {
  const play = (when: Date) => {
    invite(ledger, when, by, { email, roles: [roleOf(ledger, roleKey)], days });
  };
  return { at, play };
}

export function withdraw(ledger: TenantFixture, at: Date, by: DemoPerson, email: string): Scene {
  const play = (when: Date) => {
    const letter = ledger.invitations.findLast((each) => each.email === email);
    if (letter) revoke(ledger, when, by, letter);
  };
  return { at, play };
}

export const refused = (ledger: TenantFixture, at: Date, by: DemoPerson, refusal: Refusal): Scene => ({
  at,
  play: (when) => refuse(ledger, when, by, refusal),
});
