import type { z } from 'zod';
import type { AuthorizedContext } from '../../access/actor.ts';
import { assertPermission } from '../../access/actor.ts';
import { withPrimary } from '../../access/assignments/primary.ts';
import { replaceAssignments } from '../../access/assignments/replace.ts';
import { assertCanGrant, assertHoldsAll, permissionsOfRoles } from '../../access/grants.ts';
import { change } from '../../audit/change.ts';
import { AppError } from '../../core/errors.ts';
import { roleRef } from '../../core/schema.ts';
import type { Tx } from '../../db/tenant-tx.ts';
import { readNow } from '../../http/read.ts';
import { findRoleByName } from '../../sync/role-names.ts';
import { readUser } from './queries.ts';
import type { UserDetail, UserUpdate } from './schema.ts';

/**
 * Changes a user's app role: the primary role in the default tenant, or in the given one, which requires roles:assign too. The role
 * is pushed to the identity provider. Throws no_default_tenant, not_a_member, permission_denied, grant_exceeds_own.
 */
export async function updateUser(
  context: AuthorizedContext,
  userId: string,
  { role: name, tenantId: named, reason }: z.output<typeof UserUpdate>,
): Promise<UserDetail> {
  await readNow(context, readUser, { userId });
  const tenantId = named ?? (await defaultTenantId(context));
  const there = { ...context, scope: { ...context.scope, tenantId } };
  await change(
    there,
    { action: 'member.roles_changed', category: 'membership', permission: 'users:update', reason },
    async ({ tx, access }) => {
      // users:update covers the app role only.
      if (!(await isDefault(tx, tenantId))) assertPermission(access, 'roles:assign');
      const member = await tx.membership.findFirst({ where: { tenantId, userId, status: { not: 'left' } } });
      if (!member) throw new AppError('not_a_member');
      const held = await tx.membershipRole.findMany({
        where: {
          tenantId,
          membershipId: member.id,
          endedAt: null,
          OR: [{ validUntil: null }, { validUntil: { gt: new Date() } }],
        },
      });
      const role = await findRole(tx, tenantId, name);
      const after = withPrimary(held, role.id);
      const roles = await permissionsOfRoles(tx, tenantId, [
        ...new Set([...held, ...after].map(({ roleId }) => roleId)),
      ]);
      const grantsOf = (ids: string[]) => ids.flatMap((id) => roles.get(id)?.grants ?? []);
      if (userId !== context.actor.id) assertHoldsAll(access, grantsOf(held.map(({ roleId }) => roleId)));
      assertCanGrant(access, grantsOf([role.id]), null);

      const isSame = held.some(({ isPrimary, roleId, validUntil }) => isPrimary && roleId === role.id && !validUntil);
      if (!isSame) {
        const by = context.actor.id;
        await replaceAssignments(tx, { tenantId, memberId: member.id, userId, by, wanted: after });
        await tx.membership.update({
          where: { tenantId_id: { tenantId, id: member.id } },
          data: { version: { increment: 1 } },
        });
      }
      const refsOf = (ids: string[]) => ids.flatMap((id) => roles.get(id) ?? []).map(roleRef);
      const before = { roles: refsOf(held.map(({ roleId }) => roleId)) };
      return {
        result: undefined,
        before,
        after: isSame ? before : { roles: refsOf(after.map(({ roleId }) => roleId)) },
        target: { type: 'member', id: member.id, label: null },
        subjectId: userId,
      };
    },
  );
  return readNow(context, readUser, { userId });
}

async function defaultTenantId({ services }: AuthorizedContext): Promise<string> {
  const tenant = await services.db.platform.tenant.findFirst({ where: { isDefault: true }, select: { id: true } });
  if (!tenant) throw new AppError('no_default_tenant');
  return tenant.id;
}

const isDefault = async (tx: Tx, tenantId: string): Promise<boolean> =>
  (await tx.tenant.count({ where: { id: tenantId, isDefault: true } })) > 0;

async function findRole(tx: Tx, tenantId: string, name: string | null) {
  const roles = await tx.role.findMany({ where: { tenantId, deletedAt: null } });
  const role = name === null ? roles.find(({ isDefault }) => isDefault) : findRoleByName(roles, name);
  if (!role) throw new AppError('validation_failed', { errors: { role: ['unknown_role'] } });
  return role;
}
