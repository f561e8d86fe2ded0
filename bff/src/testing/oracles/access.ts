import type { Term } from '../../access/conditions.ts';
import { PLATFORM_TENANT_ID as PLATFORM } from '../../access/permissions.ts';
import type { Harness } from '../fixtures/harness.ts';
import { conditionsMet } from './condition-terms.ts';

/** Decides access from the rows alone, sharing no code with the guard. Reads once; read again after a change. */
export async function readOracle({ services: { db } }: Harness) {
  const [users, tenants] = [await db.platform.user.findMany(), await db.platform.tenant.findMany()];
  const [members, assignments] = [await db.platform.membership.findMany(), await db.platform.membershipRole.findMany()];
  const roles = new Map((await db.platform.role.findMany({ where: { deletedAt: null } })).map((one) => [one.id, one]));
  const grants = await db.platform.rolePermission.findMany();
  const activePermissions = await db.platform.permission.findMany({ where: { retiredAt: null } });
  const [now, never] = [new Date(), new Date(8e15)];

  /** Returns the roles up to the nearest that grants the code unconditionally, or else under met conditions; empty when none does. */
  function chain(roleId: string, code: string, context: object, isAny = false): string[] {
    const line = [roleId];
    for (let up = roles.get(roleId)?.parentRoleId; up; up = roles.get(up)?.parentRoleId) line.push(up);
    const at = line.findIndex((id) => {
      const own = grants.find((one) => one.roleId === id && one.permissionCode === code);
      return (
        own && (isAny ? (own.conditions as Term[]).every((term) => conditionsMet(term, context)) : !own.conditions)
      );
    });
    return at < 0 && !isAny ? chain(roleId, code, context, true) : line.slice(0, at + 1);
  }
  /** Returns the roles of tenant `inside` that grant the code in tenant `about`: role id -> chain. */
  function through(userId: string, code: string, inside: string, about: string, resource: object) {
    const [user, tenant] = [users.find(({ id }) => id === userId), tenants.find(({ id }) => id === about)];
    const member = members.find((one) => one.tenantId === inside && one.userId === userId && one.status === 'active');
    const known = activePermissions.find((one) => one.code === code);
    const works = inside === PLATFORM || /active|trialing/.test(tenant?.status ?? '');
    const open = known && user && !user.banned && !user.deletedAt && works;
    const held = assignments.filter((one) => open && one.membershipId === member?.id && !one.endedAt);
    const active = held.filter((one) => one.validFrom <= now && (one.validUntil ?? never) > now);
    const isOwnerRole = (id: string) => roles.get(id)?.isOwner && (known?.scope === 'tenant' || inside === PLATFORM);
    const grants = active.map(({ roleId }) => [roleId, chain(roleId, code, { user, tenant, resource })] as const);
    return new Map(grants.filter(([id, up]) => roles.has(id) && (isOwnerRole(id) || up.length > 0)));
  }
  return { through };
}
