import { v7 as uuid } from 'uuid';
import { ROLE_TEMPLATES } from './templates.ts';

/** The rows that a new tenant's system roles are made of, ready for the tables role, role_permission and role_version. */
export function templateRows(tenantId: string, kind: keyof typeof ROLE_TEMPLATES) {
  const made = ROLE_TEMPLATES[kind].map((template) => {
    const id = uuid();
    const permissions = [...template.permissions].sort();
    const { key, name, description, isOwner = false, isDefault = false, identityRole = null } = template;
    return {
      permissions,
      role: {
        tenantId,
        id,
        key,
        name,
        description,
        isSystem: true,
        isDefault,
        isOwner,
        identityRole,
        templateKey: key,
        effectivePermissions: permissions as string[],
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
        },
      },
    };
  });
  return {
    roles: made.map(({ role }) => role),
    rolePermissions: made.flatMap(({ role, permissions }) =>
      permissions.map((permissionCode) => ({ tenantId, roleId: role.id, permissionCode })),
    ),
    roleVersions: made.map(({ version }) => version),
  };
}
