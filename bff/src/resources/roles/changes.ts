import { isDeepStrictEqual } from 'node:util';
import { v7 as uuid } from 'uuid';
import type { z } from 'zod';
import type { ActorAccess } from '../../access/actor.ts';
import { requireOwnAll } from '../../access/grants.ts';
import { refreshEffective } from '../../access/role-graph.ts';
import { change } from '../../audit/change.ts';
import type { Tx } from '../../db/tenant-tx.ts';
import { AppError } from '../../errors.ts';
import type { RequestContext } from '../../http/context.ts';
import { requireVersion } from '../../http/version.ts';
import { findRole, readRole } from './queries.ts';
import type { RoleCreate, RoleDetail, RoleUpdate } from './schema.ts';

/** Throws role_key_taken, grant_exceeds_own or validation_failed. */
export async function createRole(context: RequestContext, body: z.output<typeof RoleCreate>): Promise<RoleDetail> {
  const { tenantId } = context.scope;
  const { result, replayedId } = await change(
    context,
    { action: 'role.created', category: 'role', permission: 'roles:create', reason: body.reason, idempotentOn: body },
    async ({ tx, access }) => {
      const key = body.key ?? keyOf(body.name);
      const taken = await tx.role.findFirst({ where: { tenantId, key, deletedAt: null }, select: { id: true } });
      if (taken) throw new AppError('role_key_taken', { errors: { [body.key ? 'key' : 'name']: ['role_key_taken'] } });
      const id = uuid();
      await requireParent(tx, tenantId, body.parentRoleId ?? null);
      if (body.isDefault) await takeDefault(tx, tenantId);
      await tx.role.create({
        data: {
          tenantId,
          id,
          key,
          name: body.name,
          description: body.description,
          parentRoleId: body.parentRoleId ?? null,
          isDefault: body.isDefault,
          isSelfAssignable: body.isSelfAssignable,
        },
      });
      await setPermissions(tx, tenantId, id, body.permissions);
      await settle(tx, access, tenantId, id, []);
      const made = await recordVersion(tx, context, id, body.reason);
      return {
        result: made,
        before: null,
        after: snapshot(made),
        target: { type: 'role', id, label: made.name },
      };
    },
  );
  return result ?? readRole(context, replayedId ?? '');
}

/** Throws role_is_system, stale_version, role_cycle, grant_exceeds_own or validation_failed. */
export async function updateRole(
  context: RequestContext,
  roleId: string,
  { reason, permissions, ...fields }: z.output<typeof RoleUpdate>,
): Promise<RoleDetail> {
  const { tenantId } = context.scope;
  const { result } = await change(
    context,
    { action: 'role.updated', category: 'role', permission: 'roles:update', reason },
    async ({ tx, access }) => {
      const stored = await findRole(tx, tenantId, roleId);
      requireVersion(context.ifMatch, stored, stored);
      if (stored.isSystem) throw new AppError('role_is_system');
      const target = { type: 'role', id: roleId, label: stored.name };
      const before = snapshot(stored);
      const wanted = {
        ...before,
        ...definedOnly(fields),
        ...(permissions ? { permissions: sorted(permissions) } : {}),
      };
      if (isDeepStrictEqual(wanted, before)) return { result: stored, before, after: before, target };

      if (fields.parentRoleId) await requireParent(tx, tenantId, fields.parentRoleId);
      if (fields.isDefault && !stored.isDefault) await takeDefault(tx, tenantId);
      await tx.role.update({
        where: { tenantId_id: { tenantId, id: roleId } },
        data: { ...definedOnly(fields), version: { increment: 1 } },
      });
      if (permissions) await setPermissions(tx, tenantId, roleId, permissions);
      await settle(
        tx,
        access,
        tenantId,
        roleId,
        stored.permissions.map((granted) => granted.code),
      );
      const now = await recordVersion(tx, context, roleId, reason);
      return { result: now, before, after: snapshot(now), target };
    },
  );
  if (!result) throw new Error('an update is never a replay');
  return result;
}

/** Throws role_in_use while members, open invitations or other roles depend on it. */
export async function deleteRole(context: RequestContext, roleId: string): Promise<undefined> {
  const { tenantId } = context.scope;
  await change(
    context,
    { action: 'role.deleted', category: 'role', permission: 'roles:delete', severity: 'notice' },
    async ({ tx, access }) => {
      const stored = await findRole(tx, tenantId, roleId);
      requireVersion(context.ifMatch, stored, stored);
      if (stored.isSystem) throw new AppError('role_is_system');
      requireOwnAll(
        access,
        stored.permissions.map((granted) => granted.code),
      );
      const openInvitations = await tx.invitationRole.count({
        where: { tenantId, roleId, invitation: { status: 'pending', expiresAt: { gt: new Date() } } },
      });
      if (stored.memberCount + stored.children.length + openInvitations > 0) {
        throw new AppError('role_in_use', {
          detail: `${stored.memberCount} members, ${stored.children.length} roles, ${openInvitations} invitations`,
        });
      }
      await tx.role.update({
        where: { tenantId_id: { tenantId, id: roleId } },
        data: { deletedAt: new Date(), isDefault: false, version: { increment: 1 } },
      });
      return {
        result: undefined,
        before: snapshot(stored),
        after: null,
        target: { type: 'role', id: roleId, label: stored.name },
      };
    },
  );
}

/** Refreshes the graph and refuses whatever the actor would give, or take, without holding it. */
async function settle(tx: Tx, access: ActorAccess, tenantId: string, roleId: string, before: string[]): Promise<void> {
  const effective = await refreshEffective(tx, tenantId);
  requireOwnAll(access, new Set([...before, ...(effective.get(roleId) ?? [])]));
}

async function setPermissions(tx: Tx, tenantId: string, roleId: string, wanted: readonly string[]): Promise<void> {
  const codes = [...new Set(wanted)];
  const tenant = await tx.tenant.findFirst({ where: { id: tenantId }, select: { kind: true } });
  const known = await tx.permission.findMany({
    where: { code: { in: codes }, retiredAt: null, ...(tenant?.kind === 'platform' ? {} : { scope: 'tenant' }) },
    select: { code: true },
  });
  const unknown = codes.filter((code) => !known.some((permission) => permission.code === code));
  if (unknown.length > 0) {
    throw new AppError('validation_failed', {
      errors: { permissions: ['unknown_permission'] },
      detail: unknown.join(', '),
    });
  }
  await tx.rolePermission.deleteMany({ where: { tenantId, roleId, permissionCode: { notIn: codes } } });
  await tx.rolePermission.createMany({
    data: codes.map((permissionCode) => ({ tenantId, roleId, permissionCode })),
    skipDuplicates: true,
  });
}

async function requireParent(tx: Tx, tenantId: string, parentRoleId: string | null): Promise<void> {
  if (!parentRoleId) return;
  const parent = await tx.role.findFirst({ where: { tenantId, id: parentRoleId, deletedAt: null } });
  // An owner role gives what no list says, so nothing may inherit from it.
  if (!parent || parent.isOwner)
    throw new AppError('validation_failed', { errors: { parentRoleId: ['unknown_role'] } });
}

const takeDefault = (tx: Tx, tenantId: string) =>
  tx.role.updateMany({ where: { tenantId, isDefault: true }, data: { isDefault: false } });

async function recordVersion(
  tx: Tx,
  context: RequestContext,
  roleId: string,
  reason: string | undefined,
): Promise<RoleDetail> {
  const { tenantId } = context.scope;
  const role = await findRole(tx, tenantId, roleId);
  await tx.roleVersion.create({
    data: {
      tenantId,
      roleId,
      number: role.version,
      snapshot: snapshot(role),
      changedBy: context.actor.id,
      reason: reason ?? null,
    },
  });
  return role;
}

const snapshot = (role: RoleDetail) => ({
  name: role.name,
  description: role.description,
  permissions: sorted(role.permissions.filter((granted) => !granted.inheritedFrom).map((granted) => granted.code)),
  parentRoleId: role.parent?.id ?? null,
  isDefault: role.isDefault,
  isSelfAssignable: role.isSelfAssignable,
});

const sorted = (codes: readonly string[]) => [...new Set(codes)].sort();

const definedOnly = <T extends object>(fields: T) =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };

/** "Billing & Tax" -> "billing-tax" */
const keyOf = (name: string) =>
  name
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^[-0-9]+|-+$/g, '')
    .slice(0, 60) || `role-${uuid().slice(-12)}`;
