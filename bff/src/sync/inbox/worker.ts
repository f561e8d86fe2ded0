import { isPersonType } from './dispatch.ts';
import { applyKept, applyKeptPeople, type InboxDeps } from './process.ts';
import { dueRows } from './rows.ts';

interface Kept {
  id: string;
  type: string;
}

const BATCH = 100;
const AT_ONCE = 2;
/** More than this are not remembered here: they are found again in the table. */
const MAX_REMEMBERED = 10_000;

/** Applies kept events beside the requests: those that this instance kept at once, all others when they are due. */
export function createWorker(deps: InboxDeps) {
  const waiting: Kept[] = [];
  let running = 0;
  let isClosed = false;
  let listeners: (() => void)[] = [];

  async function run(): Promise<void> {
    running += 1;
    while (waiting.length > 0 && !isClosed) {
      const share = Math.min(BATCH, Math.ceil(waiting.length / AT_ONCE));
      await applyBatch(deps, waiting.splice(0, share)).catch((error) =>
        // What could not even be marked as failed is still kept, and will be due again.
        deps.log.error({ err: error }, 'the inbox cannot reach its table'),
      );
    }
    running -= 1;
    if (running > 0) return;
    for (const resume of listeners) resume();
    listeners = [];
  }

  function wake(events: readonly Kept[]): void {
    waiting.push(...events.slice(0, MAX_REMEMBERED - waiting.length));
    while (running < AT_ONCE && waiting.length > 0 && !isClosed) void run();
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
    /** Applies everything that is due. Answers how many events that were. One round at a time, and at most one waits for its turn. */
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

async function applyBatch(deps: InboxDeps, events: readonly Kept[]): Promise<void> {
  const people = events.filter(({ type }) => isPersonType(type)).map(({ id }) => id);
  const left = people.length > 1 ? await applyKeptPeople(deps, people) : people;
  for (const id of left) await applyKept(deps, id);
  for (const { id, type } of events) if (!isPersonType(type)) await applyKept(deps, id);
}
