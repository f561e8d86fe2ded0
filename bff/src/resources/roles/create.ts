import { v7 as uuid } from 'uuid';
import type { z } from 'zod';
import type { AuthorizedContext } from '../../access/actor.ts';
import { assertPermission } from '../../access/actor.ts';
import { refreshEffective } from '../../access/roles/graph.ts';
import { createOnce } from '../../audit/create-once.ts';
import { AppError } from '../../core/errors.ts';
import { searchText } from '../../core/text/fold.ts';
import type { Tx } from '../../db/tenant-tx.ts';
import { readNow } from '../../http/read.ts';
import { clearDefaultRole } from './default-role.ts';
import { assertMayChangeRole, setPermissions } from './permissions.ts';
import { findRole, readRole } from './queries.ts';
import { recordVersion, snapshotOf } from './record-version.ts';
import {
  assertProviderRoleNameFree,
  assertValidParent,
  becomesAssignableByOthers,
  isProviderRoleNameTaken,
  keyOf,
} from './rules.ts';
import type { RoleClone, RoleCreate, RoleDetail } from './schema.ts';

const SPEC = { action: 'role.created', category: 'role', permission: 'roles:create' } as const;

/** Throws role_key_taken, grant_exceeds_own or validation_failed. */
export async function createRole(context: AuthorizedContext, body: z.output<typeof RoleCreate>): Promise<RoleDetail> {
  const { tenantId } = context.scope;
  const author = { changedBy: context.actor.id, reason: body.reason };
  const { id, created } = await createOnce(
    context,
    { ...SPEC, reason: body.reason, idempotentOn: body },
    async ({ tx, access }) => {
      const id = uuid();
      const becomesAssignable = becomesAssignableByOthers(body);
      if (becomesAssignable) assertPermission(access, 'roles:assign');
      await assertValidParent(tx, tenantId, body.parentRoleId ?? null);
      const key = await freeKey(tx, tenantId, body);
      if (body.identityRole)
        await assertProviderRoleNameFree(tx, tenantId, null, { key, identityRole: body.identityRole });
      if (body.isDefault) await clearDefaultRole(tx, tenantId, author);
      await tx.role.create({
        data: {
          tenantId,
          id,
          key,
          name: body.name,
          description: body.description,
          searchText: searchText(body.name, body.description),
          parentRoleId: body.parentRoleId ?? null,
          isDefault: body.isDefault,
          isSelfAssignable: body.isSelfAssignable,
          identityRole: body.identityRole ?? null,
        },
      });
      await setPermissions(tx, tenantId, id, body);
      assertMayChangeRole(access, await refreshEffective(tx, tenantId), id, becomesAssignable);
      const role = await recordVersion(tx, tenantId, id, author);
      return { result: role, before: null, after: snapshotOf(role), target: { type: 'role', id, label: role.name } };
    },
  );
  return created ?? readNow(context, readRole, { roleId: id });
}

/**
 * Creates a role that grants what another grants itself, with the same parent. Retired permissions are left out. Throws
 * role_is_system for an owner role, which grants what is in no list, role_key_taken or grant_exceeds_own.
 */
export async function cloneRole(
  context: AuthorizedContext,
  roleId: string,
  body: z.output<typeof RoleClone>,
): Promise<RoleDetail> {
  const { tenantId } = context.scope;
  const { id, created } = await createOnce(
    context,
    { ...SPEC, reason: body.reason, idempotentOn: { roleId, ...body } },
    async ({ tx, access }) => {
      const source = await findRole(tx, tenantId, roleId);
      if (source.isOwner) throw new AppError('role_is_system');
      const id = uuid();
      const key = await freeKey(tx, tenantId, body);
      await tx.role.create({
        data: {
          tenantId,
          id,
          key,
          name: body.name,
          description: source.description,
          searchText: searchText(body.name, source.description),
          parentRoleId: source.parent?.id ?? null,
        },
      });
      await tx.$executeRaw`
        INSERT INTO role_permission (tenant_id, role_id, permission_code, conditions)
        SELECT granted.tenant_id, ${id}::uuid, granted.permission_code, granted.conditions
        FROM role_permission granted JOIN permission ON permission.code = granted.permission_code
        WHERE granted.tenant_id = ${tenantId}::uuid AND granted.role_id = ${roleId}::uuid AND permission.retired_at IS NULL`;
      assertMayChangeRole(access, await refreshEffective(tx, tenantId), id);
      const role = await recordVersion(tx, tenantId, id, { changedBy: context.actor.id, reason: body.reason });
      return {
        result: role,
        before: null,
        after: snapshotOf(role),
        target: { type: 'role', id, label: role.name },
        context: { clonedFrom: { id: source.id, name: source.name } },
      };
    },
  );
  return created ?? readNow(context, readRole, { roleId: id });
}

interface NewRole {
  name: string;
  key?: string | undefined;
  identityRole?: string | null | undefined;
}

/** Returns the requested key, or one derived from the name. Throws role_key_taken. */
async function freeKey(tx: Tx, tenantId: string, role: NewRole): Promise<string> {
  const key = role.key ?? keyOf(role.name);
  const taken = await tx.role.findFirst({ where: { tenantId, key, deletedAt: null }, select: { id: true } });
  if (taken || (!role.identityRole && (await isProviderRoleNameTaken(tx, tenantId, null, { key }))))
    throw new AppError('role_key_taken', { errors: { [role.key ? 'key' : 'name']: ['role_key_taken'] } });
  return key;
}
