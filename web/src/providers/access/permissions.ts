import type { Me, PlatformPermission, TenantPermission } from 'bff/contract';
import { PLATFORM_TENANT_ID } from 'bff/contract';
import { t } from '../../i18n/i18n.ts';

export type PermissionCode = TenantPermission | PlatformPermission;
export type Verdict = { can: boolean; reason?: string };

const held = new WeakMap<Me, Map<string, Set<string>>>();

/** What someone may do in a tenant: their roles there, and what they hold through the platform for every tenant. */
function permissionsIn(me: Me, tenantId: string): Set<string> {
  const byTenant = held.get(me) ?? new Map<string, Set<string>>();
  held.set(me, byTenant);
  const known = byTenant.get(tenantId);
  if (known) return known;
  const membership = me.memberships.find((each) => each.tenantId === tenantId);
  const all = new Set([...(membership?.permissions ?? []), ...me.platform.permissions]);
  byTenant.set(tenantId, all);
  return all;
}

/** Decides only what is shown; the server decides what is done. */
export function mayI(me: Me | undefined, tenantId: string | undefined, code: PermissionCode): Verdict {
  const can = me !== undefined && permissionsIn(me, tenantId ?? PLATFORM_TENANT_ID).has(code);
  return can ? { can } : { can, reason: t('access.needs', { permission: code }) };
}

export const isStaff = (me: Me) => me.platform.permissions.length > 0;
