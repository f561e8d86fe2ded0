import type { z } from 'zod';
import { type AuditChange, type Changed, type ChangeScope, change } from '../../../audit/change.ts';
import type { RequestContext } from '../../../core/context.ts';
import { AppError } from '../../../core/errors.ts';
import type { Tx } from '../../../db/tenant-tx.ts';
import { sorted } from '../rules.ts';
import { editRole } from '../update.ts';
import { findMatrix } from './queries.ts';
import type { RoleMatrix, RoleMatrixUpdate, StaleRoles } from './schema.ts';

type Update = z.output<typeof RoleMatrixUpdate>;

/**
 * Updates what several roles grant, all of them or none. Each is edited by the rules of a single edit and gets a version and an audit row
 * of its own with the same request id. A role that already grants what is wanted is skipped, whatever version the caller has read, so
 * that the call may be repeated. Throws as updateRole, with the position in the list in `errors`.
 */
export async function updateMatrix(context: RequestContext, body: Update): Promise<RoleMatrix> {
  const { tenantId } = context.scope;
  return change(
    context,
    { action: 'role.updated', category: 'role', permission: 'roles:update', reason: body.reason },
    async (scope) => {
      const pending = await rolesToChange(scope.tx, tenantId, body.roles);
      const changes: AuditChange[] = [];
      for (const wanted of pending) changes.push(await editOne(context, scope, body, wanted));
      const result = await findMatrix(scope.tx, tenantId);
      const [first, ...also] = changes;
      return first ? { result, ...first, also } : unchanged(result, tenantId);
    },
  );
}

/** Throws stale_version with every stale role, and not_found for an unknown one. */
async function rolesToChange(tx: Tx, tenantId: string, wanted: Update['roles']): Promise<Update['roles']> {
  const { roles } = await findMatrix(tx, tenantId);
  const stale: StaleRoles = [];
  const pending = wanted.filter(({ roleId, version: seenVersion, permissions }, at) => {
    const stored = roles.find(({ id }) => id === roleId);
    if (!stored) throw new AppError('not_found', { errors: { [`roles.${at}`]: ['unknown_role'] } });
    const { id, key, name, version } = stored;
    const own = stored.own.map(({ code }) => code);
    if (sorted(permissions).join() === sorted(own).join()) return false;
    if (version !== seenVersion) stale.push({ id, key, name, seenVersion, version, permissions: own });
    return true;
  });
  if (stale.length > 0) {
    throw new AppError('stale_version', { current: stale, detail: stale.map(({ name }) => name).join(', ') });
  }
  return pending;
}

async function editOne(
  context: RequestContext,
  scope: ChangeScope,
  { roles, reason }: Update,
  { roleId, permissions }: Update['roles'][number],
): Promise<AuditChange> {
  try {
    const { result: _, ...auditChange } = await editRole({ ...context, ifMatch: null }, scope, roleId, {
      permissions,
      reason,
    });
    return auditChange;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const position = `roles.${roles.findIndex((role) => role.roleId === roleId)}`;
    throw new AppError(error.code, { ...error.details, errors: { ...error.details.errors, [position]: [error.code] } });
  }
}

const unchanged = (result: RoleMatrix, tenantId: string): Changed<RoleMatrix> => ({
  result,
  before: null,
  after: null,
  target: { type: 'tenant', id: tenantId, label: null },
});
