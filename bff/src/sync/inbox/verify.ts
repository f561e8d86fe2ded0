import { verifyWebhook } from '@clerk/backend/webhooks';
import { readBytes } from '../../core/bytes.ts';
import { AppError } from '../../core/errors.ts';
import { parseStorable } from '../../identity/storable.ts';
import { type IncomingEvent, parseEvent } from './payload.ts';

const MAX_BYTES = 1_000_000;

/** Verifies the raw bytes of a webhook, and parses it. Throws webhooks_not_configured, too_large or webhook_not_verified. */
export async function readWebhook(
  signingSecrets: readonly string[],
  request: Request,
  onChunk?: (bytes: number) => void,
): Promise<{ id: string; event: IncomingEvent }> {
  const secrets = signingSecrets.filter(isUsable);
  if (secrets.length === 0) throw new AppError('webhooks_not_configured');
  const body = await readBytes(request, MAX_BYTES, onChunk);
  const text = body.toString('utf8');
  await assertVerified(request.headers, text, secrets);
  const id = request.headers.get('svix-id')?.trim() ?? '';
  return { id, event: parseEvent(parseStorable(text)) };
}

function isUsable(secret: string): boolean {
  const key = secret.replace(/^whsec_/, '');
  return /^[A-Za-z0-9+/]+={0,2}$/.test(key) && key.length % 4 === 0;
}

async function assertVerified(headers: Headers, text: string, secrets: readonly string[]): Promise<void> {
  // All that Clerk's check reads of a request; building a whole one would take longer than the check.
  const signed = { headers, text: () => Promise.resolve(text) } as Request;
  for (const signingSecret of secrets) {
    const isVerified = await verifyWebhook(signed, { signingSecret }).then(
      () => true,
      () => false,
    );
    if (isVerified) return;
  }
  throw new AppError('webhook_not_verified');
}
