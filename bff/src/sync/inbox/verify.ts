import { readBytes } from '../../core/bytes.ts';
import { AppError } from '../../core/errors.ts';
import { parseStorable } from '../../identity/storable.ts';
import type { HeldBody } from './held-bodies.ts';
import { type IncomingEvent, parseEvent } from './payload.ts';

const MAX_BYTES = 1_000_000;
/** That of Svix: five minutes, plus what the clocks lose to rounding. */
const TOLERANCE_S = 301;

/**
 * Throws webhook_not_verified when the headers alone show that no signature can be valid: before the body is read, so that holding one
 * takes at least the headers of a fresh message.
 */
export function assertWellSigned(headers: Headers): void {
  const header = (name: string) => headers.get(`svix-${name}`)?.trim() ?? '';
  const seconds = /^\d{1,12}$/.test(header('timestamp')) ? Number(header('timestamp')) : 0;
  const isFresh = Math.abs(Date.now() / 1000 - seconds) <= TOLERANCE_S;
  const isSigned = header('signature')
    .split(' ')
    .some((signature) => /^v1,[A-Za-z0-9+/]{43}=$/.test(signature));
  if (!isFresh || !isSigned || !/^\S{1,255}$/.test(header('id'))) throw new AppError('webhook_not_verified');
}

/** Verifies the raw bytes of a webhook, and parses it. Throws too_large or webhook_not_verified. */
export async function readWebhook(
  secrets: readonly string[],
  request: Request,
  held: HeldBody,
): Promise<{ id: string; event: IncomingEvent }> {
  const body = await readBytes(request, MAX_BYTES, { onBytes: held.add, signal: held.signal });
  held.finish();
  const text = body.toString('utf8');
  await assertVerified(request.headers, text, secrets);
  const id = request.headers.get('svix-id')?.trim() ?? '';
  return { id, event: parseEvent(parseStorable(text)) };
}

async function assertVerified(headers: Headers, text: string, secrets: readonly string[]): Promise<void> {
  const { verifyWebhook } = await import('@clerk/backend/webhooks');
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
