import { v7 as uuid } from 'uuid';
import { searchText } from '../../core/text/fold.ts';
import type { RoleSnapshot } from './snapshot.ts';
import { ROLE_TEMPLATES } from './templates.ts';

/** Returns the rows of a new tenant's system roles, for the tables role, role_permission and role_version. */
export function templateRows(tenantId: string, kind: keyof typeof ROLE_TEMPLATES) {
  const created = ROLE_TEMPLATES[kind].map((template) => {
    const id = uuid();
    const permissions: string[] = [...template.permissions].sort();
    const { key, name, description, isOwner = false, isDefault = false, identityRole = null } = template;
    return {
      permissions,
      role: {
        tenantId,
        id,
        key,
        name,
        description,
        searchText: searchText(name, description),
        isSystem: true,
        isDefault,
        isOwner,
        identityRole,
        templateKey: key,
        effectivePermissions: permissions,
        conditionalPermissions: [],
      },
      version: {
        tenantId,
        roleId: id,
        number: 1,
        snapshot: {
          name,
          description,
          permissions,
          conditions: {},
          parentRoleId: null,
          isDefault,
          isSelfAssignable: false,
          identityRole,
        } satisfies RoleSnapshot,
      },
    };
  });
  return {
    roles: created.map(({ role }) => role),
    rolePermissions: created.flatMap(({ role, permissions }) =>
      permissions.map((permissionCode) => ({ tenantId, roleId: role.id, permissionCode })),
    ),
    roleVersions: created.map(({ version }) => version),
  };
}
