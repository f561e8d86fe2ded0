import type { IdentityMembership, IdentityUser } from '../../core/identity-provider.ts';
import type { Tx } from '../../db/tenant-tx.ts';
import { applyUsers } from '../apply/user.ts';
import { lockUser, type SyncContext } from '../context.ts';
import { type PushTarget, readDesiredRole } from '../outbox/desired-role.ts';

/** What the provider says is noted, gives nobody a role, and is what our own word is compared with before it is told. */
const noting = (ctx: SyncContext): SyncContext => {
  const { reapplyRoles: _, ...rest } = ctx;
  return { ...rest, settings: { ...ctx.settings, clerk: { ...ctx.settings.clerk, roleSync: 'push' } } };
};

/** Lets the outbox tell the provider the person's role in the default tenant. */
export async function pushUser(tx: Tx, user: IdentityUser, ctx: SyncContext): Promise<boolean> {
  await applyUsers(tx, [{ user, ctx: noting(ctx) }]);
  const tenant = await tx.tenant.findFirst({ where: { isDefault: true } });
  return tenant !== null && request(tx, { tenantId: tenant.id, objectType: 'user', userId: user.id });
}

/** Lets the outbox tell the provider the member's role in the organization. */
export async function pushMembership(tx: Tx, given: IdentityMembership): Promise<boolean> {
  await lockUser(tx, given.userId);
  const [stored] = await tx.$queryRaw<{ tenantId: string }[]>`
    UPDATE membership SET identity_role = ${given.role}, identity_updated_at = greatest(membership.identity_updated_at, ${given.updatedAt}::bigint)
    FROM tenant
    WHERE tenant.id = membership.tenant_id AND tenant.identity_org_id = ${given.organization.id} AND membership.user_id = ${given.userId}
      AND membership.status <> 'left'
    RETURNING membership.tenant_id::text AS "tenantId"`;
  return stored !== undefined && request(tx, { ...stored, objectType: 'membership', userId: given.userId });
}

/** Answers false where our role has no name there, or is there already. */
async function request(tx: Tx, told: PushTarget): Promise<boolean> {
  const wanted = await readDesiredRole(tx, told);
  if (!wanted || wanted.agrees) return false;
  await tx.$queryRaw`SELECT request_push(${told.tenantId}::uuid, ARRAY[${told.userId}])::text`;
  return true;
}
