/** All job queues. `short`: one waiting job per key. `singleton`: one active job. */
export const QUEUES = {
  'audit-partitions': { policy: 'short', notify: true, retryLimit: 3, expireInSeconds: 60 },
  'identity-pushes': { policy: 'singleton', notify: true, retryLimit: 0, expireInSeconds: 7200, heartbeatSeconds: 15 },
  'nightly-sync': { policy: 'short', notify: true, retryLimit: 3, expireInSeconds: 60 },
  'member-roles': { policy: 'standard', notify: true, retryLimit: 3, expireInSeconds: 900, heartbeatSeconds: 15 },
} as const;
type QueueName = keyof typeof QUEUES;

interface SendOptions {
  /** Delay in seconds. */
  after?: number;
  /** Deduplicates waiting jobs in queues of policy `short`. */
  key?: string;
}

interface WorkOptions {
  /** Jobs that this instance runs concurrently. */
  concurrency?: number;
}

export interface QueueStats {
  queue: QueueName;
  /** Due and not started. */
  waiting: number;
  /** Beyond their last retry. */
  failed: number;
  /** For how long the oldest job has been due; 0 when none is. */
  oldestSeconds: number;
}

/** Jobs run later, once, on any instance; a job whose worker died is run again. */
export interface Queue {
  /** Returns the job's id, or null when one of the same key already waits. */
  send(name: QueueName, data: object, options?: SendOptions): Promise<string | null>;
  /**
   * Registers the handler of a queue. One that throws is retried up to the queue's limit, which an outage of the database does not use up;
   * `signal` is aborted when the server stops.
   */
  work<T extends object>(
    name: QueueName,
    handler: (data: T, job: { id: string; signal: AbortSignal }) => Promise<unknown>,
    options?: WorkOptions,
  ): Promise<void>;
  /** Schedules a job (cron, UTC), once for all instances. */
  schedule(name: QueueName, cron: string): Promise<void>;
  /** Returns what waits in each queue. */
  stats(): Promise<QueueStats[]>;
  stop(): Promise<void>;
}
