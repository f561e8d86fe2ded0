import { verifyWebhook } from '@clerk/backend/webhooks';
import type { Config } from '../config.ts';
import { AppError } from '../errors.ts';
import type { Origin } from '../http/context.ts';
import { readBytes } from '../read-bytes.ts';
import { applyStored, type InboxDeps, type Receipt, storeEvent } from './inbox.ts';
import { readEvent } from './inbox-payload.ts';

interface WebhookDeps extends Omit<InboxDeps, 'config'> {
  config: InboxDeps['config'] & Pick<Config, 'clerk'>;
  origin: Origin;
}

const MAX_BYTES = 1_000_000;
const SIGNED_HEADERS = ['svix-id', 'svix-timestamp', 'svix-signature'] as const;

/**
 * Verifies the bytes as they came, keeps the event, then applies it. Once it is kept the sender has done its part, so a
 * failure to apply is no failure of the request. Throws webhooks_not_configured, too_large or webhook_not_verified.
 */
export async function receiveClerkWebhook(deps: WebhookDeps, request: Request): Promise<Receipt> {
  const secret = usableSecret(deps.config.clerk.webhookSecret);
  const body = await readBytes(request, MAX_BYTES);
  const id = await verifiedId(request.headers, body, secret);
  await storeEvent(deps, id, readEvent(JSON.parse(body.toString('utf8'))));
  return applyStored(deps, id, deps.origin);
}

function usableSecret(secret: string | null): string {
  const key = secret?.replace(/^whsec_/, '') ?? '';
  const isBase64 = /^[A-Za-z0-9+/]+={0,2}$/.test(key) && key.length % 4 === 0;
  if (!secret || !isBase64) throw new AppError('webhooks_not_configured');
  return secret;
}

async function verifiedId(given: Headers, body: Buffer<ArrayBuffer>, signingSecret: string): Promise<string> {
  const headers = new Headers();
  for (const name of SIGNED_HEADERS) headers.set(name, given.get(name) ?? '');
  try {
    await verifyWebhook(new Request('http://localhost', { method: 'POST', headers, body }), { signingSecret });
  } catch {
    throw new AppError('webhook_not_verified');
  }
  return headers.get('svix-id') ?? '';
}
