import type { SystemPermission } from '../../access/permissions.ts';
import type { Me } from './schema.ts';

type List = [path: string, permission: SystemPermission];

/** The lists that show an event of the audit log itself, and those that show what it changed. `:tenant` stands for its tenant. */
const LOGS: readonly List[] = [
  ['tenants/:tenant/audit-logs', 'audit:read'],
  ['audit-logs', 'audit:read-all'],
];
const MEMBERS: List = ['tenants/:tenant/members', 'members:read'];
const ROLES: List = ['tenants/:tenant/roles', 'roles:read'];
const LISTS: Readonly<Record<string, readonly List[]>> = {
  member: [MEMBERS, ROLES],
  role: [ROLES, MEMBERS],
  invitation: [['tenants/:tenant/invitations', 'invitations:read'], MEMBERS],
  'api-key': [['tenants/:tenant/api-keys', 'api-keys:read']],
  permission: [['permissions', 'tenants:read']],
  catalogue: [['permissions', 'tenants:read']],
  tenant: [['tenants', 'tenants:read']],
  user: [['users', 'users:read']],
  session: [['users', 'users:read']],
  sync: [
    ['sync-runs', 'sync:read'],
    ['webhook-events', 'sync:read'],
  ],
  'identity-push': [['identity-pushes', 'sync:read']],
};

/** Returns the paths, below /api/admin, of the changed lists that the user may read. A change is a tenant and a kind. */
export function changedLists(me: Me, changes: Iterable<string>): string[] {
  const paths = new Set<string>();
  for (const change of changes) {
    const [tenantId = '', kind = ''] = change.split(' ');
    const held = me.memberships.find((each) => each.tenantId === tenantId)?.permissions ?? [];
    for (const [path, permission] of [...LOGS, ...(LISTS[kind] ?? [])]) {
      if (held.includes(permission) || me.platform.permissions.includes(permission))
        paths.add(path.replace(':tenant', tenantId));
    }
  }
  return [...paths];
}
