import type { Hono } from 'hono';
import { listOf, TenantParams } from '../../core/schema.ts';
import type { AppEnv } from '../../http/env.ts';
import { route, tenantOnly } from '../../http/route.ts';
import { cloneRole, createRole } from './create.ts';
import { deleteRole } from './delete.ts';
import { roleMatrixRoutes } from './matrix/routes.ts';
import { listRoles, readRole } from './queries.ts';
import {
  Role,
  RoleClone,
  RoleCreate,
  RoleDeleteQuery,
  RoleDetail,
  RoleListQuery,
  RoleParams,
  RoleRestore,
  RoleUpdate,
  RoleVersion,
  RoleVersionListQuery,
  RoleVersionParams,
} from './schema.ts';
import { restoreRole, updateRole } from './update.ts';
import { listVersions } from './version-queries.ts';

const ALL = '/api/admin/tenants/:tenantId/roles';
const ONE = `${ALL}/:roleId`;
/** What lets others than administrators assign a role, or gives it to all new members. */
const ASSIGNABLE = {
  isDefault: 'roles:assign',
  isSelfAssignable: 'roles:assign',
  identityRole: 'roles:assign',
} as const;

export function roleRoutes(app: Hono<AppEnv>): void {
  // Before the single role, of which `matrix` is not the id.
  roleMatrixRoutes(app);
  route(app, {
    method: 'get',
    path: ALL,
    operation: 'role.list',
    summary: 'List the roles of a tenant',
    access: tenantOnly('roles:read'),
    params: TenantParams,
    query: RoleListQuery,
    success: 'ok',
    response: listOf(Role),
    read: listRoles,
  });
  route(app, {
    method: 'post',
    path: ALL,
    operation: 'role.create',
    summary: 'Create a role with permissions that you hold',
    access: tenantOnly('roles:create', ASSIGNABLE),
    params: TenantParams,
    body: RoleCreate,
    success: 'created',
    response: RoleDetail,
    handle: ({ context, body }) => createRole(context, body),
  });
  route(app, {
    method: 'get',
    path: ONE,
    operation: 'role.read',
    summary: 'Get a role with its permissions and where each comes from',
    access: tenantOnly('roles:read'),
    params: RoleParams,
    success: 'ok',
    response: RoleDetail,
    read: readRole,
  });
  route(app, {
    method: 'patch',
    path: ONE,
    operation: 'role.update',
    summary: 'Update a custom role',
    access: tenantOnly('roles:update', ASSIGNABLE),
    params: RoleParams,
    body: RoleUpdate,
    success: 'ok',
    previews: true,
    response: RoleDetail,
    handle: ({ context, params, body }) => updateRole(context, params.roleId, body),
  });
  route(app, {
    method: 'delete',
    path: ONE,
    operation: 'role.delete',
    summary: 'Delete an unused role, or replace it by another',
    access: tenantOnly('roles:delete', { remapTo: 'roles:assign' }),
    params: RoleParams,
    query: RoleDeleteQuery,
    success: 'none',
    previews: true,
    response: undefined,
    problems: ['validation_failed'],
    handle: ({ context, params, query }) => deleteRole(context, params.roleId, query.remapTo),
  });
  route(app, {
    method: 'post',
    path: `${ONE}/clone`,
    operation: 'role.clone',
    summary: 'Clone a role',
    access: tenantOnly('roles:create'),
    params: RoleParams,
    body: RoleClone,
    success: 'created',
    response: RoleDetail,
    handle: ({ context, params, body }) => cloneRole(context, params.roleId, body),
  });
  route(app, {
    method: 'get',
    path: `${ONE}/versions`,
    operation: 'role.versions',
    summary: 'List the versions of a role, newest first',
    access: tenantOnly('roles:read'),
    params: RoleParams,
    query: RoleVersionListQuery,
    success: 'ok',
    response: listOf(RoleVersion),
    read: listVersions,
  });
  route(app, {
    method: 'post',
    path: `${ONE}/versions/:number/restore`,
    operation: 'role.restore',
    summary: 'Restore a role version; one that others may assign requires roles:assign besides',
    access: tenantOnly('roles:update'),
    params: RoleVersionParams,
    body: RoleRestore,
    success: 'ok',
    previews: true,
    response: RoleDetail,
    handle: ({ context, params, body }) => restoreRole(context, params.roleId, params.number, body),
  });
}
