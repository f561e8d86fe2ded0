import type { IdentityRef } from '../../core/identity-provider.ts';
import { databaseNow } from '../../db/clock.ts';
import { isTemporary } from '../../db/sql-error.ts';
import type { Tx } from '../../db/tenant-tx.ts';
import { callProvider, endsRun, type RunContext } from './context.ts';
import { addCounts, type Drift, recordDrift } from './drift/drift.ts';
import { commitStep, type LeasedRun } from './lease.ts';
import { type Resolved, resolve } from './resolve.ts';
import type { ReconciledType } from './resource.ts';
import type { Progress } from './run.ts';

/** Reconciles the provider's whole list page by page; each chunk and its progress are one transaction. */
export async function scanProvider<T>(context: RunContext, type: ReconciledType<T>): Promise<void> {
  const { run, directory } = context;
  for (;;) {
    const { cursor } = run.progress;
    const fetchedAt = await databaseNow(context.services.db.sync);
    const page = await callProvider(context, () => type.list(directory, cursor));
    if (page.unreadable) await recordUnreadable(context, type, page.unreadable);
    const total = page.total ?? run.progress.total ?? (await expectedTotal(context, type));
    for (let start = 0; start < page.items.length; start += type.chunk) {
      const isLast = start + type.chunk >= page.items.length;
      await reconcileChunk(context, type, page.items.slice(start, start + type.chunk), fetchedAt, {
        total,
        cursor: isLast ? page.next : cursor,
      });
    }
    if (page.next === null) return;
  }
}

/**
 * Reconciles a chunk of listed objects. When that fails, its halves are tried, until the object at fault is alone and is recorded as
 * unreadable. An outage of the database is no object's fault: the run is retried from its last commit.
 */
async function reconcileChunk<T>(
  context: RunContext,
  type: ReconciledType<T>,
  items: readonly T[],
  fetchedAt: Date,
  next: Pick<Progress, 'total' | 'cursor'>,
): Promise<void> {
  try {
    await commitDiffs(context, type, next, async (tx) => {
      const fresh = await markSeen(tx, context.run, type, items);
      return { checked: fresh.length, ...(await resolve(tx, context, type, fresh, fetchedAt)) };
    });
  } catch (error) {
    if (endsRun(context, error) || (items.length === 1 && isTemporary(error))) throw error;
    if (items.length > 1) {
      const half = Math.ceil(items.length / 2);
      await reconcileChunk(context, type, items.slice(0, half), fetchedAt, {
        ...next,
        cursor: context.run.progress.cursor,
      });
      return reconcileChunk(context, type, items.slice(half), fetchedAt, next);
    }
    context.log.error({ err: error, run: context.run.id }, 'object could not be synced');
    await commitDiffs(context, type, next, async (tx) => {
      const fresh = await markSeen(tx, context.run, type, items);
      return { checked: fresh.length, found: fresh.map((item) => unreadable(type, type.refOf(item))), isListed: true };
    });
  }
}

/** Listed objects that cannot be read are seen all the same: they exist, and our copies of them stay. */
const recordUnreadable = <T>(
  context: RunContext,
  type: ReconciledType<T>,
  refs: readonly IdentityRef[],
): Promise<void> =>
  commitDiffs(context, type, {}, async (tx) => {
    const ids = refs.map(({ objectId }) => objectId);
    const fresh = await markIdsSeen(tx, context.run, type, ids);
    const found = refs.filter(({ objectId }) => fresh.delete(objectId)).map((ref) => unreadable(type, ref));
    return { checked: found.length, found, isListed: true };
  });

export const unreadable = ({ type }: Pick<ReconciledType<unknown>, 'type'>, ref: IdentityRef): Drift => ({
  ...ref,
  objectType: type,
  kind: 'unreadable',
  fields: [],
  state: 'open',
  note: 'unreadable',
});

/** Does the work, records the drift and advances the progress, all in one transaction. */
export function commitDiffs<T>(
  context: RunContext,
  type: ReconciledType<T>,
  next: Partial<Progress>,
  work: (tx: Tx) => Promise<Resolved & { checked: number }>,
): Promise<void> {
  const { run, services } = context;
  return commitStep(services, run, async (tx) => {
    const { checked, found, isListed } = await work(tx);
    const recorded = isListed ? await recordDrift(tx, run.id, found) : found;
    const { progress, counts } = run;
    return {
      progress: { ...progress, ...next, processed: progress.processed + checked, rate: rateOf(run, checked) },
      counts: { ...counts, [type.type]: addCounts(counts[type.type], checked, recorded) },
    };
  });
}

/** Returns the objects that the run has not seen yet, and marks them as seen. */
export async function markSeen<T>(tx: Tx, run: LeasedRun, type: ReconciledType<T>, items: readonly T[]): Promise<T[]> {
  if (items.length === 0) return [];
  const ids = items.map((item) => type.refOf(item).objectId);
  const fresh = await markIdsSeen(tx, run, type, ids);
  return items.filter((item) => fresh.delete(type.refOf(item).objectId));
}

async function markIdsSeen<T>(tx: Tx, run: LeasedRun, type: ReconciledType<T>, ids: readonly string[]) {
  const rows = await tx.$queryRaw<{ object_id: string }[]>`
    INSERT INTO sync_seen (run_id, object_type, object_id)
    SELECT DISTINCT ${run.id}::uuid, ${type.type}, id FROM unnest(${ids}::text[]) AS id
    ON CONFLICT DO NOTHING RETURNING object_id`;
  return new Set(rows.map((row) => row.object_id));
}

/** The provider is expected to have as many objects as we do; unknown for a backfill. */
const expectedTotal = async <T>({ services, run }: RunContext, type: ReconciledType<T>): Promise<number | null> =>
  run.kind === 'backfill' ? null : type.countOurs(services.db.sync as unknown as Tx);

const lastCommit = new WeakMap<LeasedRun, number>();

/** Objects per second, as a moving average. */
function rateOf(run: LeasedRun, checked: number): number | null {
  const now = performance.now();
  const before = lastCommit.get(run);
  lastCommit.set(run, now);
  if (before === undefined || now <= before) return run.progress.rate;
  const rate = (checked * 1000) / (now - before);
  return Math.round(((run.progress.rate ?? rate) * 0.7 + rate * 0.3) * 10) / 10;
}
