/** The permissions of Rolecall itself. Those of the host app are added to the same catalogue in the console. */
export const SYSTEM_PERMISSIONS = {
  'tenant:read': { scope: 'tenant', description: 'See the tenant and its settings' },
  'tenant:update': { scope: 'tenant', description: 'Rename the tenant and change its settings' },
  'members:read': { scope: 'tenant', description: 'See the members and their roles' },
  'members:invite': { scope: 'tenant', description: 'Invite users' },
  'members:update': { scope: 'tenant', description: 'Suspend and reactivate members' },
  'members:remove': { scope: 'tenant', description: 'Remove members' },
  'invitations:read': { scope: 'tenant', description: 'See the invitations' },
  'invitations:revoke': { scope: 'tenant', description: 'Revoke invitations' },
  'roles:read': { scope: 'tenant', description: 'See the roles and what they allow' },
  'roles:create': { scope: 'tenant', description: 'Create roles' },
  'roles:update': { scope: 'tenant', description: 'Change roles' },
  'roles:delete': { scope: 'tenant', description: 'Delete roles' },
  'roles:assign': { scope: 'tenant', description: 'Assign and remove roles' },
  'access:explain': { scope: 'tenant', description: 'See why a user has or lacks a permission' },
  'api-keys:read': { scope: 'tenant', description: 'See the API keys' },
  'api-keys:create': { scope: 'tenant', description: 'Create API keys' },
  'api-keys:revoke': { scope: 'tenant', description: 'Revoke API keys' },
  'audit:read': { scope: 'tenant', description: 'Read the audit log' },
  'tenants:read': { scope: 'platform', description: 'See every tenant' },
  'tenants:create': { scope: 'platform', description: 'Create tenants' },
  'tenants:update': { scope: 'platform', description: 'Rename, suspend and reactivate any tenant' },
  'users:read': { scope: 'platform', description: 'See every user' },
  'users:update': { scope: 'platform', description: 'Change the app roles of users' },
  'permissions:create': { scope: 'platform', description: 'Add permissions of the app' },
  'permissions:update': { scope: 'platform', description: 'Describe and retire permissions of the app' },
  'audit:read-all': { scope: 'platform', description: 'Read the audit logs of every tenant' },
  'sync:read': { scope: 'platform', description: 'See the health of the identity sync' },
  'sync:run': { scope: 'platform', description: 'Replay events, reconcile and repair the identity sync' },
} as const satisfies Record<string, { scope: 'tenant' | 'platform'; description: string }>;

export type SystemPermission = keyof typeof SYSTEM_PERMISSIONS;

type CodesOf<S> = {
  [K in SystemPermission]: (typeof SYSTEM_PERMISSIONS)[K]['scope'] extends S ? K : never;
}[SystemPermission];
export type TenantPermission = CodesOf<'tenant'>;
export type PlatformPermission = CodesOf<'platform'>;

/** `resource:action`; the resource may have two parts, as in Clerk's `org:courses:create`. The database checks the same. */
export const PERMISSION_CODE = /^[a-z][a-z0-9_.-]{0,62}(:[a-z][a-z0-9_.-]{0,62}){1,2}$/;

/** The last part of a code is the action. */
export function partsOfCode(code: string): { resource: string; action: string } {
  const at = code.lastIndexOf(':');
  return { resource: code.slice(0, Math.max(at, 0)), action: code.slice(at + 1) };
}

/** The tenant that is the platform itself; its members are the staff. */
export const PLATFORM_TENANT_ID = '00000000-0000-7000-8000-000000000001';
