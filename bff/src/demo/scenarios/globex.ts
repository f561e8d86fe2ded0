import { seededRandom } from '../../core/random.ts';
import { changeRoles, setStatus } from '../actions/members.ts';
import { createRole, updateRole } from '../actions/roles.ts';
import { createTenant } from '../actions/tenant.ts';
import { DAY, HOUR, MINUTE } from '../calendar.ts';
import { UNUSUAL_NAMES } from '../names.ts';
import type { Stage } from '../seed-context.ts';
import { openLedger, roleOf, type TenantFixture } from '../seed-state.ts';
import { type DemoPerson, makePeople, makePerson } from '../users.ts';
import { bring, playAll, refused, type Scene, send, wave, withdraw } from './events.ts';
import { departure, type Everyday, gift, refusal, suspension, times, welcome, withdrawal } from './everyday.ts';

/** Globex, a freight company, comes a week after Acme and keeps its roles few. */
export function tellGlobex(stage: Stage, platform: TenantFixture, tenant: TenantFixture['tenant']): TenantFixture {
  const { calendar, consultants } = stage;
  const random = seededRandom('globex');
  const ledger = openLedger(tenant, random, platform);
  const people = makePeople(176, 'globex.test', random, UNUSUAL_NAMES.slice(5));
  const staff = people.slice(0, 168);
  const invited = staff.filter(({ email }) => email).slice(0, 18);
  const directory = staff.filter((person) => !invited.includes(person));
  const team = {
    ines: makePerson('Inés', 'Carballo', 'ines.carballo@globex.test'),
    oleksandr: makePerson('Oleksandr', 'Hrytsenko', 'oleksandr.hrytsenko@globex.test'),
  };
  const suspect = directory[11] ?? random.pick(directory);
  const everyday: Everyday = {
    ledger,
    calendar,
    gifts: ['regional-manager', 'regional-manager', 'trainer', 'trainer', 'finance', 'auditor'],
    days: [8, 25],
    spared: new Set([...Object.values(stage.cast), ...Object.values(team), suspect]),
  };

  playAll([
    ...beginning(stage, ledger, team),
    ...roles(stage, ledger),
    ...wave(ledger, calendar.on(6, '13:10'), directory.slice(0, 70)),
    ...wave(ledger, calendar.on(10, '10:25'), directory.slice(70, 118)),
    ...wave(ledger, calendar.on(16, '09:55'), directory.slice(118, 142)),
    ...directory.slice(142).flatMap((person) => wave(ledger, calendar.between(17, 25), [person])),
    ...consultants.flatMap((person) => welcome(everyday, person, 'member')),
    ...invited.flatMap((person) => welcome(everyday, person, 'member')),
    ...times(36, () => gift(everyday, calendar.between(8, 25))),
    ...times(3, (index) => gift(everyday, calendar.between(19, 24), calendar.evening(index * 3 + 2))),
    ...times(7, () => withdrawal(everyday)),
    ...times(3, () => suspension(everyday, true)),
    ...times(2, () => suspension(everyday, false)),
    ...times(6, () => departure(everyday)),
    ...times(18, () => refusal(everyday)),
    ...letters(stage, ledger, people.slice(168)),
    ...staffVisits(stage, ledger, suspect),
  ]);
  return ledger;
}

type Team = Record<'ines' | 'oleksandr', DemoPerson>;

function beginning({ calendar, cast: { olivia, hanna, gustav } }: Stage, ledger: TenantFixture, team: Team): Scene[] {
  const { ines, oleksandr } = team;
  const also = (at: Date, person: DemoPerson, key: string): Scene => ({
    at,
    play: (when) => changeRoles(ledger, when, gustav, person, { give: [{ role: roleOf(ledger, key) }] }),
  });
  return [
    { at: calendar.on(5, '09:15'), play: (at) => createTenant(ledger, at, hanna) },
    ...bring(ledger, calendar.on(5, '09:30'), olivia, gustav, 'owner', 35 * MINUTE),
    ...bring(ledger, calendar.on(5, '11:20'), gustav, ines, 'admin', 35 * MINUTE),
    ...bring(ledger, calendar.on(6, '10:05'), gustav, oleksandr, 'auditor', 35 * MINUTE),
    also(calendar.on(7, '09:10'), ines, 'regional-manager'),
    also(calendar.on(7, '09:14'), ines, 'trainer'),
  ];
}

function roles({ calendar, cast: { gustav } }: Stage, ledger: TenantFixture): Scene[] {
  const make = (at: Date, key: string, name: string, description: string, permissions: string[]): Scene => ({
    at,
    play: (when) => {
      const parent = roleOf(ledger, 'member');
      createRole(ledger, when, gustav, { key, name, description, permissions, parent });
    },
  });
  return [
    make(calendar.on(6, '15:30'), 'regional-manager', 'Regional manager', 'Runs a region', [
      'enrollments:read',
      'members:invite',
      'reports:read',
    ]),
    make(calendar.on(6, '15:37'), 'trainer', 'Trainer', 'Trains drivers', ['courses:read', 'grades:write']),
    make(calendar.on(6, '15:45'), 'finance', 'Finance', 'Pays for courses', ['invoices:read', 'invoices:write']),
    {
      at: calendar.on(14, '10:15'),
      play: (at) => {
        const permissions = ['enrollments:read', 'enrollments:manage', 'members:invite', 'reports:read'];
        const reason = 'Regions plan their own courses';
        updateRole(ledger, at, gustav, roleOf(ledger, 'regional-manager'), { permissions }, reason);
      },
    },
    {
      at: calendar.on(19, '11:35'),
      play: (at) =>
        updateRole(ledger, at, gustav, roleOf(ledger, 'trainer'), { description: 'Trains and grades drivers' }),
    },
  ];
}

function letters({ calendar, cast: { gustav } }: Stage, ledger: TenantFixture, strangers: DemoPerson[]): Scene[] {
  const address = (index: number) => strangers[index]?.email ?? `newcomer${index}@globex.test`;
  const open = (at: Date, index: number, days: number, key = 'member') =>
    send(ledger, at, gustav, address(index), key, days);
  const soon = calendar.on(20, '10:45');
  return [
    ...[0, 1, 2].map((index) => open(calendar.between(22, 24), index, 14)),
    open(soon, 3, Math.ceil((calendar.now.getTime() + 4 * HOUR - soon.getTime()) / DAY), 'trainer'),
    open(calendar.between(21, 23), 4, 30, 'admin'),
    ...[5, 6].map((index) => open(calendar.between(7, 14), index, 7)),
    open(calendar.on(15, '15:20'), 7, 14),
    withdraw(ledger, calendar.on(16, '08:50'), gustav, address(7)),
  ];
}

/** What the platform's staff does here, and what it may not. */
function staffVisits(
  { calendar, cast: { hanna, tomasz } }: Stage,
  ledger: TenantFixture,
  suspect: DemoPerson,
): Scene[] {
  return [
    {
      at: calendar.on(18, '17:20'),
      play: (at) => setStatus(ledger, at, hanna, suspect, 'suspended', 'Sign-ins from four countries in one hour'),
    },
    refused(ledger, calendar.on(20, '09:40'), tomasz, { operation: 'member.update', permission: 'members:update' }),
    refused(ledger, calendar.lately(4 * HOUR), tomasz, {
      operation: 'invitation.revoke',
      permission: 'invitations:revoke',
    }),
  ];
}
