import { AppError } from '../core/errors.ts';
import type { QueueLimits, TenantQueue } from '../core/services.ts';

const LONGEST_WAIT_MS = 4_000;
const RETRY_SECONDS = 2;
const ONE_AT_A_TIME: QueueLimits = { concurrency: 1, mostWaiting: 20 };

/** The work of one queue. */
interface Line {
  running: number;
  waiting: (() => void)[];
}

export function createTenantQueue(): TenantQueue {
  /** By queue; one without work has no entry. */
  const lines = new Map<string, Line>();

  function turn(queue: string, { concurrency, mostWaiting }: QueueLimits): Promise<void> {
    const line = lines.get(queue) ?? { running: 0, waiting: [] };
    lines.set(queue, line);
    if (line.running < concurrency) {
      line.running += 1;
      return Promise.resolve();
    }
    if (line.waiting.length >= mostWaiting) throw new AppError('rate_limited', { retryAfterSeconds: RETRY_SECONDS });
    return new Promise((resolve, reject) => {
      const start = () => {
        clearTimeout(timeout);
        resolve();
      };
      const timeout = setTimeout(() => {
        line.waiting.splice(line.waiting.indexOf(start), 1);
        reject(new AppError('unavailable', { retryAfterSeconds: RETRY_SECONDS }));
      }, LONGEST_WAIT_MS);
      line.waiting.push(start);
    });
  }

  function next(queue: string): void {
    const line = lines.get(queue);
    const start = line?.waiting.shift();
    if (start) start();
    else if (line && --line.running === 0) lines.delete(queue);
  }

  return {
    async run(queue, work, limits = ONE_AT_A_TIME) {
      await turn(queue, limits);
      try {
        return await work();
      } finally {
        next(queue);
      }
    },
    waiting: () => [...lines.values()].reduce((sum, { waiting }) => sum + waiting.length, 0),
  };
}
