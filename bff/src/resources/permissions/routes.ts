import type { Hono } from 'hono';
import { listOf } from '../../core/schema.ts';
import type { AppEnv } from '../../http/env.ts';
import { platformOnly, route, signedIn } from '../../http/route.ts';
import { createPermission, updatePermission } from './changes.ts';
import { listPermissions, readPermission, readUsage } from './queries.ts';
import {
  Permission,
  PermissionCreate,
  PermissionListQuery,
  PermissionParams,
  PermissionUpdate,
  PermissionUsage,
  PermissionUsageCounts,
} from './schema.ts';
import { readUsageCounts } from './usage-counts.ts';

const ALL = '/api/admin/permissions';
const ONE = `${ALL}/:code`;

export function permissionRoutes(app: Hono<AppEnv>): void {
  route(app, {
    method: 'get',
    path: ALL,
    operation: 'permission.list',
    summary: 'List the permission catalogue',
    access: signedIn,
    query: PermissionListQuery,
    success: 'ok',
    response: listOf(Permission),
    read: listPermissions,
  });
  route(app, {
    method: 'post',
    path: ALL,
    operation: 'permission.create',
    summary: 'Create a permission of the app',
    access: platformOnly('permissions:create'),
    body: PermissionCreate,
    success: 'created',
    response: Permission,
    handle: ({ context, body }) => createPermission(context, body),
  });
  // Before the single permission: no code is without a colon.
  route(app, {
    method: 'get',
    path: `${ALL}/usage`,
    operation: 'permission.usage-counts',
    summary: 'Count the roles, tenants and members of each permission',
    access: platformOnly('tenants:read'),
    success: 'ok',
    response: PermissionUsageCounts,
    read: readUsageCounts,
  });
  route(app, {
    method: 'get',
    path: ONE,
    operation: 'permission.read',
    summary: 'Get a permission',
    access: signedIn,
    params: PermissionParams,
    success: 'ok',
    response: Permission,
    read: readPermission,
  });
  route(app, {
    method: 'patch',
    path: ONE,
    operation: 'permission.update',
    summary: 'Describe, retire or restore a permission of the app',
    access: platformOnly('permissions:update'),
    params: PermissionParams,
    body: PermissionUpdate,
    success: 'ok',
    response: Permission,
    handle: ({ context, params, body }) => updatePermission(context, params.code, body),
  });
  route(app, {
    method: 'get',
    path: `${ONE}/usage`,
    operation: 'permission.usage',
    summary: 'List the roles that grant a permission, by tenant',
    access: platformOnly('tenants:read'),
    params: PermissionParams,
    success: 'ok',
    response: PermissionUsage,
    handle: ({ context, params }) => readUsage(context, params.code),
  });
}
