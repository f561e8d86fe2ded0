import { createRole, deleteRole, updateRole } from '../actions/roles.ts';
import type { Stage } from '../seed-context.ts';
import { roleOf, type TenantFixture } from '../seed-state.ts';
import type { Scene } from './events.ts';

type NewRole = Parameters<typeof createRole>[3];

/** The roles that Acme makes for its own app, and what it learns about them. Only an owner holds all that they give. */
export function acmeRoles({ calendar, cast: { ada } }: Stage, ledger: TenantFixture): Scene[] {
  const make = (day: number, time: `${number}:${number}`, made: () => NewRole, reason?: string): Scene => ({
    at: calendar.on(day, time),
    play: (at) => {
      createRole(ledger, at, ada, made(), reason);
    },
  });
  const edit = (
    day: number,
    time: `${number}:${number}`,
    key: string,
    fields: Parameters<typeof updateRole>[4],
    reason?: string,
  ): Scene => ({
    at: calendar.on(day, time),
    play: (at) => updateRole(ledger, at, ada, roleOf(ledger, key), fields, reason),
  });
  const role = (key: string, name: string, description: string, permissions: string[], parent?: string) => () => ({
    key,
    name,
    description,
    permissions,
    ...(parent ? { parent: roleOf(ledger, parent) } : {}),
  });
  return [
    make(
      1,
      '15:10',
      role('course-author', 'Course author', 'Writes courses', ['courses:read', 'courses:create'], 'member'),
    ),
    make(1, '15:16', role('course-editor', 'Course editor', 'Writes courses', ['courses:publish'], 'course-author')),
    make(
      1,
      '15:30',
      role(
        'teacher',
        'Teacher',
        'Gives courses and grades',
        ['courses:read', 'enrollments:read', 'grades:write'],
        'member',
      ),
    ),
    make(2, '11:40', role('team-lead', 'Team lead', 'Brings people in', ['members:invite', 'reports:read'], 'member')),
    make(2, '16:05', role('billing', 'Billing', 'Sees invoices', ['invoices:read']), 'Asked for by finance'),
    make(4, '09:15', role('interns', 'Summer interns', 'Reads courses', ['courses:read'], 'member')),
    edit(4, '10:20', 'course-editor', { description: 'Writes, publishes and archives courses' }),
    edit(
      6,
      '14:30',
      'billing',
      { description: 'Sees, creates and corrects invoices', permissions: ['invoices:read', 'invoices:write'] },
      'Finance corrects invoices itself from now on',
    ),
    edit(7, '10:50', 'course-editor', { permissions: ['courses:publish', 'courses:archive'] }),
    edit(
      12,
      '11:25',
      'teacher',
      { permissions: ['courses:read', 'enrollments:read', 'grades:read', 'grades:write', 'certificates:issue'] },
      'Certificates come from the teachers, not from the office',
    ),
    edit(13, '16:40', 'team-lead', { permissions: ['members:invite', 'reports:read', 'reports:export'] }),
    edit(
      17,
      '09:30',
      'team-lead',
      { permissions: ['members:invite', 'reports:read'] },
      'Exports hold the data of people: the data protection officer asked for this',
    ),
    edit(20, '13:50', 'course-author', { description: 'Writes courses; an editor publishes them' }),
    {
      at: calendar.on(18, '15:55'),
      play: (at) => deleteRole(ledger, at, ada, roleOf(ledger, 'interns')),
    },
  ];
}
