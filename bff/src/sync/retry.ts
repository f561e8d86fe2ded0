import { applyStored, type InboxDeps } from './inbox.ts';

const MAX_ATTEMPTS = 8;
const BATCH = 200;

/** Tries again what failed or was left behind: later after each attempt, and after the eighth never again. */
export async function retryFailedEvents(deps: InboxDeps): Promise<number> {
  const due = await deps.db.sync.$queryRaw<{ id: string }[]>`
    SELECT id FROM webhook_event
    WHERE status IN ('received', 'failed') AND attempts < ${MAX_ATTEMPTS}
      AND coalesce(processed_at, received_at) + interval '5 seconds' * power(3, attempts) < clock_timestamp()
    ORDER BY received_at, id LIMIT ${BATCH}`;
  for (const { id } of due) await applyStored(deps, id, { requestId: id, ip: null, userAgent: null });
  return due.length;
}
