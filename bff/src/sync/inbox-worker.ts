import { isPersonType } from './events.ts';
import { applyKept, applyKeptPeople, type InboxDeps } from './inbox-apply.ts';
import { dueRows } from './inbox-rows.ts';

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
      await applyBatch(deps, waiting.splice(0, BATCH)).catch((error) =>
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
    while (running < AT_ONCE && running < waiting.length && !isClosed) void run();
  }

  const idle = () => (running === 0 ? Promise.resolve() : new Promise<void>((resume) => listeners.push(resume)));

  return {
    wake,
    idle,
    /** Applies everything that is due. Answers how many events that were. */
    async sweep(): Promise<number> {
      let done = 0;
      while (!isClosed) {
        const due = await dueRows(deps.db.sync, BATCH);
        if (due.length === 0) break;
        wake(due);
        await idle();
        done += due.length;
        if (due.length < BATCH) break;
      }
      return done;
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
