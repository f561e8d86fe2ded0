import { isUserUpdate } from './dispatch.ts';
import { type ProcessDeps, processEvents } from './process.ts';
import { dueRows } from './rows.ts';

interface EventRef {
  id: string;
  type: string;
}

const BATCH = 100;
const CONCURRENCY = 2;
/** Events beyond this are found again in the table when they are due. */
const MAX_QUEUED = 10_000;

/** Processes stored events in the background: those of this instance immediately, all others when they are due. */
export function createWorker(deps: ProcessDeps) {
  const queue: EventRef[] = [];
  let running = 0;
  let isClosed = false;
  let listeners: (() => void)[] = [];

  async function run(): Promise<void> {
    running += 1;
    while (queue.length > 0 && !isClosed) {
      const share = Math.min(BATCH, Math.ceil(queue.length / CONCURRENCY));
      await processBatch(deps, queue.splice(0, share)).catch((error) =>
        // An event that could not even be marked as failed is still stored, and becomes due again.
        deps.log.error({ err: error }, 'webhook batch failed'),
      );
    }
    running -= 1;
    if (running > 0) return;
    for (const resume of listeners) resume();
    listeners = [];
  }

  function wake(events: readonly EventRef[]): void {
    queue.push(...events.slice(0, MAX_QUEUED - queue.length));
    while (running < CONCURRENCY && queue.length > 0 && !isClosed) void run();
  }

  const idle = () => (running === 0 ? Promise.resolve() : new Promise<void>((resume) => listeners.push(resume)));

  const sweeps: { current: Promise<number>; next: Promise<number> | null } = {
    current: Promise.resolve(0),
    next: null,
  };
  async function sweepOnce(): Promise<number> {
    for (let done = 0; ; ) {
      const due = isClosed ? [] : await dueRows(deps.db.sync, BATCH);
      done += due.length;
      wake(due);
      await idle();
      if (due.length < BATCH) return done;
    }
  }

  return {
    wake,
    idle,
    /** Processes all due events and returns their number. One sweep runs at a time, and at most one waits for its turn. */
    sweep(): Promise<number> {
      if (!sweeps.next) {
        const turn: Promise<number> = sweeps.current.then(() => {
          sweeps.current = turn.catch(() => 0);
          sweeps.next = null;
          return sweepOnce();
        });
        sweeps.next = turn;
      }
      return sweeps.next;
    },
    async close(): Promise<void> {
      isClosed = true;
      await idle();
    },
  };
}

/** User updates in one batch; every other event in a batch of its own, because it locks organizations and tenants. */
async function processBatch(deps: ProcessDeps, events: readonly EventRef[]): Promise<void> {
  const updates = events.filter(({ type }) => isUserUpdate(type));
  if (updates.length > 0) {
    await processEvents(
      deps,
      updates.map(({ id }) => id),
    );
  }
  for (const { id, type } of events) if (!isUserUpdate(type)) await processEvents(deps, [id]);
}
