import type { Database } from '../../core/services.ts';
import { forgetEndedSessions } from '../apply/session.ts';

const BATCH = 5_000;

/** Empties messages that were done 90 days ago, and forgets sessions that ended long before any token of theirs. */
export async function purgeInbox({ db }: { db: Pick<Database, 'sync'> }): Promise<number> {
  await forgetEndedSessions(db.sync);
  for (let emptied = 0; ; ) {
    const count = await db.sync.$executeRaw`
      UPDATE webhook_event SET payload = jsonb_build_object('type', type, 'data', jsonb_strip_nulls(jsonb_build_object('id', object_id)))
      WHERE id IN (
        SELECT id FROM webhook_event
        WHERE received_at BETWEEN clock_timestamp() - interval '1 year' AND clock_timestamp() - interval '90 days'
          AND status IN ('applied', 'ignored') AND (payload -> 'data') - 'id' <> '{}'
        LIMIT ${BATCH} FOR UPDATE SKIP LOCKED)`;
    emptied += count;
    if (count < BATCH) return emptied;
  }
}
