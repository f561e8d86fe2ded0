import type { Database } from '../../core/services.ts';
import { purgeEndedSessions } from '../apply/session.ts';

const BATCH = 5_000;

/** Removes the content of events received over 90 days ago, and sessions whose tokens have expired. Returns the number of events. */
export async function purgeInbox({ db }: { db: Pick<Database, 'sync'> }): Promise<number> {
  await purgeEndedSessions(db.sync);
  for (let erased = 0; ; ) {
    const count = await db.sync.$executeRaw`
      UPDATE webhook_event SET payload = jsonb_build_object('type', type, 'data', jsonb_strip_nulls(jsonb_build_object('id', object_id)))
      WHERE id IN (
        SELECT id FROM webhook_event
        WHERE received_at BETWEEN clock_timestamp() - interval '1 year' AND clock_timestamp() - interval '90 days'
          AND status IN ('applied', 'ignored') AND (payload -> 'data') - 'id' <> '{}'
        LIMIT ${BATCH} FOR UPDATE SKIP LOCKED)`;
    erased += count;
    if (count < BATCH) return erased;
  }
}
