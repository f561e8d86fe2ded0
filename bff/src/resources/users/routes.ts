import type { Hono } from 'hono';
import { listOf } from '../../core/schema.ts';
import type { AppEnv } from '../../http/env.ts';
import { platformOnly, route } from '../../http/route.ts';
import { listUsers, readUser } from './queries.ts';
import { countRoles } from './role-counts.ts';
import { RoleCounts, User, UserDetail, UserListQuery, UserParams, UserUpdate } from './schema.ts';
import { updateUser } from './update.ts';

export function userRoutes(app: Hono<AppEnv>): void {
  route(app, {
    method: 'get',
    path: '/api/admin/users',
    operation: 'user.list',
    summary: 'List users',
    access: platformOnly('users:read'),
    query: UserListQuery,
    success: 'ok',
    response: listOf(User),
    read: listUsers,
  });
  route(app, {
    method: 'get',
    path: '/api/admin/users/:userId',
    operation: 'user.read',
    summary: 'Get a user and their memberships',
    access: platformOnly('users:read'),
    params: UserParams,
    success: 'ok',
    response: UserDetail,
    read: readUser,
  });
  route(app, {
    method: 'patch',
    path: '/api/admin/users/:userId',
    operation: 'user.update',
    summary: "Change a user's app role, or the role in another tenant than the default one",
    access: platformOnly('users:update', { tenantId: 'roles:assign' }),
    params: UserParams,
    body: UserUpdate,
    success: 'ok',
    previews: true,
    response: UserDetail,
    handle: ({ context, params, body }) => updateUser(context, params.userId, body),
  });
  route(app, {
    method: 'get',
    path: '/api/admin/role-counts',
    operation: 'role-counts.read',
    summary: 'Count users by role',
    access: platformOnly('users:read'),
    success: 'ok',
    response: RoleCounts,
    read: countRoles,
  });
}
