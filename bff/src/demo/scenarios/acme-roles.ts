import { createRole, deleteRole, updateRole } from '../actions/roles.ts';
import type { SeedContext } from '../seed-context.ts';
import { roleOf, type SeedState } from '../seed-state.ts';
import type { SeedEvent } from './events.ts';

type NewRole = Parameters<typeof createRole>[3];

/** Roles that Acme creates for its own app, and later edits. Only an owner holds all their permissions. */
export function acmeRoles({ calendar, namedUsers: { ada } }: SeedContext, state: SeedState): SeedEvent[] {
  const make = (day: number, time: `${number}:${number}`, input: () => NewRole, reason?: string): SeedEvent => ({
    at: calendar.on(day, time),
    run: (at) => {
      createRole(state, at, ada, input(), reason);
    },
  });
  const edit = (
    day: number,
    time: `${number}:${number}`,
    key: string,
    fields: Parameters<typeof updateRole>[4],
    reason?: string,
  ): SeedEvent => ({
    at: calendar.on(day, time),
    run: (at) => updateRole(state, at, ada, roleOf(state, key), fields, reason),
  });
  const role = (key: string, name: string, description: string, permissions: string[], parent?: string) => () => ({
    key,
    name,
    description,
    permissions,
    ...(parent ? { parent: roleOf(state, parent) } : {}),
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
        'Teaches and grades courses',
        ['courses:read', 'enrollments:read', 'grades:write'],
        'member',
      ),
    ),
    make(2, '11:40', role('team-lead', 'Team lead', 'Invites members', ['members:invite', 'progress:read'], 'member')),
    make(2, '16:05', role('billing', 'Billing', 'Views invoices', ['invoices:read']), 'Requested by finance'),
    make(4, '09:15', role('interns', 'Summer interns', 'Views courses', ['courses:read'], 'member')),
    edit(4, '10:20', 'course-editor', { description: 'Writes, publishes and archives courses' }),
    edit(
      6,
      '14:30',
      'billing',
      { description: 'Views, creates and edits invoices', permissions: ['invoices:read', 'invoices:write'] },
      'Finance edits invoices from now on',
    ),
    edit(7, '10:50', 'course-editor', { permissions: ['courses:publish', 'courses:archive'] }),
    edit(
      12,
      '11:25',
      'teacher',
      { permissions: ['courses:read', 'enrollments:read', 'grades:read', 'grades:write', 'certificates:issue'] },
      'Teachers now issue certificates',
    ),
    edit(13, '16:40', 'team-lead', { permissions: ['members:invite', 'progress:read', 'progress:export'] }),
    edit(
      17,
      '09:30',
      'team-lead',
      { permissions: ['members:invite', 'progress:read'] },
      'Exports contain personal data: requested by the data protection officer',
    ),
    edit(20, '13:50', 'course-author', { description: 'Writes courses; an editor publishes them' }),
    {
      at: calendar.on(18, '15:55'),
      run: (at) => deleteRole(state, at, ada, roleOf(state, 'interns')),
    },
  ];
}
