import type { Logger } from 'pino';
import type { Database } from '../db/database.ts';
import { type Tx, tenantTx } from '../db/tenant-tx.ts';
import type { Origin } from '../http/context.ts';
import { type Applied, NOWHERE, type SyncSettings } from './cause.ts';
import { applyEvent } from './events.ts';
import type { IncomingEvent } from './inbox-payload.ts';

export interface InboxDeps {
  config: SyncSettings;
  db: Pick<Database, 'sync'>;
  log: Logger;
}

/** `stored`: kept, and to be tried again. */
export type Receipt = Applied | 'duplicate' | 'stored';

/** Keeps the event. The sender's id is unique, so a repeated message is one row. */
export async function storeEvent({ db }: Pick<InboxDeps, 'db'>, id: string, event: IncomingEvent): Promise<void> {
  const { payload, ...rest } = event;
  await db.sync.webhookEvent.createMany({
    data: { id, source: 'clerk', ...rest, payload: JSON.parse(JSON.stringify(payload)) },
    skipDuplicates: true,
  });
}

/** Applies a stored event once: in one transaction with its mark. A failure is noted, to be tried again later. */
export async function applyStored(deps: InboxDeps, id: string, origin: Origin): Promise<Receipt> {
  try {
    return await tenantTx(deps.db.sync, NOWHERE, async (tx) => {
      const event = await takeEvent(tx, id);
      if (!event) return 'duplicate';
      const { type, data } = event.payload;
      const cause = {
        actor: { type: 'webhook' as const, id, sessionId: null },
        origin,
        settings: deps.config,
      };
      const result = await applyEvent(tx, type, data, cause);
      await markDone(tx, id, result);
      return result;
    });
  } catch (error) {
    await markFailed(deps, id, error);
    return 'stored';
  }
}

interface StoredEvent {
  payload: { type: string; data: unknown };
}

// Whoever holds the row is applying it at this moment: then it is nobody else's to do.
async function takeEvent(tx: Tx, id: string): Promise<StoredEvent | undefined> {
  const [event] = await tx.$queryRaw<StoredEvent[]>`
    SELECT payload FROM webhook_event WHERE id = ${id} AND status IN ('received', 'failed') FOR UPDATE SKIP LOCKED`;
  return event;
}

// A word about a person that came too late is not kept: it may be about somebody who was erased.
const markDone = (tx: Tx, id: string, result: Applied) => tx.$executeRaw`
  UPDATE webhook_event
  SET status = ${result}, attempts = attempts + 1, last_error = NULL, processed_at = clock_timestamp(),
    payload = CASE WHEN ${result} = 'ignored' AND type LIKE 'user.%'
      THEN jsonb_build_object('type', type, 'data', jsonb_build_object('id', object_id)) ELSE payload END
  WHERE id = ${id}`;

async function markFailed({ db, log }: InboxDeps, id: string, error: unknown): Promise<void> {
  const reason = (error instanceof Error ? error.message : String(error)).slice(-1000);
  log.error({ err: error, event: id }, 'a webhook event could not be applied');
  await db.sync.$executeRaw`
    UPDATE webhook_event
    SET status = 'failed', attempts = attempts + 1, last_error = ${reason}, processed_at = clock_timestamp()
    WHERE id = ${id} AND status IN ('received', 'failed')`;
}
