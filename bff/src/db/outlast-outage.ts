import { setTimeout as pause } from 'node:timers/promises';
import { isTryLater } from '../core/errors.ts';
import { isOutage } from './sql-error.ts';

const RETRY_EVERY_MS = 1_000;

/**
 * Repeats work for as long as an outage of the database or a full queue makes it fail, so that neither costs an attempt. Throws any
 * other error, and these once `signal` is aborted.
 */
export async function outlastOutage<T>(work: () => Promise<T>, signal: AbortSignal): Promise<T> {
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!(isOutage(error) || isTryLater(error)) || signal.aborted) throw error;
      await pause(RETRY_EVERY_MS, undefined, { signal }).catch(() => undefined);
    }
  }
}
