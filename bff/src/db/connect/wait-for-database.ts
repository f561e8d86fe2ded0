import { setTimeout as pause } from 'node:timers/promises';
import { withClient } from '@rolecall/prisma/with-client';
import { isOutage } from '../sql-error.ts';

const RETRY_EVERY_MS = 1_000;
const LONGEST_WAIT_MS = 120_000;
/** PgBouncer reports these under the same code as a database that is down. */
const REFUSAL =
  /no such (user|database)|authentication|password|does not exist|permission denied|unsupported startup parameter/i;

/** Waits while the database starts, restarts or is out of connections. Throws any other error, and that one after two minutes. */
export async function waitForDatabase(url: string, log: (line: string) => void): Promise<void> {
  const deadline = Date.now() + LONGEST_WAIT_MS;
  for (let isFirst = true; ; isFirst = false) {
    try {
      return await withClient(url, async (client) => void (await client.query('SELECT 1')));
    } catch (error) {
      const isRefused = REFUSAL.test((error as Error).message);
      if (!isOutage(error) || isRefused || Date.now() > deadline) throw error;
      if (isFirst) log(`Waiting for the database: ${(error as Error).message}`);
      await pause(RETRY_EVERY_MS);
    }
  }
}
