import type { SystemPermission } from 'bff/contract';

/** What Rolecall's own permissions allow. The app's own are described by whoever adds them. */
export default {
  'permission.tenant:read': 'See the tenant and its settings',
  'permission.tenant:update': 'Rename the tenant and change its settings',
  'permission.members:read': 'See the members and their roles',
  'permission.members:invite': 'Invite people',
  'permission.members:update': 'Suspend and reactivate members',
  'permission.members:remove': 'Remove members',
  'permission.invitations:read': 'See the invitations',
  'permission.invitations:revoke': 'Revoke invitations',
  'permission.roles:read': 'See the roles and what they allow',
  'permission.roles:create': 'Create roles',
  'permission.roles:update': 'Change roles',
  'permission.roles:delete': 'Delete roles',
  'permission.roles:assign': 'Give and take roles',
  'permission.audit:read': 'Read the audit log',
  'permission.tenants:read': 'See every tenant',
  'permission.tenants:create': 'Create tenants',
  'permission.tenants:update': 'Rename, suspend and reactivate any tenant',
  'permission.users:read': 'See every person',
  'permission.permissions:create': "Add the app's own permissions",
  'permission.permissions:update': "Describe and retire the app's own permissions",
  'permission.audit:read-all': 'Read the audit logs of every tenant',
  'permission.sync:read': 'See the health of the identity sync',
} satisfies Record<`permission.${SystemPermission}`, string>;
