import { AppError } from '../core/errors.ts';
import type { QueueLimits, TenantQueue } from '../core/services.ts';
import { isOutage } from './sql-error.ts';

const LONGEST_WAIT_MS = 4_000;
const ONE_AT_A_TIME: QueueLimits = { concurrency: 1, maxWaiting: 20 };

/** The work of one queue. */
interface Line {
  running: number;
  waiting: { start(): void; refuse(): void }[];
}

export function createTenantQueue(): TenantQueue {
  /** By queue; one without work has no entry. */
  const lines = new Map<string, Line>();

  function turn(queue: string, { concurrency, maxWaiting }: QueueLimits): Promise<void> {
    const line = lines.get(queue) ?? { running: 0, waiting: [] };
    lines.set(queue, line);
    if (line.running < concurrency) {
      line.running += 1;
      return Promise.resolve();
    }
    if (line.waiting.length >= maxWaiting) throw new AppError('rate_limited');
    return new Promise((resolve, reject) => {
      const end = (finish: () => void) => () => {
        clearTimeout(timeout);
        line.waiting.splice(line.waiting.indexOf(waiter), 1);
        finish();
      };
      const waiter = {
        start: end(resolve),
        refuse: end(() => reject(new AppError('unavailable'))),
      };
      const timeout = setTimeout(waiter.refuse, LONGEST_WAIT_MS);
      line.waiting.push(waiter);
    });
  }

  function next(queue: string): void {
    const line = lines.get(queue);
    const [first] = line?.waiting ?? [];
    if (first) first.start();
    else if (line && --line.running === 0) lines.delete(queue);
  }

  return {
    async run(queue, work, limits = ONE_AT_A_TIME) {
      await turn(queue, limits);
      try {
        return await work();
      } catch (error) {
        // The others would fail alike, each after the time that it takes to find no connection.
        if (isOutage(error)) for (const { refuse } of [...(lines.get(queue)?.waiting ?? [])]) refuse();
        throw error;
      } finally {
        next(queue);
      }
    },
    waiting: () => [...lines.values()].reduce((sum, { waiting }) => sum + waiting.length, 0),
  };
}
