import type { IdentityMembership, IdentityRef, IdentityUser } from '../../core/identity-provider.ts';
import type { Tx } from '../../db/tenant-tx.ts';
import { applyUsers } from '../apply/user.ts';
import { lockUser, type SyncContext } from '../context.ts';
import { type PushTarget, readDesiredRole } from '../outbox/desired-role.ts';
import { pushesRoles } from '../role-names.ts';
import type { CreatingServices } from './resource.ts';

/** Stores the provider's role without applying it: the outbox compares ours with it before it pushes. */
const withoutPull = (ctx: SyncContext): SyncContext => {
  const { reapplyRoles: _, ...rest } = ctx;
  return { ...rest, settings: { ...ctx.settings, clerk: { ...ctx.settings.clerk, roleSync: 'push' } } };
};

/** Queues the user's role in the default tenant. */
export async function pushUser(tx: Tx, user: IdentityUser, ctx: SyncContext): Promise<boolean> {
  await applyUsers(tx, [{ user, ctx: withoutPull(ctx) }]);
  const tenant = await tx.tenant.findFirst({ where: { isDefault: true } });
  return tenant !== null && requestPush(tx, { tenantId: tenant.id, objectType: 'user', userId: user.id });
}

/** Queues the member's role in the organization. */
export async function pushMembership(tx: Tx, remote: IdentityMembership): Promise<boolean> {
  await lockUser(tx, remote.userId);
  const [stored] = await tx.$queryRaw<{ tenantId: string }[]>`
    UPDATE membership SET identity_role = ${remote.role}, identity_updated_at = greatest(membership.identity_updated_at, ${remote.updatedAt}::bigint)
    FROM tenant
    WHERE tenant.id = membership.tenant_id AND tenant.identity_org_id = ${remote.organization.id} AND membership.user_id = ${remote.userId}
      AND membership.status <> 'left'
    RETURNING membership.tenant_id::text AS "tenantId"`;
  return stored !== undefined && requestPush(tx, { ...stored, objectType: 'membership', userId: remote.userId });
}

/** Queues a member who joined here. */
export async function createMembership(
  tx: Tx,
  ref: IdentityRef,
  { config, identity }: CreatingServices,
): Promise<boolean> {
  const tenant = await tx.tenant.findFirst({ where: { identityOrgId: ref.organizationId } });
  if (!tenant || !ref.userId || !identity.directory?.createMembership || !pushesRoles(config)) return false;
  return requestPush(tx, { tenantId: tenant.id, objectType: 'membership', userId: ref.userId });
}

/** Returns false where our role has no name at the provider, or is there already. */
async function requestPush(tx: Tx, target: PushTarget): Promise<boolean> {
  const desired = await readDesiredRole(tx, target);
  if (!desired || desired.isCurrent) return false;
  await tx.$queryRaw`SELECT request_push(${target.tenantId}::uuid, ARRAY[${target.userId}])::text`;
  return true;
}
