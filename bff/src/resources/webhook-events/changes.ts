import { Prisma } from '@rolecall/prisma/client';
import type { z } from 'zod';
import type { AuthorizedContext } from '../../access/actor.ts';
import { change } from '../../audit/change.ts';
import { AppError } from '../../core/errors.ts';
import { readNow } from '../../http/read.ts';
import { HAS_CONTENT, ofType, readWebhookEvent } from './queries.ts';
import type { WebhookEventDetail, WebhookEventReplay } from './schema.ts';

const MAX_REPLAYED = 10_000;
const REPLAY = { action: 'webhook_event.replayed', category: 'identity', permission: 'sync:run' } as const;
const RESET = Prisma.sql`status = 'received', attempts = 0, last_error = NULL, next_attempt_at = clock_timestamp()`;

/** Replays an event by the usual rules: a stale one is still ignored. Throws not_found or conflict. */
export async function replayWebhookEvent(context: AuthorizedContext, id: string): Promise<WebhookEventDetail> {
  const event = await readNow(context, readWebhookEvent, { eventId: id });
  if (!event.hasContent) throw new AppError('conflict', { detail: 'The content of this event has been removed' });
  await change(context, REPLAY, async ({ tx }) => {
    await tx.$executeRaw`UPDATE webhook_event SET ${RESET} WHERE id = ${id}`;
    return {
      result: null,
      before: { status: event.status, attempts: event.attempts },
      after: { status: 'received', attempts: 0 },
      target: { type: 'webhook_event', id, label: event.type },
    };
  });
  startSweep(context);
  return readNow(context, readWebhookEvent, { eventId: id });
}

/** Replays the matching events and returns their number. */
export async function replayWebhookEvents(
  context: AuthorizedContext,
  { status, type, objectId, receivedFrom, receivedTo }: z.output<typeof WebhookEventReplay>,
): Promise<{ count: number }> {
  const conditions = [
    Prisma.sql`status = ${status} AND status <> 'applied' AND ${HAS_CONTENT}`,
    ...(type ? [ofType(type)] : []),
    ...(objectId ? [Prisma.sql`object_id = ${objectId}`] : []),
    ...(receivedFrom ? [Prisma.sql`received_at >= ${receivedFrom}::timestamptz`] : []),
    ...(receivedTo ? [Prisma.sql`received_at <= ${receivedTo}::timestamptz`] : []),
  ];
  // Only the login that reads across tenants sees contents.
  const matching = await context.services.db.platform.$queryRaw<{ id: string }[]>`
    SELECT id FROM webhook_event WHERE ${Prisma.join(conditions, ' AND ')} ORDER BY received_at, id LIMIT ${MAX_REPLAYED}`;
  const ids = matching.map(({ id }) => id);
  const result = await change(context, REPLAY, async ({ tx }) => {
    const count = await tx.$executeRaw`
      UPDATE webhook_event SET ${RESET} WHERE id = ANY (${ids}) AND status = ${status}`;
    return {
      result: { count },
      before: { status },
      after: count > 0 ? { status: 'received', count } : { status },
      target: { type: 'webhook_event', id: 'many', label: type ?? null },
      context: { type, objectId, receivedFrom, receivedTo },
    };
  });
  startSweep(context);
  return result;
}

function startSweep({ services: { inbox, log } }: AuthorizedContext): void {
  inbox.sweep().catch((error) => log.error({ err: error }, 'replay sweep failed; next scheduled sweep in up to 5 s'));
}
