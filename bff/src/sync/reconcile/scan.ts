import { databaseNow } from '../../db/clock.ts';
import type { Tx } from '../../db/tenant-tx.ts';
import { ask, isEnd, type RunContext } from './context.ts';
import { count, type Drift, recordDrift } from './drift/drift.ts';
import { type Resolved, resolve } from './resolve.ts';
import type { ReconciledType } from './resource.ts';
import { commitStep, type LeasedRun, type Progress } from './run.ts';

/** Reads the provider's whole list page by page; the work on some objects and the progress it makes are one transaction. */
export async function scanProvider<T>(context: RunContext, kind: ReconciledType<T>): Promise<void> {
  const { run, directory } = context;
  for (;;) {
    const { cursor } = run.progress;
    const fetchedAt = await databaseNow(context.services.db.sync);
    const page = await ask(context, () => kind.list(directory, cursor));
    const total = page.total ?? run.progress.total ?? (await expected(context, kind));
    for (let start = 0; start < page.items.length; start += kind.chunk) {
      const isLast = start + kind.chunk >= page.items.length;
      await workOn(context, kind, page.items.slice(start, start + kind.chunk), fetchedAt, {
        total,
        cursor: isLast ? page.next : cursor,
      });
    }
    if (page.next === null) return;
  }
}

/**
 * Works on some objects that the provider listed. One that cannot be worked on must not keep the others: they are tried in halves
 * until it is alone, and then it is written down.
 */
async function workOn<T>(
  context: RunContext,
  kind: ReconciledType<T>,
  items: readonly T[],
  fetchedAt: Date,
  next: Pick<Progress, 'total' | 'cursor'>,
): Promise<void> {
  try {
    await commitDiffs(context, kind, next, async (tx) => {
      const fresh = await unseen(tx, context.run, kind, items);
      return { checked: fresh.length, ...(await resolve(tx, context, kind, fresh, fetchedAt)) };
    });
  } catch (error) {
    if (isEnd(context, error)) throw error;
    if (items.length > 1) {
      const half = Math.ceil(items.length / 2);
      await workOn(context, kind, items.slice(0, half), fetchedAt, { ...next, cursor: context.run.progress.cursor });
      return workOn(context, kind, items.slice(half), fetchedAt, next);
    }
    context.log.error({ err: error, run: context.run.id }, 'an object could not be synced');
    await commitDiffs(context, kind, next, async (tx) => {
      const fresh = await unseen(tx, context.run, kind, items);
      return { checked: fresh.length, found: fresh.map((item) => unreadable(kind, item)), isListed: true };
    });
  }
}

const unreadable = <T>(kind: ReconciledType<T>, item: T): Drift => ({
  ...kind.refOf(item),
  objectType: kind.type,
  kind: 'unreadable',
  fields: [],
  state: 'open',
  note: 'It could not be brought into our copy',
});

/** Does the work, writes down what it found and moves the progress, all in one transaction. */
export function commitDiffs<T>(
  context: RunContext,
  kind: ReconciledType<T>,
  next: Partial<Progress>,
  work: (tx: Tx) => Promise<Resolved & { checked: number }>,
): Promise<void> {
  const { run, services } = context;
  return commitStep(services, run, async (tx) => {
    const { checked, found, isListed } = await work(tx);
    const told = isListed ? await recordDrift(tx, run.id, found) : found;
    const { progress, counts } = run;
    return {
      progress: { ...progress, ...next, processed: progress.processed + checked, rate: rateOf(run, checked) },
      counts: { ...counts, [kind.type]: count(counts[kind.type], checked, told) },
    };
  });
}

/** Of the given objects those that the run has not worked on yet; they count as seen from now on. */
export async function unseen<T>(tx: Tx, run: LeasedRun, kind: ReconciledType<T>, items: readonly T[]): Promise<T[]> {
  if (items.length === 0) return [];
  const ids = items.map((item) => kind.refOf(item).objectId);
  const rows = await tx.$queryRaw<{ object_id: string }[]>`
    INSERT INTO sync_seen (run_id, object_type, object_id)
    SELECT DISTINCT ${run.id}::uuid, ${kind.type}, id FROM unnest(${ids}::text[]) AS id
    ON CONFLICT DO NOTHING RETURNING object_id`;
  const fresh = new Set(rows.map((row) => row.object_id));
  return items.filter((item) => fresh.delete(kind.refOf(item).objectId));
}

/** What we have is what we expect there to be; of a first copy nobody can tell. */
const expected = async <T>({ services, run }: RunContext, kind: ReconciledType<T>): Promise<number | null> =>
  run.kind === 'backfill' ? null : kind.countOurs(services.db.sync as unknown as Tx);

const lastCommit = new WeakMap<LeasedRun, number>();

/** Objects in a second, as it went lately. */
function rateOf(run: LeasedRun, checked: number): number | null {
  const now = performance.now();
  const before = lastCommit.get(run);
  lastCommit.set(run, now);
  if (before === undefined || now <= before) return run.progress.rate;
  const rate = (checked * 1000) / (now - before);
  return Math.round(((run.progress.rate ?? rate) * 0.7 + rate * 0.3) * 10) / 10;
}
