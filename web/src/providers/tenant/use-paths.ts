import type { AuditLog } from 'bff/contract';
import { PLATFORM_TENANT_ID } from 'bff/contract';
import { tenantPath } from '../../core/address.ts';
import { explainPath } from '../../core/explain-path.ts';
import type { PermissionCode } from '../access/permissions.ts';
import { can } from '../access/permissions.ts';
import { useMe } from '../auth/session.ts';

const inTenant: Record<string, [segment: string, permission: PermissionCode]> = {
  member: ['members', 'members:read'],
  membership: ['members', 'members:read'],
  role: ['roles', 'roles:read'],
  invitation: ['invitations', 'invitations:read'],
};
const onPlatform: Record<string, [segment: string, permission: PermissionCode]> = {
  user: ['users', 'users:read'],
  tenant: ['tenants', 'tenants:read'],
  permission: ['permissions', 'roles:read'],
  'sync-run': ['sync/runs', 'sync:read'],
};

/** Paths of the objects an event or a row names; undefined if the user cannot open them. */
export function usePaths(tenant: { id: string; slug: string }) {
  const me = useMe();
  const platform = tenant.id === PLATFORM_TENANT_ID;
  const base = platform ? '/platform' : tenantPath(tenant.slug);
  const canInTenant = (permission: PermissionCode) => can(me, tenant.id, permission);
  const platformCan = (permission: PermissionCode) => me.platform.permissions.includes(permission);

  function target(type: string, id: string): string | undefined {
    const here = inTenant[type];
    if (here) {
      const segment = platform && here[0] === 'members' ? 'staff' : here[0];
      return canInTenant(here[1]) ? `${base}/${segment}/${encodeURIComponent(id)}` : undefined;
    }
    const there = onPlatform[type];
    return there && platformCan(there[1]) ? `/platform/${there[0]}/${encodeURIComponent(id)}` : undefined;
  }

  return {
    home:
      platform || me.memberships.some((each) => each.tenantId === tenant.id) || platformCan('tenants:read')
        ? `${base}/home`
        : undefined,
    /** A tenant links to its member, the platform to the user. */
    user: (userId: string) =>
      platform || !canInTenant('members:read') ? target('user', userId) : target('member', `user:${userId}`),
    /**
     * The explanation of a denial, as of then; undefined where a permission was not the reason. All users can see their own. A
     * request for a tenant that the actor may not know is recorded with the platform, and names the tenant.
     */
    why({ id, actor, outcome, permission, target, createdAt }: AuditLog): string | undefined {
      const explainsAll = canInTenant('access:explain');
      if (outcome !== 'denied' || actor.type !== 'user' || !actor.id || !permission) return undefined;
      if (!explainsAll && actor.id !== me.user.id) return undefined;
      return explainPath(base, {
        userId: actor.id,
        tenant: platform ? (target?.type === 'tenant' && target.id) || tenant.id : undefined,
        permission,
        at: explainsAll ? createdAt : undefined,
        event: id,
      });
    },
    event: (eventId: string) => `${base}/audit/${eventId}`,
    target,
  };
}
