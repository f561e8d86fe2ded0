import { verifyWebhook } from '@clerk/backend/webhooks';
import { AppError } from '../errors.ts';
import { readBytes } from '../read-bytes.ts';
import { type IncomingEvent, readEvent } from './inbox-payload.ts';

const MAX_BYTES = 1_000_000;
const SIGNED_HEADERS = ['svix-id', 'svix-timestamp', 'svix-signature'] as const;

/** What PostgreSQL cannot hold gets into JSON by its escapes only: NUL, and halves of characters. */
const UNSTORABLE = /\\u(?:0000|d[89a-f])/i;

/**
 * Verifies the bytes of a message as they came, and reads it. Throws webhooks_not_configured, too_large or
 * webhook_not_verified.
 */
export async function readWebhook(
  signingSecret: string | null,
  request: Request,
  onArrival?: (bytes: number) => void,
): Promise<{ id: string; event: IncomingEvent }> {
  const secret = usableSecret(signingSecret);
  const body = await readBytes(request, MAX_BYTES, onArrival);
  const id = await verifiedId(request.headers, body, secret);
  const text = body.toString('utf8');
  return { id, event: readEvent(JSON.parse(text), { isPlain: !UNSTORABLE.test(text) }) };
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
