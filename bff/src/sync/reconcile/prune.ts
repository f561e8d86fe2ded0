import type { IdentityRef } from '../../core/identity-provider.ts';
import { databaseNow } from '../../db/clock.ts';
import type { Tx } from '../../db/tenant-tx.ts';
import { fetchObject, type RunContext } from './context.ts';
import type { Drift } from './drift/drift.ts';
import { commitStep } from './lease.ts';
import { resolve } from './resolve.ts';
import type { ReconciledType } from './resource.ts';
import { contextForRun } from './run.ts';
import { commitDiffs, markSeen, unreadable } from './scan.ts';

/** Concurrent calls to the provider. */
const CONCURRENCY = 4;
/** Objects per transaction, where they are only compared. Where copies may be ended, each has its own. */
const BATCH = 100;
/** More missing objects than both of these are more likely a wrong key than real: nothing is ended unasked. */
const PRUNE_LIMIT = { count: 5, share: 0.2 };

/** Ends our copies that the provider did not list. Each is fetched first, and ended only if the provider does not have it. */
export async function pruneMissing<T>(context: RunContext, type: ReconciledType<T>): Promise<void> {
  const { run, services, directory } = context;
  const db = services.db.sync as unknown as Tx;
  if (run.progress.isPruneBlocked === undefined) {
    const limit = Math.max(PRUNE_LIMIT.count, Math.ceil((await type.countOurs(db)) * PRUNE_LIMIT.share));
    const missing = (await type.missingAtProvider(db, run, { after: '', limit: limit + 1 })).length;
    const isPruneBlocked = missing > limit;
    await commitStep(services, run, async () => ({
      progress: { ...run.progress, isPruneBlocked, total: isPruneBlocked ? null : missing },
      counts: run.counts,
    }));
  }
  const mayEnd = run.mode === 'repair' && run.direction === 'pull' && !run.progress.isPruneBlocked;
  for (;;) {
    const refs = await type.missingAtProvider(db, run, { after: run.progress.cursor ?? '', limit: BATCH });
    if (refs.length === 0) return;
    const batch: Fetched<T>[] = [];
    for (let start = 0; start < refs.length; start += CONCURRENCY) {
      const fetchedAt = await databaseNow(context.services.db.sync);
      const some = refs.slice(start, start + CONCURRENCY);
      const items = await Promise.all(some.map((ref) => fetchObject(context, () => type.fetch(directory, ref))));
      const fetched = some.map((ref, index) => ({ ref, item: items[index] ?? null, fetchedAt }));
      if (mayEnd) for (const one of fetched) await pruneBatch(context, type, [one], mayEnd);
      else batch.push(...fetched);
    }
    if (batch.length > 0) await pruneBatch(context, type, batch, mayEnd);
  }
}

interface Fetched<T> {
  ref: IdentityRef;
  item: T | null | 'unreadable';
  fetchedAt: Date;
}

/** The list may have skipped an object that exists: it is then reconciled like a listed one. */
function pruneBatch<T>(
  context: RunContext,
  type: ReconciledType<T>,
  fetched: readonly Fetched<T>[],
  mayEnd: boolean,
): Promise<void> {
  const { run, services } = context;
  const [{ fetchedAt } = { fetchedAt: run.startedAt }] = fetched;
  const cursor = fetched.at(-1)?.ref.objectId ?? null;
  return commitDiffs(context, type, { cursor }, async (tx) => {
    const there = await markSeen(
      tx,
      run,
      type,
      fetched.flatMap(({ item }) => (item && item !== 'unreadable' ? [item] : [])),
    );
    const resolved = await resolve(tx, context, type, there, fetchedAt);
    const among = fetched.filter(({ item }) => !item).map(({ ref }) => ref.objectId);
    const still = await type.missingAtProvider(tx, run, { among });
    const ours = new Set(still.map(({ objectId }) => objectId));
    const found: Drift[] = [...resolved.found];
    for (const { ref, item } of fetched) {
      if (item === 'unreadable') found.push(unreadable(type, ref));
      if (item || !ours.has(ref.objectId)) continue;
      const isEnded = mayEnd && (await type.end(tx, ref, contextForRun(services, run))) === 'applied';
      // A webhook may have ended it while this transaction waited for its lock: then nothing differs any more.
      if (mayEnd && !isEnded && (await type.missingAtProvider(tx, run, { among: [ref.objectId] })).length === 0)
        continue;
      const note = run.progress.isPruneBlocked ? 'prune_limit' : null;
      found.push({
        ...ref,
        objectType: type.type,
        kind: 'extra',
        fields: [],
        state: isEnded ? 'repaired' : 'open',
        note,
      });
    }
    return { checked: fetched.length, found, isListed: true };
  });
}
