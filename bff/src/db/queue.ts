import { PgBoss } from 'pg-boss';
import { QUEUES, type Queue, type QueueStats } from '../core/queue.ts';
import { type DatabaseAddress, sessionUrl } from './connect/address.ts';
import { retryDuringOutage } from './retry-during-outage.ts';

export const QUEUE_SCHEMA = 'queue';

const STOP_WITHIN_MS = 5_000;
/** How often a worker polls, in case the notification of a job is lost. */
const POLL_S = 2;

const STATS = `
  SELECT queue, count(*) FILTER (WHERE job.state <> 'failed')::int AS waiting, count(*) FILTER (WHERE job.state = 'failed')::int AS failed,
    coalesce(extract(epoch FROM now() - min(job.start_after) FILTER (WHERE job.state <> 'failed')), 0)::float8 AS "oldestSeconds"
  FROM unnest($1::text[]) AS queue
  LEFT JOIN ${QUEUE_SCHEMA}.job ON job.name = queue
    AND (job.state = 'failed' OR (job.state IN ('created', 'retry') AND job.start_after <= now()))
  GROUP BY queue`;

/** Connects on first use. `onError` is called for errors from which it recovers automatically. */
export function openQueue(address: DatabaseAddress, onError: (error: Error) => void): Queue {
  const connectionString = sessionUrl(address, 'queue');
  let started: Promise<PgBoss> | undefined;
  const boss = () => {
    started ??= startBoss(connectionString, onError).catch((error) => {
      started = undefined;
      throw error;
    });
    return started;
  };
  return {
    async send(name, data, { after = 0, key } = {}) {
      return (await boss()).send(name, data, {
        startAfter: after,
        ...(key === undefined ? {} : { singletonKey: key }),
      });
    },
    async work(name, handler, { concurrency = 1 } = {}) {
      const running = await boss();
      for (let worker = 0; worker < concurrency; worker++) {
        const id: string = await running.work<object>(name, { notifyPollingIntervalSeconds: POLL_S }, async ([job]) => {
          try {
            if (job) await retryDuringOutage(() => handler(job.data as Parameters<typeof handler>[0], job), job.signal);
          } finally {
            // Otherwise the worker would fetch the next job only after its polling interval.
            running.notifyWorker(id);
          }
        });
      }
    },
    async schedule(name, cron) {
      await (await boss()).schedule(name, cron);
    },
    async stats() {
      const { rows } = await (await boss()).getDb().executeSql(STATS, [Object.keys(QUEUES)]);
      return rows as QueueStats[];
    },
    async stop() {
      // Without a database it never started.
      await (await started?.catch(() => undefined))?.stop({ timeout: STOP_WITHIN_MS });
    },
  };
}

// The migrating login creates the tables; this login may not create or alter any.
async function startBoss(connectionString: string, onError: (error: Error) => void): Promise<PgBoss> {
  const boss = new PgBoss({
    connectionString,
    schema: QUEUE_SCHEMA,
    max: 3,
    connectionTimeoutMillis: 2_000,
    migrate: false,
    createSchema: false,
    reindex: false,
    // How soon a job whose worker died is noticed.
    superviseIntervalSeconds: 15,
    monitorIntervalSeconds: 15,
    useListenNotify: true,
  });
  boss.on('error', onError);
  return boss.start();
}
