import type { SystemPermission } from '../permissions.ts';

/** A system role, copied into each new tenant of its kind. */
export interface RoleTemplate {
  key: string;
  name: string;
  description: string;
  isOwner?: true;
  isDefault?: true;
  /** The name of the role at the identity provider. */
  identityRole?: string;
  permissions: readonly SystemPermission[];
}

const READ_TENANT = ['tenant:read', 'members:read', 'roles:read'] as const;
const READ_ALL = [...READ_TENANT, 'invitations:read', 'audit:read', 'access:explain'] as const;
const MANAGE_KEYS = ['api-keys:read', 'api-keys:create', 'api-keys:revoke'] as const;
const MANAGE_MEMBERS = [
  'members:invite',
  'members:update',
  'members:remove',
  'invitations:revoke',
  'roles:assign',
] as const;
const MANAGE_ROLES = ['roles:create', 'roles:update', 'roles:delete'] as const;

/** Owners hold every permission, so the owner templates list none. */
export const ROLE_TEMPLATES: Record<'customer' | 'platform', readonly RoleTemplate[]> = {
  customer: [
    { key: 'owner', name: 'Owner', description: 'Everything in this tenant', isOwner: true, permissions: [] },
    {
      key: 'admin',
      name: 'Admin',
      description: 'Members, invitations, roles and the audit log',
      identityRole: 'org:admin',
      permissions: [...READ_ALL, ...MANAGE_MEMBERS, ...MANAGE_ROLES, ...MANAGE_KEYS],
    },
    {
      key: 'auditor',
      name: 'Auditor',
      description: 'Reads everything, changes nothing',
      permissions: READ_ALL,
    },
    {
      key: 'member',
      name: 'Member',
      description: 'Sees the tenant and its members',
      isDefault: true,
      identityRole: 'org:member',
      permissions: READ_TENANT,
    },
  ],
  platform: [
    { key: 'owner', name: 'Platform owner', description: 'Everything, everywhere', isOwner: true, permissions: [] },
    {
      key: 'admin',
      name: 'Platform admin',
      description: 'Tenants, permissions and the identity sync',
      permissions: [
        ...READ_ALL,
        ...MANAGE_MEMBERS,
        ...MANAGE_ROLES,
        ...MANAGE_KEYS,
        'tenants:read',
        'tenants:create',
        'tenants:update',
        'users:read',
        'users:update',
        'permissions:create',
        'permissions:update',
        'audit:read-all',
        'sync:read',
        'sync:run',
      ],
    },
    {
      key: 'support',
      name: 'Support',
      description: 'Reads everything to answer who did what and why',
      isDefault: true,
      permissions: [...READ_ALL, 'tenants:read', 'users:read', 'audit:read-all', 'sync:read'],
    },
  ],
};
