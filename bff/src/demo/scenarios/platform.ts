import type { Permission } from '@rolecall/prisma/client';
import { seededRandom } from '../../core/random.ts';
import { addMember, assignRoles, roleRefs } from '../actions/members.ts';
import { APP_PERMISSIONS } from '../app-permissions.ts';
import { MINUTE } from '../calendar.ts';
import type { SeedContext } from '../seed-context.ts';
import { createSeedState, type RoleRow, record, roleOf, type SeedState } from '../seed-state.ts';
import type { DemoUser } from '../users.ts';
import { denied, inviteAndAccept, runInOrder } from './events.ts';

export type PermissionRow = Pick<Permission, 'code' | 'description' | 'version' | 'createdAt' | 'updatedAt'>;

/** The platform: its staff joins, and the permissions of the host app are created. */
export function buildPlatform(
  { namedUsers, calendar }: SeedContext,
  tenant: SeedState['tenant'],
  roles: RoleRow[],
): { state: SeedState; permissions: PermissionRow[] } {
  const { olivia, sam, hanna, tomasz, ebele } = namedUsers;
  const state = createSeedState(tenant, seededRandom('platform'), null);
  state.roles = roles;
  const permissions: PermissionRow[] = [];

  const start = calendar.on(0, '07:30');
  olivia.created = { at: new Date(start.getTime() - 60_000), by: 'self' };
  bootstrapOwner(state, start, olivia);
  const join = (day: number, user: DemoUser, roleKey: string) =>
    inviteAndAccept(state, calendar.on(day, '08:05'), olivia, user, roleKey, 30 * MINUTE);
  const updateDescription = (at: Date, by: DemoUser, code: string, description: string) => {
    const permission = permissions.find((each) => each.code === code);
    if (!permission) return;
    const before = { description: permission.description };
    Object.assign(permission, { description, version: permission.version + 1, updatedAt: at });
    record(state, at, by, {
      ...aboutPermission(code, 'permission.updated', 'permissions:update'),
      before,
      after: { description },
    });
  };
  runInOrder([
    ...join(0, hanna, 'admin'),
    ...join(0, sam, 'support'),
    ...join(6, tomasz, 'support'),
    ...join(13, ebele, 'support'),
    ...APP_PERMISSIONS.map(({ code, description }, index) => ({
      at: new Date(calendar.on(0, '07:40').getTime() + index * 70_000),
      run: (at: Date) => {
        permissions.push({ code, description, version: 1, createdAt: at, updatedAt: at });
        record(state, at, olivia, {
          ...aboutPermission(code, 'permission.created', 'permissions:create'),
          after: { code, description },
        });
      },
    })),
    {
      at: calendar.on(9, '10:20'),
      run: (at) => updateDescription(at, hanna, 'progress:export', 'Download progress, including personal data'),
    },
    {
      at: calendar.on(16, '14:45'),
      run: (at) => updateDescription(at, hanna, 'courses:publish', 'Publish courses, and unpublish published ones'),
    },
    denied(state, calendar.on(8, '15:10'), sam, { operation: 'tenant.create', permission: 'tenants:create' }),
    denied(state, calendar.on(14, '09:50'), ebele, {
      operation: 'permission.create',
      permission: 'permissions:create',
    }),
    denied(state, calendar.on(22, '16:30'), tomasz, {
      operation: 'permission.update',
      permission: 'permissions:update',
    }),
  ]);
  return { state, permissions };
}

function bootstrapOwner(state: SeedState, at: Date, olivia: DemoUser): void {
  const owner = roleOf(state, 'owner');
  const member = addMember(state, at, olivia, 'bootstrap');
  assignRoles(state, at, member, [{ role: owner }], null);
  record(state, at, 'system', {
    action: 'member.joined',
    category: 'membership',
    severity: 'critical',
    subjectId: olivia.id,
    target: { type: 'member', id: member.id, label: null },
    after: { status: 'active', roles: roleRefs([owner]) },
    reason: 'First platform owner',
  });
}

const aboutPermission = (code: string, action: string, permission: string) => ({
  action,
  category: 'permission' as const,
  permission,
  target: { type: 'permission', id: code, label: code },
});

/** Records the events that identity sync writes when it creates these accounts. */
export function recordAccounts(platform: SeedState, users: readonly DemoUser[]): void {
  for (const user of users) {
    if (!user.created) continue;
    const { at, by } = user.created;
    record(platform, at, by === 'provider' ? 'provider' : user, {
      action: 'user.created',
      ...aboutAccount(user),
      after: { emailVerified: user.emailVerified, banned: false, locked: false, identityRole: null },
    });
  }
}

export function ban(platform: SeedState, at: Date, user: DemoUser): void {
  user.bannedAt = at;
  record(platform, at, 'provider', {
    action: 'user.updated',
    ...aboutAccount(user),
    severity: 'notice',
    before: { banned: false },
    after: { banned: true },
  });
}

export function changeProfile(platform: SeedState, at: Date, user: DemoUser, changed: string[]): void {
  record(platform, at, 'provider', { action: 'user.updated', ...aboutAccount(user), context: { changed } });
}

const aboutAccount = (user: DemoUser) => ({
  category: 'identity' as const,
  subjectId: user.id,
  target: { type: 'user', id: user.id, label: null },
});
