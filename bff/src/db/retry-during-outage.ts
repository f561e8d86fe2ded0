import { setTimeout as pause } from 'node:timers/promises';
import { isRetryable } from '../core/errors.ts';
import { isOutage } from './sql-error.ts';

const RETRY_EVERY_MS = 1_000;

/**
 * Repeats work while an outage of the database or a full queue makes it fail, so that neither costs the job an attempt. Throws all
 * other errors, and after `signal` is aborted these too.
 */
export async function retryDuringOutage<T>(work: () => Promise<T>, signal: AbortSignal): Promise<T> {
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!(isOutage(error) || isRetryable(error)) || signal.aborted) throw error;
      await pause(RETRY_EVERY_MS, undefined, { signal }).catch(() => undefined);
    }
  }
}
