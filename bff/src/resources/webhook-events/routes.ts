import type { Hono } from 'hono';
import { listOf } from '../../core/schema.ts';
import type { AppEnv } from '../../http/env.ts';
import { platformOnly, route } from '../../http/route.ts';
import { replayWebhookEvent, replayWebhookEvents } from './changes.ts';
import { readSyncHealth } from './health.ts';
import { listWebhookEvents, readWebhookEvent } from './queries.ts';
import {
  SyncHealth,
  SyncHealthQuery,
  WebhookEvent,
  WebhookEventDetail,
  WebhookEventListQuery,
  WebhookEventParams,
  WebhookEventReplay,
  WebhookEventReplayed,
} from './schema.ts';

const ALL = '/api/admin/webhook-events';
const [READ, RUN] = [platformOnly('sync:read'), platformOnly('sync:run')];

export function webhookEventRoutes(app: Hono<AppEnv>): void {
  route(app, {
    method: 'get',
    path: ALL,
    operation: 'webhook-event.list',
    summary: 'List webhook events',
    access: READ,
    query: WebhookEventListQuery,
    success: 'ok',
    response: listOf(WebhookEvent),
    read: listWebhookEvents,
  });
  route(app, {
    method: 'post',
    path: `${ALL}/replay`,
    operation: 'webhook-event.replay-many',
    summary: 'Replay webhook events by status and type',
    access: RUN,
    body: WebhookEventReplay,
    success: 'ok',
    response: WebhookEventReplayed,
    handle: ({ context, body }) => replayWebhookEvents(context, body),
  });
  route(app, {
    method: 'get',
    path: `${ALL}/:eventId`,
    operation: 'webhook-event.read',
    summary: 'Get a webhook event and its effects',
    access: READ,
    params: WebhookEventParams,
    success: 'ok',
    response: WebhookEventDetail,
    read: readWebhookEvent,
  });
  route(app, {
    method: 'post',
    path: `${ALL}/:eventId/replay`,
    operation: 'webhook-event.replay',
    summary: 'Replay a webhook event',
    access: RUN,
    params: WebhookEventParams,
    success: 'ok',
    response: WebhookEventDetail,
    handle: ({ context, params }) => replayWebhookEvent(context, params.eventId),
  });
  route(app, {
    method: 'get',
    path: '/api/admin/sync/health',
    operation: 'sync.health',
    summary: 'Get the health of webhook processing',
    access: READ,
    query: SyncHealthQuery,
    success: 'ok',
    response: SyncHealth,
    read: readSyncHealth,
  });
}
