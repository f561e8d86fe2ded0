import { seededRandom } from '../../core/random.ts';
import { changeRoles, setStatus } from '../actions/members.ts';
import { createTenant, updateTenant } from '../actions/tenant.ts';
import { type Calendar, DAY, HOUR, MINUTE } from '../calendar.ts';
import { UNUSUAL_NAMES } from '../names.ts';
import type { Stage } from '../seed-context.ts';
import { openLedger, roleOf, type TenantFixture } from '../seed-state.ts';
import { type DemoPerson, makePeople, makePerson } from '../users.ts';
import { acmeRoles } from './acme-roles.ts';
import { bring, playAll, refused, type Scene, send, wave, withdraw } from './events.ts';
import { departure, type Everyday, gift, refusal, suspension, times, welcome, withdrawal } from './everyday.ts';

const GIFTS = ['course-author', 'course-author', 'course-author', 'teacher', 'teacher', 'teacher', 'course-editor'];
const RARE_GIFTS = ['team-lead', 'team-lead', 'billing', 'auditor'];

/** Acme, a training company, moves in department by department, learns which roles it needs, and goes on working. */
export function tellAcme(stage: Stage, platform: TenantFixture, tenant: TenantFixture['tenant']): TenantFixture {
  const { calendar, consultants } = stage;
  const random = seededRandom('acme');
  const ledger = openLedger(tenant, random, platform);
  const people = makePeople(259, 'acme.test', random, UNUSUAL_NAMES.slice(0, 5));
  const staff = people.slice(0, 244);
  const invited = staff.filter(({ email }) => email).slice(0, 32);
  const directory = staff.filter((person) => !invited.includes(person));
  const team = {
    wanjiru: makePerson('Wanjiru', 'Odhiambo', 'wanjiru.odhiambo@acme.test'),
    beatriz: makePerson('Beatriz', 'Salgueiro', 'beatriz.salgueiro@acme.test'),
    henrik: makePerson('Henrik', 'Aalto', 'henrik.aalto@acme.test'),
  };
  const lost = directory[3] ?? random.pick(directory);
  const everyday: Everyday = {
    ledger,
    calendar,
    gifts: [...GIFTS, ...RARE_GIFTS],
    days: [4, 25],
    spared: new Set([...Object.values(stage.cast), ...Object.values(team), lost]),
  };
  const isExternal = (index: number) => index < consultants.length;

  playAll([
    ...beginning(stage, ledger, team),
    ...acmeRoles(stage, ledger),
    ...departments(calendar, ledger, directory),
    ...[...consultants, ...invited].flatMap((person, index) =>
      welcome(everyday, person, isExternal(index) ? 'auditor' : 'member'),
    ),
    ...times(62, () => gift(everyday, calendar.between(4, 25))),
    ...times(5, (index) => gift(everyday, calendar.between(18, 24), calendar.evening(index * 2 + 1))),
    ...times(4, (index) => gift(everyday, calendar.between(6, 9), calendar.evening(-index - 2))),
    ...times(14, () => withdrawal(everyday)),
    ...times(4, () => suspension(everyday, true)),
    ...times(3, () => suspension(everyday, false)),
    ...times(8, () => departure(everyday)),
    ...times(34, () => refusal(everyday)),
    ...letters(stage, ledger, people.slice(244)),
    ...lately(stage, ledger, lost),
  ]);
  return ledger;
}

type Team = Record<'wanjiru' | 'beatriz' | 'henrik', DemoPerson>;

function beginning(
  { calendar, cast: { olivia, ada, marco, nadia } }: Stage,
  ledger: TenantFixture,
  team: Team,
): Scene[] {
  const { wanjiru, beatriz, henrik } = team;
  const come = (day: number, time: `${number}:${number}`, by: DemoPerson, person: DemoPerson, key: string) =>
    bring(ledger, calendar.on(day, time), by, person, key, ledger.random.integer(20, 50) * MINUTE);
  const also = (at: Date, person: DemoPerson, key: string, reason: string): Scene => ({
    at,
    play: (when) => changeRoles(ledger, when, ada, person, { give: [{ role: roleOf(ledger, key) }], reason }),
  });
  return [
    { at: calendar.on(0, '09:05'), play: (at) => createTenant(ledger, at, olivia) },
    ...come(0, '09:12', olivia, ada, 'owner'),
    {
      at: calendar.on(0, '10:40'),
      play: (at) => updateTenant(ledger, at, ada, { name: 'Acme' }, 'As it stands in our register'),
    },
    ...come(0, '11:05', ada, marco, 'admin'),
    ...come(0, '13:30', ada, wanjiru, 'admin'),
    ...come(1, '09:20', ada, beatriz, 'admin'),
    ...come(1, '14:10', marco, henrik, 'auditor'),
    ...come(2, '10:15', marco, nadia, 'member'),
    also(calendar.on(3, '09:40'), marco, 'course-editor', 'Runs the course team'),
    also(calendar.on(3, '09:44'), wanjiru, 'teacher', 'Runs the teaching staff'),
    also(calendar.on(3, '09:51'), wanjiru, 'team-lead', 'Runs the teaching staff'),
    also(calendar.on(3, '10:30'), beatriz, 'billing', 'Finance'),
  ];
}

function departments(calendar: Calendar, ledger: TenantFixture, people: readonly DemoPerson[]): Scene[] {
  const starts = [
    [1, '10:00', 16],
    [2, '09:30', 54],
    [5, '09:45', 38],
    [8, '10:10', 44],
    [11, '13:20', 26],
    [15, '09:35', 20],
  ] as const;
  let next = 0;
  const scenes = starts.flatMap(([day, time, size]) => {
    next += size;
    return wave(ledger, calendar.on(day, time), people.slice(next - size, next));
  });
  const newcomers = people.slice(next).flatMap((person) => wave(ledger, calendar.between(16, 25), [person]));
  return [...scenes, ...newcomers];
}

/** Invitations that nobody has accepted, in every state there is. */
function letters({ calendar, cast: { ada, marco } }: Stage, ledger: TenantFixture, strangers: DemoPerson[]): Scene[] {
  const address = (index: number) => strangers[index]?.email ?? `newcomer${index}@acme.test`;
  const open = (at: Date, index: number, days: number, key = 'member', by = marco) =>
    send(ledger, at, by, address(index), key, days);
  /** Invited some days ago, for so many days that it ends within a day after these hours. */
  const closing = (index: number, day: number, hours: number, key?: string, by?: DemoPerson) => {
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
    // Sent again after the first one ended.
    open(calendar.on(5, '11:15'), 11, 3),
    open(calendar.lately(5 * HOUR), 11, 7),
    ...[12, 13, 14].flatMap((index) => [
      open(calendar.on(index - 2, '14:05'), index, 14),
      withdraw(ledger, calendar.on(index - 1, '09:25'), marco, address(index)),
    ]),
  ];
}

/** The last days, which the first page shows. */
function lately({ calendar, cast }: Stage, ledger: TenantFixture, lost: DemoPerson): Scene[] {
  const { ada, marco, nadia, sam } = cast;
  return [
    refused(ledger, calendar.on(22, '15:20'), marco, {
      operation: 'member.update',
      permission: 'invoices:read',
      code: 'grant_exceeds_own',
    }),
    refused(ledger, calendar.on(23, '11:05'), sam, {
      operation: 'member.update',
      permission: 'members:update',
    }),
    refused(ledger, calendar.on(24, '09:35'), nadia, { operation: 'audit-log.list', permission: 'audit:read' }),
    refused(ledger, calendar.lately(3 * HOUR), nadia, { operation: 'invitation.create', permission: 'members:invite' }),
    {
      at: calendar.on(23, '14:40'),
      play: (at) => {
        const billing = { role: roleOf(ledger, 'billing'), validUntil: calendar.evening(5) };
        changeRoles(ledger, at, ada, marco, { give: [billing], reason: 'Covers for Beatriz until she is back' });
      },
    },
    {
      at: calendar.lately(95 * MINUTE),
      play: (at) => setStatus(ledger, at, ada, lost, 'suspended', 'Lost laptop, until it is checked'),
    },
  ];
}
