import type { Hono } from 'hono';
import type { AppEnv } from '../../http/env.ts';
import { open, route } from '../../http/route.ts';
import { receiveClerkWebhook } from '../../sync/webhook.ts';
import { WebhookReceipt } from './schema.ts';

export function webhookRoutes(app: Hono<AppEnv>): void {
  route(app, {
    method: 'post',
    path: '/api/webhooks/clerk',
    operation: 'webhook.receive',
    summary: "Take a webhook of Clerk's; its signature is the proof",
    access: open,
    success: 'ok',
    response: WebhookReceipt,
    handle: async ({ context, c }) => ({
      result: await receiveClerkWebhook({ ...context.services, origin: context.origin }, c.req.raw),
    }),
  });
}
