import { v7 as uuid } from 'uuid';
import type { z } from 'zod';
import { createOnce } from '../../audit/create-once.ts';
import type { RequestContext } from '../../core/context.ts';
import { AppError } from '../../core/errors.ts';
import type { Tx } from '../../db/tenant-tx.ts';
import { findRole, readRole } from './queries.ts';
import {
  isCalledAsAnother,
  keyOf,
  recordVersion,
  requireFreeIdentityRole,
  requireMayHandOut,
  requireParent,
  setPermissions,
  settle,
  snapshot,
  takeDefault,
} from './rules.ts';
import type { RoleClone, RoleCreate, RoleDetail } from './schema.ts';

const SPEC = { action: 'role.created', category: 'role', permission: 'roles:create' } as const;

/** Throws role_key_taken, grant_exceeds_own or validation_failed. */
export async function createRole(context: RequestContext, body: z.output<typeof RoleCreate>): Promise<RoleDetail> {
  const { tenantId } = context.scope;
  const { id, created } = await createOnce(
    context,
    { ...SPEC, reason: body.reason, idempotentOn: body },
    async ({ tx, access }) => {
      const id = uuid();
      const isHandedOut = requireMayHandOut(access, body);
      await requireParent(tx, tenantId, body.parentRoleId ?? null);
      const key = await freeKey(tx, tenantId, body);
      if (body.identityRole)
        await requireFreeIdentityRole(tx, tenantId, null, { key, identityRole: body.identityRole });
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
          identityRole: body.identityRole ?? null,
        },
      });
      await setPermissions(tx, tenantId, id, body);
      await settle(tx, access, tenantId, id, isHandedOut);
      const made = await recordVersion(tx, context, id, body.reason);
      return { result: made, before: null, after: snapshot(made), target: { type: 'role', id, label: made.name } };
    },
  );
  return created ?? readRole(context, id);
}

/**
 * A role of one's own with what another grants itself, below the same parent. Permissions that are retired stay behind.
 * Throws role_is_system for an owner role, which grants what no list says, role_key_taken or grant_exceeds_own.
 */
export async function cloneRole(
  context: RequestContext,
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
          parentRoleId: source.parent?.id ?? null,
        },
      });
      await tx.$executeRaw`
        INSERT INTO role_permission (tenant_id, role_id, permission_code, conditions)
        SELECT granted.tenant_id, ${id}::uuid, granted.permission_code, granted.conditions
        FROM role_permission granted JOIN permission ON permission.code = granted.permission_code
        WHERE granted.tenant_id = ${tenantId}::uuid AND granted.role_id = ${roleId}::uuid AND permission.retired_at IS NULL`;
      await settle(tx, access, tenantId, id);
      const made = await recordVersion(tx, context, id, body.reason);
      return {
        result: made,
        before: null,
        after: snapshot(made),
        target: { type: 'role', id, label: made.name },
        context: { clonedFrom: { id: source.id, name: source.name } },
      };
    },
  );
  return created ?? readRole(context, id);
}

interface Wanted {
  name: string;
  key?: string | undefined;
  identityRole?: string | null | undefined;
}

async function freeKey(tx: Tx, tenantId: string, body: Wanted): Promise<string> {
  const key = body.key ?? keyOf(body.name);
  const taken = await tx.role.findFirst({ where: { tenantId, key, deletedAt: null }, select: { id: true } });
  if (taken || (!body.identityRole && (await isCalledAsAnother(tx, tenantId, null, { key }))))
    throw new AppError('role_key_taken', { errors: { [body.key ? 'key' : 'name']: ['role_key_taken'] } });
  return key;
}
