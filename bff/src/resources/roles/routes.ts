import type { Hono } from 'hono';
import type { AppEnv } from '../../http/env.ts';
import { route, tenantOnly } from '../../http/route.ts';
import { listOf, TenantParams } from '../../schema.ts';
import { createRole, deleteRole, updateRole } from './changes.ts';
import { listRoles, readRole } from './queries.ts';
import { Role, RoleCreate, RoleDetail, RoleListQuery, RoleParams, RoleUpdate } from './schema.ts';

const ALL = '/api/admin/tenants/:tenantId/roles';
const ONE = `${ALL}/:roleId`;

export function roleRoutes(app: Hono<AppEnv>): void {
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
    handle: ({ context, query }) => listRoles(context, query),
  });
  route(app, {
    method: 'post',
    path: ALL,
    operation: 'role.create',
    summary: 'Create a role of permissions that you hold yourself',
    access: tenantOnly('roles:create'),
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
    summary: 'Read a role, its permissions and where each comes from',
    access: tenantOnly('roles:read'),
    params: RoleParams,
    success: 'ok',
    response: RoleDetail,
    handle: ({ context, params }) => readRole(context, params.roleId),
  });
  route(app, {
    method: 'patch',
    path: ONE,
    operation: 'role.update',
    summary: 'Change a role of your own making',
    access: tenantOnly('roles:update'),
    params: RoleParams,
    body: RoleUpdate,
    success: 'ok',
    response: RoleDetail,
    handle: ({ context, params, body }) => updateRole(context, params.roleId, body),
  });
  route(app, {
    method: 'delete',
    path: ONE,
    operation: 'role.delete',
    summary: 'Delete a role that nobody holds',
    access: tenantOnly('roles:delete'),
    params: RoleParams,
    success: 'none',
    response: undefined,
    handle: ({ context, params }) => deleteRole(context, params.roleId),
  });
}
