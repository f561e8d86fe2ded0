import type { Hono } from 'hono';
import type { AppEnv } from '../../http/env.ts';
import { platformOnly, route } from '../../http/route.ts';
import { readTrends } from './queries.ts';
import { Trends } from './schema.ts';

export function trendRoutes(app: Hono<AppEnv>): void {
  route(app, {
    method: 'get',
    path: '/api/admin/trends',
    operation: 'trends.read',
    summary: 'Get the number of tenants, users and staff, and their growth in 30 days',
    access: platformOnly('tenants:read'),
    success: 'ok',
    response: Trends,
    handle: ({ context }) => readTrends(context),
  });
}
