import type { RoleSnapshot } from '../../access/roles/snapshot.ts';
import { assertPermissions } from '../permissions.ts';
import { assignmentsAt, type RoleRow, record, type SeedState } from '../seed-state.ts';
import type { DemoUser } from '../users.ts';

interface NewRole {
  key: string;
  name: string;
  description: string;
  permissions: readonly string[];
  parent?: RoleRow;
  isSelfAssignable?: boolean;
}

export function createRole(state: SeedState, at: Date, by: DemoUser, input: NewRole, reason?: string): RoleRow {
  const role: RoleRow = {
    tenantId: state.tenant.id,
    id: state.random.id(at),
    key: input.key,
    name: input.name,
    description: input.description,
    isSystem: false,
    isDefault: false,
    isOwner: false,
    isSelfAssignable: input.isSelfAssignable ?? false,
    identityRole: null,
    parentRoleId: input.parent?.id ?? null,
    templateKey: null,
    effectivePermissions: [],
    conditionalPermissions: [],
    version: 1,
    createdAt: at,
    updatedAt: at,
    deletedAt: null,
  };
  state.roles.push(role);
  setPermissions(state, role, input.permissions);
  assertPermissions(state, by, at, ['roles:create', ...role.effectivePermissions]);
  writeVersion(state, at, by, role, reason);
  record(state, at, by, {
    action: 'role.created',
    category: 'role',
    permission: 'roles:create',
    target: { type: 'role', id: role.id, label: role.name },
    after: snapshot(state, role),
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
  state: SeedState,
  at: Date,
  by: DemoUser,
  role: RoleRow,
  { permissions, ...fields }: RoleEdit,
  reason?: string,
): void {
  const before = snapshot(state, role);
  const label = role.name;
  assertPermissions(state, by, at, ['roles:update', ...role.effectivePermissions]);
  Object.assign(role, fields, { version: role.version + 1, updatedAt: at });
  if (permissions) setPermissions(state, role, permissions);
  assertPermissions(state, by, at, role.effectivePermissions);
  writeVersion(state, at, by, role, reason);
  record(state, at, by, {
    action: 'role.updated',
    category: 'role',
    permission: 'roles:update',
    target: { type: 'role', id: role.id, label },
    before,
    after: snapshot(state, role),
    reason: reason ?? null,
  });
}

export function deleteRole(state: SeedState, at: Date, by: DemoUser, role: RoleRow): void {
  assertPermissions(state, by, at, ['roles:delete', ...role.effectivePermissions]);
  const isHeld = state.members.some((member) =>
    assignmentsAt(state, member, at).some((held) => held.roleId === role.id),
  );
  if (isHeld || state.roles.some((other) => other.parentRoleId === role.id)) throw new Error(`${role.name} is in use`);
  const before = snapshot(state, role);
  Object.assign(role, { deletedAt: at, updatedAt: at, version: role.version + 1 });
  record(state, at, by, {
    action: 'role.deleted',
    category: 'role',
    severity: 'notice',
    permission: 'roles:delete',
    target: { type: 'role', id: role.id, label: role.name },
    before,
    after: null,
  });
}

function setPermissions(state: SeedState, role: RoleRow, permissions: readonly string[]): void {
  const { tenantId, id: roleId } = role;
  state.rolePermissions = [
    ...state.rolePermissions.filter((granted) => granted.roleId !== roleId),
    ...permissions.map((permissionCode) => ({ tenantId, roleId, permissionCode })),
  ];
  // Roles stand in order of creation, so parents come before their children.
  for (const each of state.roles.filter((other) => !other.isSystem)) {
    const parent = state.roles.find((other) => other.id === each.parentRoleId);
    each.effectivePermissions = [
      ...new Set([...ownPermissions(state, each), ...(parent?.effectivePermissions ?? [])]),
    ].sort();
  }
}

const ownPermissions = (state: SeedState, role: RoleRow): string[] =>
  state.rolePermissions
    .filter((granted) => granted.roleId === role.id)
    .map((granted) => granted.permissionCode)
    .sort();

const snapshot = (state: SeedState, role: RoleRow) =>
  ({
    name: role.name,
    description: role.description,
    permissions: ownPermissions(state, role),
    conditions: {},
    parentRoleId: role.parentRoleId,
    isDefault: role.isDefault,
    isSelfAssignable: role.isSelfAssignable,
    identityRole: role.identityRole,
  }) satisfies RoleSnapshot;

function writeVersion(state: SeedState, at: Date, by: DemoUser, role: RoleRow, reason: string | undefined): void {
  state.roleVersions.push({
    tenantId: role.tenantId,
    roleId: role.id,
    number: role.version,
    snapshot: snapshot(state, role),
    changedBy: by.id,
    reason: reason ?? null,
    createdAt: at,
  });
}
