import { templateRows } from '../../access/roles/template-rows.ts';
import { requireRights } from '../permissions.ts';
import { record, type TenantFixture } from '../seed-state.ts';
import type { Actor, DemoPerson } from '../users.ts';

/** Makes the tenant with its system roles. Its name and short name are those that the ledger was opened with. */
export function createTenant(ledger: TenantFixture, at: Date, by: DemoPerson): void {
  const { tenant } = ledger;
  requireRights(ledger, by, at, ['tenants:create']);
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
  ledger.roles = roles.map((role) => ({ ...unset, ...role }));
  ledger.rolePermissions = rolePermissions;
  ledger.roleVersions = roleVersions.map((version) => ({ ...version, changedBy: null, reason: null, createdAt: at }));
  record(ledger, at, by, {
    action: 'tenant.created',
    category: 'tenant',
    target: { type: 'tenant', id: tenant.id, label: tenant.name },
    after: { name: tenant.name, slug: tenant.slug, status: 'active' },
  });
}

type TenantEdit = Partial<Pick<TenantFixture['tenant'], 'name' | 'slug' | 'status'>>;

export function updateTenant(ledger: TenantFixture, at: Date, by: DemoPerson, edit: TenantEdit, reason?: string): void {
  const { tenant } = ledger;
  requireRights(ledger, by, at, [edit.slug || edit.status ? 'tenants:update' : 'tenant:update']);
  const fields = Object.keys(edit) as (keyof TenantEdit)[];
  const before = Object.fromEntries(fields.map((field) => [field, tenant[field]]));
  const target = { type: 'tenant', id: tenant.id, label: tenant.name };
  Object.assign(tenant, edit, { version: tenant.version + 1, updatedAt: at });
  record(ledger, at, by, {
    action: edit.status === 'suspended' ? 'tenant.suspended' : 'tenant.updated',
    category: 'tenant',
    target,
    before,
    after: edit,
    reason: reason ?? null,
  });
}

/** What was refused, and the permission it would have needed. */
export interface Refusal {
  operation: string;
  permission: string | null;
  code?: string;
  target?: { type: string; id: string; label: null };
}

export function refuse(
  ledger: TenantFixture,
  at: Date,
  by: Actor,
  { operation, permission, code, target }: Refusal,
): void {
  record(ledger, at, by, {
    action: operation,
    category: 'access',
    severity: 'warning',
    outcome: 'denied',
    permission,
    reason: code ?? 'permission_denied',
    ...(target ? { target } : {}),
  });
}
