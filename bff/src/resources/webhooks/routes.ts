import type { Hono } from 'hono';
import { AppError } from '../../core/errors.ts';
import type { AppEnv } from '../../http/env.ts';
import { bySignature, route } from '../../http/route.ts';
import { WebhookReceipt } from './schema.ts';

export function webhookRoutes(app: Hono<AppEnv>): void {
  route(app, {
    method: 'post',
    path: '/api/webhooks/clerk',
    operation: 'webhook.receive',
    summary: 'Receive a Clerk webhook',
    access: bySignature,
    success: 'ok',
    response: WebhookReceipt,
    problems: ['not_found', 'too_large'],
    handle: async ({ context: { services, origin }, c }) => {
      // Without Clerk this route does not exist. With it, a missing secret is our mistake, and the sender should retry.
      const isExpected = services.identity.name === 'clerk' || services.config.clerk.webhookSecrets.length > 0;
      if (!isExpected) throw new AppError('not_found');
      return { result: await services.inbox.receive(c.req.raw, origin) };
    },
  });
}
