import { Prisma } from 'database/client';
import type { z } from 'zod';
import { change } from '../../audit/change.ts';
import type { RequestContext } from '../../core/context.ts';
import { AppError } from '../../core/errors.ts';
import { ofType, readWebhookEvent } from './queries.ts';
import type { WebhookEventDetail, WebhookEventReplay } from './schema.ts';

const MAX_AT_ONCE = 10_000;
const REPLAY = { action: 'webhook_event.replayed', category: 'identity', permission: 'sync:run' };
const AGAIN = Prisma.sql`status = 'received', attempts = 0, last_error = NULL, next_attempt_at = clock_timestamp()`;

/** Applies one event again, by the same rules as at first: an older word still never wins. Throws not_found or conflict. */
export async function replayWebhookEvent(context: RequestContext, id: string): Promise<WebhookEventDetail> {
  const event = await readWebhookEvent(context, id);
  if (!event.hasContent) throw new AppError('conflict', { detail: 'The content of this event is no longer kept' });
  await change(context, REPLAY, async ({ tx }) => {
    await tx.$executeRaw`UPDATE webhook_event SET ${AGAIN} WHERE id = ${id}`;
    return {
      result: null,
      before: { status: event.status, attempts: event.attempts },
      after: { status: 'received', attempts: 0 },
      target: { type: 'webhook_event', id, label: event.type },
    };
  });
  applySoon(context);
  return readWebhookEvent(context, id);
}

/** Applies many events again. Answers how many. */
export async function replayWebhookEvents(
  context: RequestContext,
  { status, type, objectId, receivedFrom, receivedTo }: z.output<typeof WebhookEventReplay>,
): Promise<{ count: number }> {
  const conditions = [
    Prisma.sql`status = ${status} AND status <> 'applied'`,
    ...(type ? [ofType(type)] : []),
    ...(objectId ? [Prisma.sql`object_id = ${objectId}`] : []),
    ...(receivedFrom ? [Prisma.sql`received_at >= ${receivedFrom}::timestamptz`] : []),
    ...(receivedTo ? [Prisma.sql`received_at <= ${receivedTo}::timestamptz`] : []),
  ];
  const result = await change(context, REPLAY, async ({ tx }) => {
    const count = await tx.$executeRaw`
      UPDATE webhook_event SET ${AGAIN} WHERE id IN (
        SELECT id FROM webhook_event WHERE ${Prisma.join(conditions, ' AND ')} ORDER BY received_at, id LIMIT ${MAX_AT_ONCE})`;
    return {
      result: { count },
      before: { status },
      after: count > 0 ? { status: 'received', count } : { status },
      target: { type: 'webhook_event', id: 'many', label: type ?? null },
      context: { type, objectId, receivedFrom, receivedTo },
    };
  });
  applySoon(context);
  return result;
}

function applySoon({ services: { inbox, log } }: RequestContext): void {
  inbox.sweep().catch((error) => log.error({ err: error }, 'replayed events wait for the next round'));
}
