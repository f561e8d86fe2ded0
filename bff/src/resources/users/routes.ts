import type { Hono } from 'hono';
import type { AppEnv } from '../../http/env.ts';
import { platformOnly, route } from '../../http/route.ts';
import { listOf } from '../../schema.ts';
import { listUsers, readUser } from './queries.ts';
import { User, UserDetail, UserListQuery, UserParams } from './schema.ts';

export function userRoutes(app: Hono<AppEnv>): void {
  route(app, {
    method: 'get',
    path: '/api/admin/users',
    operation: 'user.list',
    summary: 'List everybody',
    access: platformOnly('users:read'),
    query: UserListQuery,
    success: 'ok',
    response: listOf(User),
    handle: ({ context, query }) => listUsers(context, query),
  });
  route(app, {
    method: 'get',
    path: '/api/admin/users/:userId',
    operation: 'user.read',
    summary: 'Read a person and every tenant they belong to',
    access: platformOnly('users:read'),
    params: UserParams,
    success: 'ok',
    response: UserDetail,
    handle: ({ context, params }) => readUser(context, params.userId),
  });
}
