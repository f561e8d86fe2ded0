import { accept, canBeAccepted, invite } from '../actions/invitations.ts';
import { changeRoles, removeMember, setStatus } from '../actions/members.ts';
import { recordDenial } from '../actions/tenant.ts';
import { type Calendar, DAY, HOUR, MINUTE } from '../calendar.ts';
import { permissionsAt, permissionsToAssign, permissionsToInvite, pickMemberWith, rolesAt } from '../permissions.ts';
import { memberOf, type RoleRow, roleOf, type SeedState, userOf } from '../seed-state.ts';
import type { DemoUser } from '../users.ts';
import type { SeedEvent } from './events.ts';

export interface Everyday {
  state: SeedState;
  calendar: Calendar;
  /** Roles to assign; a frequent one is listed several times. */
  roleKeys: readonly string[];
  /** First and last working day of this activity. */
  days: [number, number];
  /** Users with events of their own, whom random activity leaves out. */
  excluded: ReadonlySet<DemoUser>;
}

const ASSIGNMENT_REASONS = [
  'Joins the autumn programme',
  'Requested in ticket {n}',
  'New team',
  'Covers for a colleague',
  'Promotion',
];
const TEMPORARY_REASONS = [
  'Covers for a colleague',
  'Until the end of the audit',
  'Helps out at the end of the quarter',
];
const SUSPENSION_REASONS = [
  'On parental leave',
  'Contract paused',
  'Lost laptop, pending a security check',
  'Unusual sign-ins',
];
const DENIED_OPERATIONS = [
  ['invitation.create', 'members:invite'],
  ['invitation.create', 'members:invite'],
  ['audit-log.list', 'audit:read'],
  ['invitation.list', 'invitations:read'],
  ['member.update', 'roles:assign'],
  ['role.create', 'roles:create'],
  ['member.remove', 'members:remove'],
  ['tenant.update', 'tenant:update'],
] as const;

export const times = (count: number, make: (index: number) => SeedEvent | SeedEvent[]): SeedEvent[] =>
  Array.from({ length: count }, (_, index) => make(index)).flat();

/** An invitation by a member with the permissions, accepted within a day or so. */
export function onboarding(everyday: Everyday, user: DemoUser, roleKey: string): SeedEvent[] {
  const { state, calendar } = everyday;
  const { random } = state;
  const invitedAt = calendar.between(everyday.days[0], everyday.days[1] - 3);
  // Within hours, or at about the same time on the next day.
  const pause = random.chance(0.6) ? random.integer(4, 150) : random.integer(22 * 60, 26 * 60);
  const acceptedAt = new Date(invitedAt.getTime() + pause * MINUTE);
  let invitation: ReturnType<typeof invite> | undefined;
  return [
    {
      at: invitedAt,
      run: (at) => {
        const roles = [roleOf(state, roleKey)];
        const by = pickMemberWith(state, random, at, permissionsToInvite(state, roles));
        if (by && user.email) invitation = invite(state, at, by, { email: user.email, roles });
      },
    },
    {
      at: acceptedAt,
      run: (at) => invitation && canBeAccepted(state, at, invitation) && accept(state, at, invitation, user),
    },
  ];
}

/** Assigns a role to a random member, permanently or until `validUntil`. */
export function roleAssignment(everyday: Everyday, at: Date, validUntil?: Date): SeedEvent {
  const { state, roleKeys } = everyday;
  const { random } = state;
  const run = () => {
    const role = roleOf(state, random.pick(roleKeys));
    const user = pickMember(everyday, at, (roles) => !roles.includes(role) && roles.length < 3);
    const by = user && pickActor(everyday, at, user, ['roles:assign'], [role]);
    if (!by) return;
    const reason = random
      .pick(validUntil ? TEMPORARY_REASONS : ASSIGNMENT_REASONS)
      .replace('{n}', String(random.integer(2100, 2900)));
    const add = [validUntil ? { role, validUntil } : { role }];
    changeRoles(state, at, by, user, { add, ...(random.chance(0.5) || validUntil ? { reason } : {}) });
  };
  return { at, run };
}

/** Removes an additional role from a random member. */
export function roleRemoval(everyday: Everyday): SeedEvent {
  const { state, calendar, days } = everyday;
  const run = (at: Date) => {
    const user = pickMember(everyday, at, (roles) => roles.length > 1);
    const role = user && rolesAt(state, memberOf(state, user), at).find((each) => !each.isDefault);
    const by = user && role && pickActor(everyday, at, user, ['roles:assign']);
    if (by) changeRoles(state, at, by, user, { remove: [role] });
  };
  return { at: calendar.between(days[0] + 6, days[1]), run };
}

/** Suspends a random member; unless permanent, reactivates them some days later. */
export function suspension(everyday: Everyday, isPermanent: boolean): SeedEvent[] {
  const { state, calendar, days } = everyday;
  const { random } = state;
  const start = calendar.between(days[0] + 3, isPermanent ? days[1] : days[1] - 8);
  let suspended: DemoUser | undefined;
  const suspend = (at: Date) => {
    const user = pickMember(everyday, at, () => true);
    const by = user && pickActor(everyday, at, user, ['members:update']);
    if (!by) return;
    setStatus(state, at, by, user, 'suspended', random.pick(SUSPENSION_REASONS));
    suspended = user;
  };
  const reactivate = (at: Date) => {
    const by = suspended && pickActor(everyday, at, suspended, ['members:update']);
    if (by && suspended) setStatus(state, at, by, suspended, 'active');
  };
  const back = new Date(start.getTime() + random.integer(2, 6) * DAY + random.integer(-HOUR, HOUR));
  return isPermanent
    ? [{ at: start, run: suspend }]
    : [
        { at: start, run: suspend },
        { at: back, run: reactivate },
      ];
}

export function removal(everyday: Everyday): SeedEvent {
  const { state, calendar, days } = everyday;
  const run = (at: Date) => {
    const user = pickMember(everyday, at, () => true);
    const by = user && pickActor(everyday, at, user, ['members:remove']);
    if (by) removeMember(state, at, by, user);
  };
  return { at: calendar.between(days[0] + 5, days[1]), run };
}

/** A random member attempts an operation that their roles do not allow. */
export function deniedAttempt(everyday: Everyday): SeedEvent {
  const { state, calendar, days } = everyday;
  const run = (at: Date) => {
    const [operation, permission] = state.random.pick(DENIED_OPERATIONS);
    const user = pickMember(everyday, at, () => true);
    if (user && !permissionsAt(state, user, at).has(permission))
      recordDenial(state, at, user, { operation, permission });
  };
  return { at: calendar.between(...days), run };
}

/** Picks an active member who is not excluded and whose roles fit. */
function pickMember(
  { state, excluded }: Everyday,
  at: Date,
  fits: (roles: RoleRow[]) => boolean,
): DemoUser | undefined {
  const able = state.members.filter((member) => {
    const isOpen = member.status === 'active' && !excluded.has(userOf(state, member.userId));
    return isOpen && fits(rolesAt(state, member, at));
  });
  return able.length > 0 ? userOf(state, state.random.pick(able).userId) : undefined;
}

/** Picks another user who holds the permissions to do this to the user. */
function pickActor(everyday: Everyday, at: Date, user: DemoUser, needed: string[], added: RoleRow[] = []) {
  const { state } = everyday;
  const roles = [...rolesAt(state, memberOf(state, user), at), ...added];
  const by = pickMemberWith(state, state.random, at, [...needed, ...permissionsToAssign(state, roles)]);
  return by === user ? undefined : by;
}
