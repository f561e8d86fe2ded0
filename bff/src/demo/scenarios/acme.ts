import { seededRandom } from '../../core/random.ts';
import { changeRoles, setStatus } from '../actions/members.ts';
import { createTenant, updateTenant } from '../actions/tenant.ts';
import { type Calendar, DAY, HOUR, MINUTE } from '../calendar.ts';
import { UNUSUAL_NAMES } from '../names.ts';
import type { SeedContext } from '../seed-context.ts';
import { createSeedState, roleOf, type SeedState } from '../seed-state.ts';
import { type DemoUser, makeUser, makeUsers } from '../users.ts';
import { acmeRoles } from './acme-roles.ts';
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

const COMMON_ROLES = [
  'course-author',
  'course-author',
  'course-author',
  'teacher',
  'teacher',
  'teacher',
  'course-editor',
];
const RARE_ROLES = ['team-lead', 'team-lead', 'billing', 'auditor'];

/** Acme, a training company: joins department by department, creates roles of its own and keeps working. */
export function buildAcme(context: SeedContext, platform: SeedState, tenant: SeedState['tenant']): SeedState {
  const { calendar, consultants } = context;
  const random = seededRandom('acme');
  const state = createSeedState(tenant, random, platform);
  const users = makeUsers(259, 'acme.test', random, UNUSUAL_NAMES.slice(0, 5));
  const staff = users.slice(0, 244);
  const invited = staff.filter(({ email }) => email).slice(0, 32);
  const directory = staff.filter((user) => !invited.includes(user));
  const team = {
    wanjiru: makeUser('Wanjiru', 'Odhiambo', 'wanjiru.odhiambo@acme.test'),
    beatriz: makeUser('Beatriz', 'Salgueiro', 'beatriz.salgueiro@acme.test'),
    henrik: makeUser('Henrik', 'Aalto', 'henrik.aalto@acme.test'),
  };
  const suspended = directory[3] ?? random.pick(directory);
  const everyday: Everyday = {
    state,
    calendar,
    roleKeys: [...COMMON_ROLES, ...RARE_ROLES],
    days: [4, 25],
    excluded: new Set([...Object.values(context.namedUsers), ...Object.values(team), suspended]),
  };
  const isExternal = (index: number) => index < consultants.length;

  runInOrder([
    ...setup(context, state, team),
    ...acmeRoles(context, state),
    ...departments(calendar, state, directory),
    ...[...consultants, ...invited].flatMap((user, index) =>
      onboarding(everyday, user, isExternal(index) ? 'auditor' : 'member'),
    ),
    ...times(62, () => roleAssignment(everyday, calendar.between(4, 25))),
    ...times(5, (index) => roleAssignment(everyday, calendar.between(18, 24), calendar.evening(index * 2 + 1))),
    ...times(4, (index) => roleAssignment(everyday, calendar.between(6, 9), calendar.evening(-index - 2))),
    ...times(14, () => roleRemoval(everyday)),
    ...times(4, () => suspension(everyday, true)),
    ...times(3, () => suspension(everyday, false)),
    ...times(8, () => removal(everyday)),
    ...times(34, () => deniedAttempt(everyday)),
    ...pendingInvitations(context, state, users.slice(244)),
    ...recentActivity(context, state, suspended),
  ]);
  return state;
}

type Team = Record<'wanjiru' | 'beatriz' | 'henrik', DemoUser>;

function setup(
  { calendar, namedUsers: { olivia, ada, marco, nadia } }: SeedContext,
  state: SeedState,
  team: Team,
): SeedEvent[] {
  const { wanjiru, beatriz, henrik } = team;
  const join = (day: number, time: `${number}:${number}`, by: DemoUser, user: DemoUser, key: string) =>
    inviteAndAccept(state, calendar.on(day, time), by, user, key, state.random.integer(20, 50) * MINUTE);
  const assign = (at: Date, user: DemoUser, key: string, reason: string): SeedEvent => ({
    at,
    run: (when) => changeRoles(state, when, ada, user, { add: [{ role: roleOf(state, key) }], reason }),
  });
  return [
    { at: calendar.on(0, '09:05'), run: (at) => createTenant(state, at, olivia) },
    ...join(0, '09:12', olivia, ada, 'owner'),
    {
      at: calendar.on(0, '10:40'),
      run: (at) => updateTenant(state, at, ada, { name: 'Acme' }, 'Legal form removed'),
    },
    ...join(0, '11:05', ada, marco, 'admin'),
    ...join(0, '13:30', ada, wanjiru, 'admin'),
    ...join(1, '09:20', ada, beatriz, 'admin'),
    ...join(1, '14:10', marco, henrik, 'auditor'),
    ...join(2, '10:15', marco, nadia, 'member'),
    assign(calendar.on(3, '09:40'), marco, 'course-editor', 'Leads the course team'),
    assign(calendar.on(3, '09:44'), wanjiru, 'teacher', 'Leads the teaching staff'),
    assign(calendar.on(3, '09:51'), wanjiru, 'team-lead', 'Leads the teaching staff'),
    assign(calendar.on(3, '10:30'), beatriz, 'billing', 'Finance'),
  ];
}

function departments(calendar: Calendar, state: SeedState, users: readonly DemoUser[]): SeedEvent[] {
  const starts = [
    [1, '10:00', 16],
    [2, '09:30', 54],
    [5, '09:45', 38],
    [8, '10:10', 44],
    [11, '13:20', 26],
    [15, '09:35', 20],
  ] as const;
  let next = 0;
  const events = starts.flatMap(([day, time, size]) => {
    next += size;
    return joinBatch(state, calendar.on(day, time), users.slice(next - size, next));
  });
  const lateJoiners = users.slice(next).flatMap((user) => joinBatch(state, calendar.between(16, 25), [user]));
  return [...events, ...lateJoiners];
}

/** Invitations that were not accepted, in every state. */
function pendingInvitations(
  { calendar, namedUsers: { ada, marco } }: SeedContext,
  state: SeedState,
  invitees: DemoUser[],
): SeedEvent[] {
  const address = (index: number) => invitees[index]?.email ?? `newcomer${index}@acme.test`;
  const open = (at: Date, index: number, days: number, key = 'member', by = marco) =>
    pendingInvitation(state, at, by, address(index), key, days);
  /** An invitation that expires within a day after `hours` from now. */
  const closing = (index: number, day: number, hours: number, key?: string, by?: DemoUser) => {
    const at = calendar.on(day, '11:40');
    return open(at, index, Math.ceil((calendar.now.getTime() + hours * HOUR - at.getTime()) / DAY), key, by);
  };
  return [
    ...[0, 1, 2].map((index) => open(calendar.between(22, 24), index, 14)),
    open(calendar.between(23, 24), 3, 14, 'course-author'),
    open(calendar.between(20, 22), 4, 30, 'billing', ada),
    closing(5, 19, 1),
    closing(6, 20, 20, 'teacher', ada),
    closing(7, 21, 40),
    ...[8, 9, 10].map((index) => open(calendar.between(4, 12), index, 7)),
    // Sent again after the first one expired.
    open(calendar.on(5, '11:15'), 11, 3),
    open(calendar.recent(5 * HOUR), 11, 7),
    ...[12, 13, 14].flatMap((index) => [
      open(calendar.on(index - 2, '14:05'), index, 14),
      revokeInvitation(state, calendar.on(index - 1, '09:25'), marco, address(index)),
    ]),
  ];
}

/** Events of the last days, which the home page shows. */
function recentActivity({ calendar, namedUsers }: SeedContext, state: SeedState, suspended: DemoUser): SeedEvent[] {
  const { ada, marco, nadia, sam } = namedUsers;
  return [
    denied(state, calendar.on(22, '15:20'), marco, {
      operation: 'member.update',
      permission: 'invoices:read',
      code: 'grant_exceeds_own',
    }),
    denied(state, calendar.on(23, '11:05'), sam, {
      operation: 'member.update',
      permission: 'members:update',
    }),
    denied(state, calendar.on(24, '09:35'), nadia, { operation: 'audit-log.list', permission: 'audit:read' }),
    denied(state, calendar.recent(3 * HOUR), nadia, { operation: 'invitation.create', permission: 'members:invite' }),
    {
      at: calendar.on(23, '14:40'),
      run: (at) => {
        const billing = { role: roleOf(state, 'billing'), validUntil: calendar.evening(5) };
        changeRoles(state, at, ada, marco, { add: [billing], reason: 'Covers for Beatriz during her leave' });
      },
    },
    {
      at: calendar.recent(95 * MINUTE),
      run: (at) => setStatus(state, at, ada, suspended, 'suspended', 'Lost laptop, pending a security check'),
    },
  ];
}
