import type { Hono } from 'hono';
import type { AppEnv } from '../../http/env.ts';
import { byApiKey, route } from '../../http/route.ts';
import { checkAccess } from './queries.ts';
import { AccessCheckAnswer, AccessCheckRequest } from './schema.ts';

export function accessCheckRoutes(app: Hono<AppEnv>): void {
  route(app, {
    method: 'post',
    path: '/api/access/check',
    operation: 'access.check',
    summary: 'Check up to 100 permissions of users in tenants; checks are not audited',
    access: byApiKey,
    body: AccessCheckRequest,
    perItem: true,
    success: 'ok',
    response: AccessCheckAnswer,
    read: checkAccess,
  });
}
