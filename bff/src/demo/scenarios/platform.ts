import type { Permission } from 'database/client';
import { seededRandom } from '../../core/random.ts';
import { addMember, hold, named } from '../actions/members.ts';
import { APP_PERMISSIONS } from '../app-permissions.ts';
import { MINUTE } from '../calendar.ts';
import type { Stage } from '../seed-context.ts';
import { openLedger, type RoleRow, record, roleOf, type TenantFixture } from '../seed-state.ts';
import type { DemoPerson } from '../users.ts';
import { bring, playAll, refused } from './events.ts';

export type PermissionRow = Pick<Permission, 'code' | 'description' | 'version' | 'createdAt' | 'updatedAt'>;

/** The platform's own weeks: its staff comes together, and the host app's permissions are written down. */
export function tellPlatform(
  { cast, calendar }: Stage,
  tenant: TenantFixture['tenant'],
  roles: RoleRow[],
): { ledger: TenantFixture; permissions: PermissionRow[] } {
  const { olivia, sam, hanna, tomasz, ebele } = cast;
  const ledger = openLedger(tenant, seededRandom('platform'), null);
  ledger.roles = roles;
  const permissions: PermissionRow[] = [];

  const start = calendar.on(0, '07:30');
  olivia.arrival = { at: new Date(start.getTime() - 60_000), by: 'themselves' };
  found(ledger, start, olivia);
  const join = (day: number, person: DemoPerson, roleKey: string) =>
    bring(ledger, calendar.on(day, '08:05'), olivia, person, roleKey, 30 * MINUTE);
  const describe = (at: Date, by: DemoPerson, code: string, description: string) => {
    const permission = permissions.find((each) => each.code === code);
    if (!permission) return;
    const before = { description: permission.description };
    Object.assign(permission, { description, version: permission.version + 1, updatedAt: at });
    record(ledger, at, by, {
      ...aboutPermission(code, 'permission.updated', 'permissions:update'),
      before,
      after: { description },
    });
  };
  playAll([
    ...join(0, hanna, 'admin'),
    ...join(0, sam, 'support'),
    ...join(6, tomasz, 'support'),
    ...join(13, ebele, 'support'),
    ...APP_PERMISSIONS.map(({ code, description }, index) => ({
      at: new Date(calendar.on(0, '07:40').getTime() + index * 70_000),
      play: (at: Date) => {
        permissions.push({ code, description, version: 1, createdAt: at, updatedAt: at });
        record(ledger, at, olivia, {
          ...aboutPermission(code, 'permission.created', 'permissions:create'),
          after: { code, description },
        });
      },
    })),
    {
      at: calendar.on(9, '10:20'),
      play: (at) => describe(at, hanna, 'reports:export', 'Download reports, with the personal data in them'),
    },
    {
      at: calendar.on(16, '14:45'),
      play: (at) => describe(at, hanna, 'courses:publish', 'Publish courses, and take published ones back'),
    },
    refused(ledger, calendar.on(8, '15:10'), sam, { operation: 'tenant.create', permission: 'tenants:create' }),
    refused(ledger, calendar.on(14, '09:50'), ebele, {
      operation: 'permission.create',
      permission: 'permissions:create',
    }),
    refused(ledger, calendar.on(22, '16:30'), tomasz, {
      operation: 'permission.update',
      permission: 'permissions:update',
    }),
  ]);
  return { ledger, permissions };
}

function found(ledger: TenantFixture, at: Date, olivia: DemoPerson): void {
  const owner = roleOf(ledger, 'owner');
  const member = addMember(ledger, at, olivia, 'bootstrap');
  hold(ledger, at, member, [{ role: owner }], null);
  record(ledger, at, 'system', {
    action: 'member.joined',
    category: 'membership',
    severity: 'critical',
    subjectId: olivia.id,
    target: { type: 'member', id: member.id, label: null },
    after: { status: 'active', roles: named([owner]) },
    reason: 'The first platform owner, while the platform had none',
  });
}

const aboutPermission = (code: string, action: string, permission: string) => ({
  action,
  category: 'permission',
  permission,
  target: { type: 'permission', id: code, label: code },
});

/** What the identity sync wrote when these accounts came to be, and when the provider changed them. */
export function recordAccounts(platform: TenantFixture, people: readonly DemoPerson[]): void {
  for (const person of people) {
    if (!person.arrival) continue;
    const { at, by } = person.arrival;
    record(platform, at, by === 'provider' ? 'provider' : person, {
      action: 'user.created',
      ...aboutAccount(person),
      after: { emailVerified: person.emailVerified, banned: false, locked: false, identityRole: null },
    });
  }
}

export function ban(platform: TenantFixture, at: Date, person: DemoPerson): void {
  person.bannedAt = at;
  record(platform, at, 'provider', {
    action: 'user.updated',
    ...aboutAccount(person),
    severity: 'notice',
    before: { banned: false },
    after: { banned: true },
  });
}

export function changeProfile(platform: TenantFixture, at: Date, person: DemoPerson, changed: string[]): void {
  record(platform, at, 'provider', { action: 'user.updated', ...aboutAccount(person), context: { changed } });
}

const aboutAccount = (person: DemoPerson) => ({
  category: 'identity',
  subjectId: person.id,
  target: { type: 'user', id: person.id, label: null },
});
