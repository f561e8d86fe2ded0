import type { Hono } from 'hono';
import { listOf } from '../../core/schema.ts';
import type { AppEnv } from '../../http/env.ts';
import { platformOnly, route } from '../../http/route.ts';
import { replayDeadPushes } from '../../sync/outbox/replay.ts';
import { listIdentityPushes } from './queries.ts';
import { IdentityPush, IdentityPushListQuery, IdentityPushReplay, IdentityPushReplayed } from './schema.ts';

const ALL = '/api/admin/identity-pushes';

export function identityPushRoutes(app: Hono<AppEnv>): void {
  route(app, {
    method: 'get',
    path: ALL,
    operation: 'identity-push.list',
    summary: 'List role pushes to the identity provider',
    access: platformOnly('sync:read'),
    query: IdentityPushListQuery,
    success: 'ok',
    response: listOf(IdentityPush),
    read: listIdentityPushes,
  });
  route(app, {
    method: 'post',
    path: `${ALL}/replay`,
    operation: 'identity-push.replay',
    summary: 'Retry failed pushes',
    access: platformOnly('sync:run'),
    body: IdentityPushReplay,
    success: 'ok',
    response: IdentityPushReplayed,
    handle: async ({ context, body }) => ({ count: await replayDeadPushes(context, body) }),
  });
}
