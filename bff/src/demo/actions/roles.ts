import { requireRights } from '../permissions.ts';
import { holdingsAt, type RoleRow, record, type TenantFixture } from '../seed-state.ts';
import type { DemoPerson } from '../users.ts';

interface NewRole {
  key: string;
  name: string;
  description: string;
  permissions: readonly string[];
  parent?: RoleRow;
  isSelfAssignable?: boolean;
}

export function createRole(ledger: TenantFixture, at: Date, by: DemoPerson, made: NewRole, reason?: string): RoleRow {
  const role: RoleRow = {
    tenantId: ledger.tenant.id,
    id: ledger.random.id(at),
    key: made.key,
    name: made.name,
    description: made.description,
    isSystem: false,
    isDefault: false,
    isOwner: false,
    isSelfAssignable: made.isSelfAssignable ?? false,
    identityRole: null,
    parentRoleId: made.parent?.id ?? null,
    templateKey: null,
    effectivePermissions: [],
    conditionalPermissions: [],
    version: 1,
    createdAt: at,
    updatedAt: at,
    deletedAt: null,
  };
  ledger.roles.push(role);
  setPermissions(ledger, role, made.permissions);
  requireRights(ledger, by, at, ['roles:create', ...role.effectivePermissions]);
  writeVersion(ledger, at, by, role, reason);
  record(ledger, at, by, {
    action: 'role.created',
    category: 'role',
    permission: 'roles:create',
    target: { type: 'role', id: role.id, label: role.name },
    after: snapshot(ledger, role),
    reason: reason ?? null,
  });
  return role;
}

interface RoleEdit {
  name?: string;
  description?: string;
  permissions?: readonly string[];
  isSelfAssignable?: boolean;
}

export function updateRole(
  ledger: TenantFixture,
  at: Date,
  by: DemoPerson,
  role: RoleRow,
  { permissions, ...fields }: RoleEdit,
  reason?: string,
): void {
  const before = snapshot(ledger, role);
  const label = role.name;
  requireRights(ledger, by, at, ['roles:update', ...role.effectivePermissions]);
  Object.assign(role, fields, { version: role.version + 1, updatedAt: at });
  if (permissions) setPermissions(ledger, role, permissions);
  requireRights(ledger, by, at, role.effectivePermissions);
  writeVersion(ledger, at, by, role, reason);
  record(ledger, at, by, {
    action: 'role.updated',
    category: 'role',
    permission: 'roles:update',
    target: { type: 'role', id: role.id, label },
    before,
    after: snapshot(ledger, role),
    reason: reason ?? null,
  });
}

export function deleteRole(ledger: TenantFixture, at: Date, by: DemoPerson, role: RoleRow): void {
  requireRights(ledger, by, at, ['roles:delete', ...role.effectivePermissions]);
  const isHeld = ledger.members.some((member) =>
    holdingsAt(ledger, member, at).some((held) => held.roleId === role.id),
  );
  if (isHeld || ledger.roles.some((other) => other.parentRoleId === role.id)) throw new Error(`${role.name} is in use`);
  const before = snapshot(ledger, role);
  Object.assign(role, { deletedAt: at, updatedAt: at, version: role.version + 1 });
  record(ledger, at, by, {
    action: 'role.deleted',
    category: 'role',
    severity: 'notice',
    permission: 'roles:delete',
    target: { type: 'role', id: role.id, label: role.name },
    before,
    after: null,
  });
}

function setPermissions(ledger: TenantFixture, role: RoleRow, permissions: readonly string[]): void {
  const { tenantId, id: roleId } = role;
  ledger.rolePermissions = [
    ...ledger.rolePermissions.filter((granted) => granted.roleId !== roleId),
    ...permissions.map((permissionCode) => ({ tenantId, roleId, permissionCode })),
  ];
  // Children after their parents: roles stand in the order in which they were made.
  for (const each of ledger.roles.filter((other) => !other.isSystem)) {
    const parent = ledger.roles.find((other) => other.id === each.parentRoleId);
    each.effectivePermissions = [
      ...new Set([...ownPermissions(ledger, each), ...(parent?.effectivePermissions ?? [])]),
    ].sort();
  }
}

const ownPermissions = (ledger: TenantFixture, role: RoleRow): string[] =>
  ledger.rolePermissions
    .filter((granted) => granted.roleId === role.id)
    .map((granted) => granted.permissionCode)
    .sort();

const snapshot = (ledger: TenantFixture, role: RoleRow) => ({
  name: role.name,
  description: role.description,
  permissions: ownPermissions(ledger, role),
  parentRoleId: role.parentRoleId,
  isDefault: role.isDefault,
  isSelfAssignable: role.isSelfAssignable,
});

function writeVersion(
  ledger: TenantFixture,
  at: Date,
  by: DemoPerson,
  role: RoleRow,
  reason: string | undefined,
): void {
  ledger.roleVersions.push({
    tenantId: role.tenantId,
    roleId: role.id,
    number: role.version,
    snapshot: snapshot(ledger, role),
    changedBy: by.id,
    reason: reason ?? null,
    createdAt: at,
  });
}
