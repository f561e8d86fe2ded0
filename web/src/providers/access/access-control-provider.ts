import type { AccessControlProvider } from '@refinedev/core';
import { PLATFORM_TENANT_ID } from 'bff/contract';
import { currentMe } from '../auth/session.ts';
import type { PermissionCode } from './permissions.ts';
import { checkPermission } from './permissions.ts';

const codes: Record<string, Partial<Record<string, PermissionCode>>> = {
  tenants: { list: 'tenants:read', show: 'tenants:read', create: 'tenants:create', edit: 'tenants:update' },
  users: { list: 'users:read', show: 'users:read' },
  members: { list: 'members:read', show: 'members:read', edit: 'members:update', delete: 'members:remove' },
  invitations: {
    list: 'invitations:read',
    show: 'invitations:read',
    create: 'members:invite',
    delete: 'invitations:revoke',
  },
  roles: {
    list: 'roles:read',
    show: 'roles:read',
    create: 'roles:create',
    edit: 'roles:update',
    delete: 'roles:delete',
  },
  permissions: {
    list: 'roles:read',
    show: 'roles:read',
    create: 'permissions:create',
    edit: 'permissions:update',
  },
  'audit-logs': { list: 'audit:read', show: 'audit:read' },
};

const RESOURCE = /^(?:tenants\/([^/]+)\/)?([a-z-]+)$/;

/** Decides Refine's permission checks from the /api/me response in memory, without a request. */
export const accessControlProvider = {
  async can({ resource = '', action }) {
    const [, tenantId, name = ''] = RESOURCE.exec(resource) ?? [];
    const everyTenant = name === 'audit-logs' && tenantId === undefined;
    const code = everyTenant ? 'audit:read-all' : codes[name]?.[action];
    if (!code) return { can: false };
    return checkPermission(currentMe(), tenantId ?? PLATFORM_TENANT_ID, code);
  },
  options: { buttons: { enableAccessControl: true, hideIfUnauthorized: false } },
} satisfies AccessControlProvider;
