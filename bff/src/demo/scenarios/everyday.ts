import { accept, invite, mayBeAccepted } from '../actions/invitations.ts';
import { changeRoles, removeMember, setStatus } from '../actions/members.ts';
import { refuse } from '../actions/tenant.ts';
import { type Calendar, DAY, HOUR, MINUTE } from '../calendar.ts';
import { powerOver, rightsAt, rightsToInvite, rolesAt, somebodyWho } from '../permissions.ts';
import { memberOf, personOf, type RoleRow, roleOf, type TenantFixture } from '../seed-state.ts';
import type { DemoPerson } from '../users.ts';
import type { Scene } from './events.ts';

export interface Everyday {
  ledger: TenantFixture;
  calendar: Calendar;
  /** Roles that are given often stand in it often. */
  gifts: readonly string[];
  /** The first and last working day of ordinary life. */
  days: [number, number];
  /** People whose story is told elsewhere. */
  spared: ReadonlySet<DemoPerson>;
}

const GIFT_REASONS = [
  'Joins the autumn programme',
  'Asked for in ticket {n}',
  'New team',
  'Covers for a colleague',
  'Promotion',
];
const LOAN_REASONS = ['Covers for a colleague', 'Until the audit is over', 'Helps out at the end of the quarter'];
const SUSPENSION_REASONS = [
  'On parental leave',
  'Contract paused',
  'Lost laptop, until it is checked',
  'Unusual sign-ins',
];
const REFUSALS = [
  ['invitation.create', 'members:invite'],
  ['invitation.create', 'members:invite'],
  ['audit-log.list', 'audit:read'],
  ['invitation.list', 'invitations:read'],
  ['member.update', 'roles:assign'],
  ['role.create', 'roles:create'],
  ['member.remove', 'members:remove'],
  ['tenant.update', 'tenant:update'],
] as const;

export const times = (count: number, make: (index: number) => Scene | Scene[]): Scene[] =>
  Array.from({ length: count }, (_, index) => make(index)).flat();

/** Somebody is invited by whoever may, and comes soon. */
export function welcome(day: Everyday, person: DemoPerson, roleKey: string): Scene[] {
  const { ledger, calendar } = day;
  const { random } = ledger;
  const invitedAt = calendar.between(day.days[0], day.days[1] - 3);
  // At once, or at about the same time of the next day.
  const pause = random.chance(0.6) ? random.integer(4, 150) : random.integer(22 * 60, 26 * 60);
  const acceptedAt = new Date(invitedAt.getTime() + pause * MINUTE);
  let invitation: ReturnType<typeof invite> | undefined;
  return [
    {
      at: invitedAt,
      play: (at) => {
        const roles = [roleOf(ledger, roleKey)];
        const by = somebodyWho(ledger, random, at, rightsToInvite(ledger, roles));
        if (by && person.email) invitation = invite(ledger, at, by, { email: person.email, roles });
      },
    },
    {
      at: acceptedAt,
      play: (at) => invitation && mayBeAccepted(ledger, at, invitation) && accept(ledger, at, invitation, person),
    },
  ];
}

/** A role is given to somebody, until a moment or for good. */
export function gift(day: Everyday, at: Date, validUntil?: Date): Scene {
  const { ledger, gifts } = day;
  const { random } = ledger;
  const play = () => {
    const role = roleOf(ledger, random.pick(gifts));
    const person = somebody(day, at, (roles) => !roles.includes(role) && roles.length < 3);
    const by = person && actorOver(day, at, person, ['roles:assign'], [role]);
    if (!by) return;
    const reason = random
      .pick(validUntil ? LOAN_REASONS : GIFT_REASONS)
      .replace('{n}', String(random.integer(2100, 2900)));
    const give = [validUntil ? { role, validUntil } : { role }];
    changeRoles(ledger, at, by, person, { give, ...(random.chance(0.5) || validUntil ? { reason } : {}) });
  };
  return { at, play };
}

/** A role besides the first is taken from somebody. */
export function withdrawal(day: Everyday): Scene {
  const { ledger, calendar, days } = day;
  const play = (at: Date) => {
    const person = somebody(day, at, (roles) => roles.length > 1);
    const role = person && rolesAt(ledger, memberOf(ledger, person), at).find((each) => !each.isDefault);
    const by = person && role && actorOver(day, at, person, ['roles:assign']);
    if (by) changeRoles(ledger, at, by, person, { take: [role] });
  };
  return { at: calendar.between(days[0] + 6, days[1]), play };
}

/** Somebody is suspended; unless for good, they are back some days later. */
export function suspension(day: Everyday, isForGood: boolean): Scene[] {
  const { ledger, calendar, days } = day;
  const { random } = ledger;
  const start = calendar.between(days[0] + 3, isForGood ? days[1] : days[1] - 8);
  let suspended: DemoPerson | undefined;
  const suspend = (at: Date) => {
    const person = somebody(day, at, () => true);
    const by = person && actorOver(day, at, person, ['members:update']);
    if (!by) return;
    setStatus(ledger, at, by, person, 'suspended', random.pick(SUSPENSION_REASONS));
    suspended = person;
  };
  const reactivate = (at: Date) => {
    const by = suspended && actorOver(day, at, suspended, ['members:update']);
    if (by && suspended) setStatus(ledger, at, by, suspended, 'active');
  };
  const back = new Date(start.getTime() + random.integer(2, 6) * DAY + random.integer(-HOUR, HOUR));
  return isForGood
    ? [{ at: start, play: suspend }]
    : [
        { at: start, play: suspend },
        { at: back, play: reactivate },
      ];
}

export function departure(day: Everyday): Scene {
  const { ledger, calendar, days } = day;
  const play = (at: Date) => {
    const person = somebody(day, at, () => true);
    const by = person && actorOver(day, at, person, ['members:remove']);
    if (by) removeMember(ledger, at, by, person);
  };
  return { at: calendar.between(days[0] + 5, days[1]), play };
}

/** Somebody tries what their roles do not allow. */
export function refusal(day: Everyday): Scene {
  const { ledger, calendar, days } = day;
  const play = (at: Date) => {
    const [operation, permission] = ledger.random.pick(REFUSALS);
    const person = somebody(day, at, () => true);
    if (person && !rightsAt(ledger, person, at).has(permission)) refuse(ledger, at, person, { operation, permission });
  };
  return { at: calendar.between(...days), play };
}

/** An active member, other than the spared, whose roles are as wanted. */
function somebody({ ledger, spared }: Everyday, at: Date, fits: (roles: RoleRow[]) => boolean): DemoPerson | undefined {
  const able = ledger.members.filter((member) => {
    const isOpen = member.status === 'active' && !spared.has(personOf(ledger, member.userId));
    return isOpen && fits(rolesAt(ledger, member, at));
  });
  return able.length > 0 ? personOf(ledger, ledger.random.pick(able).userId) : undefined;
}

/** Somebody else who may do this to that person. */
function actorOver(day: Everyday, at: Date, person: DemoPerson, needed: string[], given: RoleRow[] = []) {
  const { ledger } = day;
  const roles = [...rolesAt(ledger, memberOf(ledger, person), at), ...given];
  const by = somebodyWho(ledger, ledger.random, at, [...needed, ...powerOver(ledger, roles)]);
  return by === person ? undefined : by;
}
