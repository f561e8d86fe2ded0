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
export type QueueName = keyof typeof QUEUES;

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
