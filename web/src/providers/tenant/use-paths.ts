import { PLATFORM_TENANT_ID } from 'bff/contract';
import { explainAddress } from '../../core/explain-path.ts';
import type { PermissionCode } from '../access/permissions.ts';
import { mayI } from '../access/permissions.ts';
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

/** Addresses of the things an event or a row names; undefined where the reader may not open them. */
export function usePaths(tenant: { id: string; slug: string }) {
  const me = useMe();
  const platform = tenant.id === PLATFORM_TENANT_ID;
  const base = platform ? '/platform' : `/t/${encodeURIComponent(tenant.slug)}`;
  const may = (permission: PermissionCode) => mayI(me, tenant.id, permission).can;
  const staffMay = (permission: PermissionCode) => me.platform.permissions.includes(permission);

  function target(type: string, id: string): string | undefined {
    const here = inTenant[type];
    if (here) {
      const segment = platform && here[0] === 'members' ? 'staff' : here[0];
      return may(here[1]) ? `${base}/${segment}/${encodeURIComponent(id)}` : undefined;
    }
    const there = onPlatform[type];
    return there && staffMay(there[1]) ? `/platform/${there[0]}/${encodeURIComponent(id)}` : undefined;
  }

  return {
    home:
      platform || me.memberships.some((each) => each.tenantId === tenant.id) || staffMay('tenants:read')
        ? `${base}/home`
        : undefined,
    /** Tenants show a person as their member; the platform shows the whole person. */
    person: (userId: string) =>
      platform || !may('members:read') ? target('user', userId) : target('member', `user:${userId}`),
    /** Why somebody may or may not do something there; everybody may ask about themselves. */
    explain: (userId: string, permission: string) =>
      userId === me.user.id || may('access:explain') ? explainAddress(base, { userId, permission }) : undefined,
    event: (eventId: string) => `${base}/audit/${eventId}`,
    target,
  };
}
