import { seededRandom } from '../../core/random.ts';
import { changeRoles, setStatus } from '../actions/members.ts';
import { createRole, updateRole } from '../actions/roles.ts';
import { createTenant } from '../actions/tenant.ts';
import { DAY, HOUR, MINUTE } from '../calendar.ts';
import { UNUSUAL_NAMES } from '../names.ts';
import type { SeedContext } from '../seed-context.ts';
import { createSeedState, roleOf, type SeedState } from '../seed-state.ts';
import { type DemoUser, makeUser, makeUsers } from '../users.ts';
import {
  denied,
  inviteAndAccept,
  joinBatch,
  pendingInvitation,
  revokeInvitation,
  runInOrder,
  type SeedEvent,
} from './events.ts';
import {
  deniedAttempt,
  type Everyday,
  onboarding,
  removal,
  roleAssignment,
  roleRemoval,
  suspension,
  times,
} from './everyday.ts';

/** Globex, a freight company: joins a week after Acme and has few roles. */
export function buildGlobex(context: SeedContext, platform: SeedState, tenant: SeedState['tenant']): SeedState {
  const { calendar, consultants } = context;
  const random = seededRandom('globex');
  const state = createSeedState(tenant, random, platform);
  const users = makeUsers(176, 'globex.test', random, UNUSUAL_NAMES.slice(5));
  const staff = users.slice(0, 168);
  const invited = staff.filter(({ email }) => email).slice(0, 18);
  const directory = staff.filter((user) => !invited.includes(user));
  const team = {
    ines: makeUser('Inés', 'Carballo', 'ines.carballo@globex.test'),
    oleksandr: makeUser('Oleksandr', 'Hrytsenko', 'oleksandr.hrytsenko@globex.test'),
  };
  const suspect = directory[11] ?? random.pick(directory);
  const everyday: Everyday = {
    state,
    calendar,
    roleKeys: ['regional-manager', 'regional-manager', 'trainer', 'trainer', 'finance', 'auditor'],
    days: [8, 25],
    excluded: new Set([...Object.values(context.namedUsers), ...Object.values(team), suspect]),
  };

  runInOrder([
    ...setup(context, state, team),
    ...roles(context, state),
    ...joinBatch(state, calendar.on(6, '13:10'), directory.slice(0, 70)),
    ...joinBatch(state, calendar.on(10, '10:25'), directory.slice(70, 118)),
    ...joinBatch(state, calendar.on(16, '09:55'), directory.slice(118, 142)),
    ...directory.slice(142).flatMap((user) => joinBatch(state, calendar.between(17, 25), [user])),
    ...consultants.flatMap((user) => onboarding(everyday, user, 'member')),
    ...invited.flatMap((user) => onboarding(everyday, user, 'member')),
    ...times(36, () => roleAssignment(everyday, calendar.between(8, 25))),
    ...times(3, (index) => roleAssignment(everyday, calendar.between(19, 24), calendar.evening(index * 3 + 2))),
    ...times(7, () => roleRemoval(everyday)),
    ...times(3, () => suspension(everyday, true)),
    ...times(2, () => suspension(everyday, false)),
    ...times(6, () => removal(everyday)),
    ...times(18, () => deniedAttempt(everyday)),
    ...pendingInvitations(context, state, users.slice(168)),
    ...staffActivity(context, state, suspect),
  ]);
  return state;
}

type Team = Record<'ines' | 'oleksandr', DemoUser>;

function setup(
  { calendar, namedUsers: { olivia, hanna, gustav } }: SeedContext,
  state: SeedState,
  team: Team,
): SeedEvent[] {
  const { ines, oleksandr } = team;
  const assign = (at: Date, user: DemoUser, key: string): SeedEvent => ({
    at,
    run: (when) => changeRoles(state, when, gustav, user, { add: [{ role: roleOf(state, key) }] }),
  });
  return [
    { at: calendar.on(5, '09:15'), run: (at) => createTenant(state, at, hanna) },
    ...inviteAndAccept(state, calendar.on(5, '09:30'), olivia, gustav, 'owner', 35 * MINUTE),
    ...inviteAndAccept(state, calendar.on(5, '11:20'), gustav, ines, 'admin', 35 * MINUTE),
    ...inviteAndAccept(state, calendar.on(6, '10:05'), gustav, oleksandr, 'auditor', 35 * MINUTE),
    assign(calendar.on(7, '09:10'), ines, 'regional-manager'),
    assign(calendar.on(7, '09:14'), ines, 'trainer'),
  ];
}

function roles({ calendar, namedUsers: { gustav } }: SeedContext, state: SeedState): SeedEvent[] {
  const make = (at: Date, key: string, name: string, description: string, permissions: string[]): SeedEvent => ({
    at,
    run: (when) => {
      const parent = roleOf(state, 'member');
      createRole(state, when, gustav, { key, name, description, permissions, parent });
    },
  });
  return [
    make(calendar.on(6, '15:30'), 'regional-manager', 'Regional manager', 'Manages a region', [
      'enrollments:read',
      'members:invite',
      'progress:read',
    ]),
    make(calendar.on(6, '15:37'), 'trainer', 'Trainer', 'Trains drivers', ['courses:read', 'grades:write']),
    make(calendar.on(6, '15:45'), 'finance', 'Finance', 'Manages invoices', ['invoices:read', 'invoices:write']),
    {
      at: calendar.on(14, '10:15'),
      run: (at) => {
        const permissions = ['enrollments:read', 'enrollments:manage', 'members:invite', 'progress:read'];
        const reason = 'Regions plan their own courses';
        updateRole(state, at, gustav, roleOf(state, 'regional-manager'), { permissions }, reason);
      },
    },
    {
      at: calendar.on(19, '11:35'),
      run: (at) =>
        updateRole(state, at, gustav, roleOf(state, 'trainer'), { description: 'Trains and grades drivers' }),
    },
  ];
}

function pendingInvitations(
  { calendar, namedUsers: { gustav } }: SeedContext,
  state: SeedState,
  invitees: DemoUser[],
): SeedEvent[] {
  const address = (index: number) => invitees[index]?.email ?? `newcomer${index}@globex.test`;
  const open = (at: Date, index: number, days: number, key = 'member') =>
    pendingInvitation(state, at, gustav, address(index), key, days);
  const soon = calendar.on(20, '10:45');
  return [
    ...[0, 1, 2].map((index) => open(calendar.between(22, 24), index, 14)),
    open(soon, 3, Math.ceil((calendar.now.getTime() + 4 * HOUR - soon.getTime()) / DAY), 'trainer'),
    open(calendar.between(21, 23), 4, 30, 'admin'),
    ...[5, 6].map((index) => open(calendar.between(7, 14), index, 7)),
    open(calendar.on(15, '15:20'), 7, 14),
    revokeInvitation(state, calendar.on(16, '08:50'), gustav, address(7)),
  ];
}

/** Activity of the platform's staff in this tenant, denied attempts included. */
function staffActivity(
  { calendar, namedUsers: { hanna, tomasz } }: SeedContext,
  state: SeedState,
  suspect: DemoUser,
): SeedEvent[] {
  return [
    {
      at: calendar.on(18, '17:20'),
      run: (at) => setStatus(state, at, hanna, suspect, 'suspended', 'Sign-ins from four countries in one hour'),
    },
    denied(state, calendar.on(20, '09:40'), tomasz, { operation: 'member.update', permission: 'members:update' }),
    denied(state, calendar.recent(4 * HOUR), tomasz, {
      operation: 'invitation.revoke',
      permission: 'invitations:revoke',
    }),
  ];
}
