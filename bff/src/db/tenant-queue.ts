import { AppError } from '../core/errors.ts';
import type { TenantQueue } from '../core/services.ts';

const MOST_WAITING = 20;
const LONGEST_WAIT_MS = 4_000;
const RETRY_SECONDS = 2;

export function createTenantQueue(): TenantQueue {
  /** Those who wait, by tenant; a tenant without an entry has no work running. */
  const waiting = new Map<string, (() => void)[]>();

  function turn(queue: string): Promise<void> {
    const line = waiting.get(queue);
    if (!line) {
      waiting.set(queue, []);
      return Promise.resolve();
    }
    if (line.length >= MOST_WAITING) throw new AppError('rate_limited', { retryAfterSeconds: RETRY_SECONDS });
    return new Promise((resolve, reject) => {
      const start = () => {
        clearTimeout(timeout);
        resolve();
      };
      const timeout = setTimeout(() => {
        line.splice(line.indexOf(start), 1);
        reject(new AppError('unavailable', { retryAfterSeconds: RETRY_SECONDS }));
      }, LONGEST_WAIT_MS);
      line.push(start);
    });
  }

  function next(queue: string): void {
    const start = waiting.get(queue)?.shift();
    if (start) start();
    else waiting.delete(queue);
  }

  return {
    async run(queue, work) {
      await turn(queue);
      try {
        return await work();
      } finally {
        next(queue);
      }
    },
    waiting: () => [...waiting.values()].reduce((sum, line) => sum + line.length, 0),
  };
}
