import { setTimeout as pause } from 'node:timers/promises';
import type { Cluster } from './cluster.ts';
import { type Postmaster, startPostmaster } from './postmaster.ts';

const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 2_000;

/** Starts PostgreSQL again, on the same port and with growing pauses, whenever it ends before `stop()`. */
export function supervise(
  cluster: Omit<Cluster, 'passwords'>,
  first: Postmaster,
  log: (line: string) => void,
): { stop(): Promise<void> } {
  const stopping = new AbortController();
  let running: Postmaster | undefined = first;
  let restarting: Promise<void> = Promise.resolve();

  const watch = (postmaster: Postmaster) =>
    void postmaster.exited.then(() => {
      running = undefined;
      if (!stopping.signal.aborted) restarting = restart();
    });

  async function restart(): Promise<void> {
    log(`PostgreSQL ended unexpectedly and is started again: see ${cluster.logFile}`);
    for (let wait = FIRST_PAUSE_MS; !stopping.signal.aborted; wait = Math.min(2 * wait, LONGEST_PAUSE_MS)) {
      await pause(wait, undefined, { signal: stopping.signal }).catch(() => undefined);
      if (stopping.signal.aborted) return;
      try {
        running = await startPostmaster(cluster, first.port);
        watch(running);
        log('PostgreSQL is running again');
        return;
      } catch (error) {
        log((error as Error).message);
      }
    }
  }

  watch(first);
  return {
    async stop() {
      stopping.abort();
      await restarting;
      await running?.stop();
    },
  };
}
