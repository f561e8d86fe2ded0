import { loginUrl } from 'database/logins';
import { PgBoss } from 'pg-boss';

export const QUEUE_SCHEMA = 'queue';

/**
 * Every kind of job there is. `short`: no second one waits while one of the same key does. `singleton`: no second one is done while
 * one is.
 */
export const QUEUES = {
  'audit-partitions': { policy: 'short', notify: true, retryLimit: 3, expireInSeconds: 60 },
  'identity-pushes': { policy: 'singleton', notify: true, retryLimit: 0, expireInSeconds: 7200, heartbeatSeconds: 15 },
  'nightly-sync': { policy: 'short', notify: true, retryLimit: 3, expireInSeconds: 60 },
  'member-roles': { policy: 'standard', notify: true, retryLimit: 3, expireInSeconds: 900, heartbeatSeconds: 15 },
} as const;
type QueueName = keyof typeof QUEUES;

interface SendOptions {
  /** Not before this many seconds have passed. */
  after?: number;
  /** Of several waiting jobs with the same key only the first is kept, in queues of policy `short`. */
  key?: string;
}

interface WorkOptions {
  /** How many jobs this instance does at once. */
  atOnce?: number;
}

/** Work that is done later, once, by whichever instance is free; a job whose worker died is done again. */
export interface Queue {
  /** Answers the job's id, or null when one of the same key waits already. */
  send(name: QueueName, data: object, options?: SendOptions): Promise<string | null>;
  /** Does the jobs of this name. A handler that throws is called again as often as the queue says; `signal` ends with the server. */
  work<T extends object>(
    name: QueueName,
    handler: (data: T, job: { id: string; signal: AbortSignal }) => Promise<unknown>,
    options?: WorkOptions,
  ): Promise<void>;
  /** Sends a job by the clock (cron, UTC), one however many instances run. */
  schedule(name: QueueName, cron: string): Promise<void>;
  stop(): Promise<void>;
}

const STOP_WITHIN_MS = 5_000;
/** How often a worker looks by itself, should the hint that there is a job be lost. */
const POLL_S = 2;

/** Connects when it is first used. `onError` hears of faults that it mends by itself. */
export function openQueue(ownerUrl: string, onError: (error: Error) => void): Queue {
  let started: Promise<PgBoss> | undefined;
  const boss = () => {
    started ??= startBoss(ownerUrl, onError).catch((error) => {
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
    async work(name, handler, { atOnce = 1 } = {}) {
      const running = await boss();
      for (let worker = 0; worker < atOnce; worker++) {
        const id: string = await running.work<object>(name, { notifyPollingIntervalSeconds: POLL_S }, async ([job]) => {
          try {
            if (job) await handler(job.data as Parameters<typeof handler>[0], job);
          } finally {
            // After one job comes the next: a worker left alone would look again only when its interval is over.
            running.notifyWorker(id);
          }
        });
      }
    },
    async schedule(name, cron) {
      await (await boss()).schedule(name, cron);
    },
    async stop() {
      await (await started)?.stop({ timeout: STOP_WITHIN_MS });
    },
  };
}

// The tables are made by the owner when the database is prepared: this login may not make or alter any.
async function startBoss(ownerUrl: string, onError: (error: Error) => void): Promise<PgBoss> {
  const boss = new PgBoss({
    connectionString: loginUrl(ownerUrl, 'queue'),
    schema: QUEUE_SCHEMA,
    max: 3,
    connectionTimeoutMillis: 2_000,
    migrate: false,
    createSchema: false,
    reindex: false,
    // How soon it is seen that a job's worker died.
    superviseIntervalSeconds: 15,
    monitorIntervalSeconds: 15,
    useListenNotify: true,
  });
  boss.on('error', onError);
  return boss.start();
}
