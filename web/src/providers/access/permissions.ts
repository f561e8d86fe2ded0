import type { Me, PlatformPermission, TenantPermission } from 'bff/contract';
import { isTenantUsable, PLATFORM_TENANT_ID } from 'bff/contract';
import { t } from '../../i18n/i18n.ts';

export type PermissionCode = TenantPermission | PlatformPermission;
/** Refine's result of `can`: whether it is allowed, and why not. */
export type PermissionCheck = { can: boolean; reason?: string };

/**
 * Whether a user holds a permission in a tenant, by a role there or on the platform. Decides only what is shown; the server enforces
 * it.
 */
export function can(me: Me | undefined, tenantId: string | undefined, code: PermissionCode): boolean {
  const membership = me?.memberships.find((each) => each.tenantId === (tenantId ?? PLATFORM_TENANT_ID));
  return [membership, me?.platform].some((held) => (held?.permissions as string[] | undefined)?.includes(code));
}

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
  if (!isTenantUsable(status)) return t('access.tenant_not_active', { tenant });
  return membershipStatus === 'suspended' ? t('live.membership_suspended', { tenant }) : undefined;
}

export const isStaff = (me: Me) => me.platform.permissions.length > 0;
