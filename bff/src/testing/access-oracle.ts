import { PLATFORM_TENANT_ID } from '../access/permissions.ts';
import type { Harness } from './harness.ts';

/** Who may do what, worked out from the rows alone: it shares no line with the guard. Reads once; ask again after a change. */
export async function readOracle({ services: { db } }: Harness) {
  const [users, tenants, members, holdings, roles, grants, permissions] = await Promise.all([
    db.platform.user.findMany(),
    db.platform.tenant.findMany(),
    db.platform.membership.findMany(),
    db.platform.membershipRole.findMany(),
    db.platform.role.findMany({ where: { deletedAt: null } }),
    db.platform.rolePermission.findMany(),
    db.platform.permission.findMany({ where: { retiredAt: null } }),
  ]);
  const now = Date.now();
  const granted = new Set(grants.map(({ roleId, permissionCode }) => `${roleId} ${permissionCode}`));
  const kinds = new Map(tenants.map(({ id, kind }) => [id, kind]));
  const ownable = (code: string, tenantId: string) =>
    permissions.some((one) => one.code === code && (one.scope === 'tenant' || kinds.get(tenantId) === 'platform'));
  const byId = new Map(roles.map((role) => [role.id, role]));
  /** From the role up to the nearest that grants it itself; empty when none does. */
  const chain = (roleId: string | null, code: string): string[] => {
    if (roleId === null || granted.has(`${roleId} ${code}`)) return roleId ? [roleId] : [];
    const above = chain(byId.get(roleId)?.parentRoleId ?? null, code);
    return above.length > 0 ? [roleId, ...above] : [];
  };
  const gives = (roleId: string, code: string): boolean => {
    const role = byId.get(roleId);
    return role !== undefined && (chain(roleId, code).length > 0 || (role.isOwner && ownable(code, role.tenantId)));
  };
  /** The roles through which somebody holds it in one tenant, not looking at the tenant's own state. */
  const rolesGiving = (userId: string, code: string, tenantId: string): string[] => {
    const user = users.find(({ id }) => id === userId);
    const member = members.find((one) => one.tenantId === tenantId && one.userId === userId);
    if (!user || user.banned || user.deletedAt || member?.status !== 'active') return [];
    return holdings
      .filter((held) => held.membershipId === member.id && held.tenantId === tenantId && held.endedAt === null)
      .filter((held) => +held.validFrom <= now && (held.validUntil === null || +held.validUntil > now))
      .flatMap(({ roleId }) => (gives(roleId, code) ? [roleId] : []));
  };
  const works = (tenantId: string) =>
    tenants.some(({ id, status }) => id === tenantId && /active|trialing/.test(status));
  const own = (userId: string, code: string, tenantId: string) =>
    works(tenantId) ? rolesGiving(userId, code, tenantId) : [];
  const platform = (userId: string, code: string) => rolesGiving(userId, code, PLATFORM_TENANT_ID);
  return {
    chain,
    own,
    platform,
    allows: (userId: string, code: string, tenantId: string) =>
      [...own(userId, code, tenantId), ...platform(userId, code)].length > 0,
  };
}
