import { setTimeout as pause } from 'node:timers/promises';
import type { QueueStats } from '../../core/queue.ts';
import type { Services } from '../../core/services.ts';
import { onlyRow } from '../../db/rows.ts';
import { atMostOncePerSecond } from '../once-per-second.ts';
import { registerGauge } from './gauge.ts';

/** A scrape must not wait for a database that does not answer. */
const LONGEST_READ_MS = 2_000;
/** Counts end here, so that a large backlog costs no more than this. */
const COUNT_CAP = 100_000;

/** Work that waits in the database, for all instances. */
interface Backlog {
  inboxWaiting: number;
  inboxDead: number;
  inboxOldest: number;
  outboxWaiting: number;
  outboxDead: number;
  outboxOldest: number;
  openDrift: number;
  lastSync: number;
}

type Reading = { work: Backlog; queues: QueueStats[] } | null;

const WORK_GAUGES: readonly [name: string, help: string, of: keyof Backlog][] = [
  ['rolecall_inbox_waiting', 'Webhook events that are stored and not processed', 'inboxWaiting'],
  ['rolecall_inbox_dead', 'Webhook events that failed permanently', 'inboxDead'],
  ['rolecall_inbox_oldest_seconds', 'Age of the oldest event that waits', 'inboxOldest'],
  ['rolecall_outbox_waiting', 'Roles that are not yet pushed to the identity provider', 'outboxWaiting'],
  ['rolecall_outbox_dead', 'Role pushes that failed permanently', 'outboxDead'],
  ['rolecall_outbox_oldest_seconds', 'Age of the oldest push that waits', 'outboxOldest'],
  ['rolecall_drift_open', 'Open differences found by the latest reconciliation', 'openDrift'],
  ['rolecall_sync_last_success_timestamp_seconds', 'When a sync run last finished; 0 when none has', 'lastSync'],
];

const QUEUE_GAUGES: readonly [name: string, help: string, of: keyof Omit<QueueStats, 'queue'>][] = [
  ['rolecall_jobs_waiting', 'Jobs that are due and not started', 'waiting'],
  ['rolecall_jobs_failed', 'Jobs that failed permanently, as long as they are stored', 'failed'],
  ['rolecall_jobs_oldest_seconds', 'For how long the oldest job has been due', 'oldestSeconds'],
];

/** Registers what the database knows. While it does not answer, these are absent and the others remain. */
export function registerBacklog(services: Services): void {
  const { registry } = services.metrics;
  const read = atMostOncePerSecond(() => readBacklog(services));
  for (const [name, help, of] of WORK_GAUGES)
    registerGauge(registry, { name, help }, async () => {
      const reading = await read();
      return reading ? [[{}, reading.work[of]]] : [];
    });
  for (const [name, help, of] of QUEUE_GAUGES)
    registerGauge(registry, { name, help, labelNames: ['queue'] }, async () =>
      ((await read())?.queues ?? []).map((stats) => [{ queue: stats.queue }, stats[of]] as const),
    );
  registerGauge(
    registry,
    { name: 'rolecall_database_up', help: 'Whether the database answered this scrape' },
    async () => [[{}, (await read()) ? 1 : 0]],
  );
}

async function readBacklog({ db, queue, log }: Services): Promise<Reading> {
  try {
    const reading = Promise.all([readWork(db), queue.stats()]);
    const answer = await Promise.race([reading, pause(LONGEST_READ_MS, null, { ref: false })]);
    if (!answer) throw new Error('the database did not answer in time');
    const [work, queues] = answer;
    return { work, queues };
  } catch (error) {
    log.warn({ err: error }, 'metrics lack the figures of the database');
    return null;
  }
}

/** `status <> …` repeats the conditions of partial indexes, which PostgreSQL uses only for queries that contain them. */
async function readWork(db: Services['db']): Promise<Backlog> {
  const rows = await db.platform.$queryRaw<Backlog[]>`
    WITH inbox AS (
      SELECT count(*)::int AS waiting FROM (
        SELECT 1 FROM webhook_event WHERE status IN ('received', 'failed') LIMIT ${COUNT_CAP}::int) event
    ), inbox_dead AS (
      SELECT count(*)::int AS dead FROM (
        SELECT 1 FROM webhook_event WHERE status = 'dead' AND status <> 'applied' LIMIT ${COUNT_CAP}::int) event
    ), inbox_oldest AS (
      SELECT least(
        (SELECT min(received_at) FROM webhook_event WHERE status = 'received' AND status <> 'applied'),
        (SELECT min(received_at) FROM webhook_event WHERE status = 'failed' AND status <> 'applied')) AS at
    ), outbox AS (
      SELECT count(*) FILTER (WHERE status = 'pending')::int AS waiting, count(*) FILTER (WHERE status = 'dead')::int AS dead,
        min(requested_at) FILTER (WHERE status = 'pending') AS oldest
      FROM (SELECT status, requested_at FROM identity_push
        WHERE status IN ('pending', 'dead') AND status <> 'done' ORDER BY status, requested_at LIMIT ${COUNT_CAP}::int) push
    ), drift AS (
      SELECT count(*)::int AS open FROM (
        SELECT 1 FROM sync_drift
        WHERE state = 'open' AND run_id = (SELECT id FROM sync_run WHERE kind = 'reconcile' ORDER BY started_at DESC, id DESC LIMIT 1)
        LIMIT ${COUNT_CAP}::int) item
    )
    SELECT inbox.waiting AS "inboxWaiting", inbox_dead.dead AS "inboxDead",
      coalesce(extract(epoch FROM clock_timestamp() - inbox_oldest.at), 0)::float8 AS "inboxOldest",
      outbox.waiting AS "outboxWaiting", outbox.dead AS "outboxDead",
      coalesce(extract(epoch FROM clock_timestamp() - outbox.oldest), 0)::float8 AS "outboxOldest",
      drift.open AS "openDrift",
      coalesce((SELECT extract(epoch FROM max(finished_at)) FROM sync_run WHERE status = 'done'), 0)::float8 AS "lastSync"
    FROM inbox, inbox_dead, inbox_oldest, outbox, drift`;
  return onlyRow(rows);
}
