import type { Me, PlatformPermission, TenantPermission } from 'bff/contract';
import { PLATFORM_TENANT_ID } from 'bff/contract';
import { t } from '../../i18n/i18n.ts';

export type PermissionCode = TenantPermission | PlatformPermission;
/** Refine's result of `can`: whether it is allowed, and why not. */
export type PermissionCheck = { can: boolean; reason?: string };

const cache = new WeakMap<Me, Map<string, Set<string>>>();

/** Effective permissions in a tenant: from the roles there, and from the platform for every tenant. */
function permissionsIn(me: Me, tenantId: string): Set<string> {
  const byTenant = cache.get(me) ?? new Map<string, Set<string>>();
  cache.set(me, byTenant);
  const known = byTenant.get(tenantId);
  if (known) return known;
  const membership = me.memberships.find((each) => each.tenantId === tenantId);
  const all = new Set([...(membership?.permissions ?? []), ...me.platform.permissions]);
  byTenant.set(tenantId, all);
  return all;
}

/** Whether a user holds a permission in a tenant. Decides only what is shown; the server enforces it. */
export const can = (me: Me | undefined, tenantId: string | undefined, code: PermissionCode): boolean =>
  me !== undefined && permissionsIn(me, tenantId ?? PLATFORM_TENANT_ID).has(code);

/** Like can(), with the reason if denied. */
export function checkPermission(...args: [...Parameters<typeof can>]): PermissionCheck {
  const [me, tenantId, permission] = args;
  if (can(...args)) return { can: true };
  return { can: false, reason: blockedIn(me, tenantId) ?? t('access.requires', { permission }) };
}

/** Why none of a user's roles in a tenant is in effect, and who can change that; undefined where they are. */
export function blockedIn(me: Me | undefined, tenantId: string | undefined): string | undefined {
  const membership = me?.memberships.find((each) => each.tenantId === tenantId);
  if (!membership) return undefined;
  const { name: tenant, status, membershipStatus } = membership;
  if (status !== 'active' && status !== 'trialing') return t('access.tenant_not_active', { tenant });
  return membershipStatus === 'suspended' ? t('live.membership_suspended', { tenant }) : undefined;
}

export const isStaff = (me: Me) => me.platform.permissions.length > 0;
