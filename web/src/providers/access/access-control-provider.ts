import type { AccessControlProvider, CanParams } from '@refinedev/core';
import { PLATFORM_TENANT_ID } from 'bff/contract';
import { currentMe } from '../auth/session.ts';
import type { PermissionCheck, PermissionCode } from './permissions.ts';
import { checkPermission } from './permissions.ts';

const reads = (code: PermissionCode) => ({ list: code, show: code });

/** Refine's actions on the resources of the API. Any other action is the permission `resource:action` itself, as in members:invite. */
const codes: Record<string, Partial<Record<string, PermissionCode>>> = {
  tenants: { ...reads('tenants:read'), edit: 'tenants:update' },
  users: { ...reads('users:read'), edit: 'users:update' },
  members: { ...reads('members:read'), create: 'members:invite', edit: 'members:update', delete: 'members:remove' },
  invitations: { ...reads('invitations:read'), create: 'members:invite', delete: 'invitations:revoke' },
  roles: { ...reads('roles:read'), clone: 'roles:create', edit: 'roles:update' },
  permissions: { ...reads('roles:read'), edit: 'permissions:update' },
  'api-keys': { ...reads('api-keys:read'), delete: 'api-keys:revoke' },
  'audit-logs': reads('audit:read'),
  'webhook-events': reads('sync:read'),
  'sync-runs': reads('sync:read'),
  'identity-pushes': reads('sync:read'),
};

const RESOURCE = /^(?:tenants\/([^/]+)\/)?(.+)$/;

/** Decides a permission check of Refine from the /api/me response, without a request. A page names its permission itself. */
export function checkAccess({ resource = '', action, params }: CanParams): PermissionCheck {
  const page: PermissionCode | null | undefined = params?.resource?.meta?.permission;
  if (page === null) return { can: true };
  const [, tenantId, name = ''] = RESOURCE.exec(resource) ?? [];
  const everyTenant = name === 'audit-logs' && tenantId === undefined;
  const code = page ?? (everyTenant ? 'audit:read-all' : (codes[name]?.[action] ?? `${name}:${action}`));
  return checkPermission(currentMe(), tenantId ?? PLATFORM_TENANT_ID, code as PermissionCode);
}

export const accessControlProvider = {
  can: async (asked) => checkAccess(asked),
  options: { buttons: { enableAccessControl: true, hideIfUnauthorized: false } },
} satisfies AccessControlProvider;
