import { setTimeout as pause } from 'node:timers/promises';
import { isOutage } from './sql-error.ts';

const RETRY_EVERY_MS = 1_000;

/**
 * Repeats work for as long as an outage of the database makes it fail, so that the outage costs no attempt. Throws any other error,
 * and the outage once `signal` is aborted.
 */
export async function outlastOutage<T>(work: () => Promise<T>, signal: AbortSignal): Promise<T> {
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!isOutage(error) || signal.aborted) throw error;
      await pause(RETRY_EVERY_MS, undefined, { signal }).catch(() => undefined);
    }
  }
}
