import { templateRows } from '../../access/roles/template-rows.ts';
import { assertPermissions } from '../permissions.ts';
import { record, type SeedState } from '../seed-state.ts';
import type { Actor, DemoUser } from '../users.ts';

/** Creates the tenant with its system roles. */
export function createTenant(state: SeedState, at: Date, by: DemoUser): void {
  const { tenant } = state;
  assertPermissions(state, by, at, ['tenants:create']);
  Object.assign(tenant, { createdAt: at, updatedAt: at });
  const { roles, rolePermissions, roleVersions } = templateRows(tenant.id, 'customer');
  const unset = {
    isSelfAssignable: false,
    parentRoleId: null,
    deletedAt: null,
    version: 1,
    createdAt: at,
    updatedAt: at,
  };
  state.roles = roles.map((role) => ({ ...unset, ...role }));
  state.rolePermissions = rolePermissions;
  state.roleVersions = roleVersions.map((version) => ({ ...version, changedBy: null, reason: null, createdAt: at }));
  record(state, at, by, {
    action: 'tenant.created',
    category: 'tenant',
    target: { type: 'tenant', id: tenant.id, label: tenant.name },
    after: { name: tenant.name, slug: tenant.slug, status: 'active' },
  });
}

type TenantEdit = Partial<Pick<SeedState['tenant'], 'name' | 'slug' | 'status'>>;

export function updateTenant(state: SeedState, at: Date, by: DemoUser, edit: TenantEdit, reason?: string): void {
  const { tenant } = state;
  assertPermissions(state, by, at, [edit.slug || edit.status ? 'tenants:update' : 'tenant:update']);
  const fields = Object.keys(edit) as (keyof TenantEdit)[];
  const before = Object.fromEntries(fields.map((field) => [field, tenant[field]]));
  const target = { type: 'tenant', id: tenant.id, label: tenant.name };
  Object.assign(tenant, edit, { version: tenant.version + 1, updatedAt: at });
  record(state, at, by, {
    action: edit.status === 'suspended' ? 'tenant.suspended' : 'tenant.updated',
    category: 'tenant',
    target,
    before,
    after: edit,
    reason: reason ?? null,
  });
}

/** A denied operation, and the permission it needed. */
export interface DeniedAttempt {
  operation: string;
  permission: string | null;
  code?: string;
  target?: { type: string; id: string; label: null };
}

export function recordDenial(
  state: SeedState,
  at: Date,
  by: Actor,
  { operation, permission, code, target }: DeniedAttempt,
): void {
  record(state, at, by, {
    action: operation,
    category: 'access',
    severity: 'warning',
    outcome: 'denied',
    permission,
    reason: code ?? 'permission_denied',
    ...(target ? { target } : {}),
  });
}
