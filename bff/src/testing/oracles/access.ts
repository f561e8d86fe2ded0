import type { Term } from '../../access/conditions.ts';
import { PLATFORM_TENANT_ID as PLATFORM } from '../../access/permissions.ts';
import type { Harness } from '../fixtures/harness.ts';
import { conditionsMet } from './condition-terms.ts';

/** Who may do what, worked out from the rows alone: it shares no line with the guard. Reads once; ask again after a change. */
export async function readOracle({ services: { db } }: Harness) {
  const [users, tenants] = [await db.platform.user.findMany(), await db.platform.tenant.findMany()];
  const [members, holdings] = [await db.platform.membership.findMany(), await db.platform.membershipRole.findMany()];
  const roles = new Map((await db.platform.role.findMany({ where: { deletedAt: null } })).map((one) => [one.id, one]));
  const grants = await db.platform.rolePermission.findMany();
  const living = await db.platform.permission.findMany({ where: { retiredAt: null } });
  const [now, never] = [new Date(), new Date(8e15)];

  /** From the role up to the nearest that grants it always, or else under terms that are met; empty when none does. */
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
  /** The roles by which somebody holds it in the tenant `inside`, asked about the tenant `about`: role id -> chain. */
  function through(userId: string, code: string, inside: string, about: string, resource: object) {
    const [user, tenant] = [users.find(({ id }) => id === userId), tenants.find(({ id }) => id === about)];
    const member = members.find((one) => one.tenantId === inside && one.userId === userId && one.status === 'active');
    const known = living.find((one) => one.code === code);
    const works = inside === PLATFORM || /active|trialing/.test(tenant?.status ?? '');
    const open = known && user && !user.banned && !user.deletedAt && works;
    const held = holdings.filter((one) => open && one.membershipId === member?.id && !one.endedAt);
    const mine = held.filter((one) => one.validFrom <= now && (one.validUntil ?? never) > now);
    const owns = (id: string) => roles.get(id)?.isOwner && (known?.scope === 'tenant' || inside === PLATFORM);
    const ways = mine.map(({ roleId }) => [roleId, chain(roleId, code, { user, tenant, resource })] as const);
    return new Map(ways.filter(([id, up]) => roles.has(id) && (owns(id) || up.length > 0)));
  }
  return { through };
}
