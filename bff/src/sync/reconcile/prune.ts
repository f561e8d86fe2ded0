import { databaseNow } from '../../db/clock.ts';
import type { Tx } from '../../db/tenant-tx.ts';
import { ask, type RunContext } from './context.ts';
import type { Drift, ObjectRef } from './drift/drift.ts';
import { resolve } from './resolve.ts';
import type { ReconciledType } from './resource.ts';
import { commitStep, contextForRun } from './run.ts';
import { commitDiffs, unseen } from './scan.ts';

/** So many are asked for at the same time. */
const AT_ONCE = 4;
/** Where something may be ended each is a transaction; else so many together, as they are only looked at. */
const LOOKED_AT = 100;
/** More than so many, and more than this part of all we have: rather the wrong keys than so many people gone. */
const MANY = 5;
const MUCH = 0.2;
const HELD = 'So much is gone at once that nothing was ended here without being asked';

/** What we have and the provider did not list: asked for one by one, and ended here only when it is gone there. */
export async function pruneMissing<T>(context: RunContext, kind: ReconciledType<T>): Promise<void> {
  const { run, services, directory } = context;
  const db = services.db.sync as unknown as Tx;
  if (run.progress.isHeld === undefined) {
    const most = Math.max(MANY, Math.ceil((await kind.countOurs(db)) * MUCH));
    const some = (await kind.missingAtProvider(db, run, { after: '', limit: most + 1 })).length;
    const isHeld = some > most;
    await commitStep(services, run, async () => ({
      progress: { ...run.progress, isHeld, total: isHeld ? null : some },
      counts: run.counts,
    }));
  }
  const ends = run.mode === 'repair' && run.direction === 'pull' && !run.progress.isHeld;
  for (;;) {
    const refs = await kind.missingAtProvider(db, run, { after: run.progress.cursor ?? '', limit: LOOKED_AT });
    if (refs.length === 0) return;
    const looked: Asked<T>[] = [];
    for (let start = 0; start < refs.length; start += AT_ONCE) {
      const fetchedAt = await databaseNow(context.services.db.sync);
      const some = refs.slice(start, start + AT_ONCE);
      const items = await Promise.all(some.map((ref) => ask(context, () => kind.fetch(directory, ref))));
      const asked = some.map((ref, index) => ({ ref, item: items[index] ?? null, fetchedAt }));
      if (ends) for (const one of asked) await settle(context, kind, [one], ends);
      else looked.push(...asked);
    }
    if (looked.length > 0) await settle(context, kind, looked, ends);
  }
}

interface Asked<T> {
  ref: ObjectRef;
  item: T | null;
  fetchedAt: Date;
}

/** The list may have passed over somebody who is there: then they are like anybody listed. */
function settle<T>(
  context: RunContext,
  kind: ReconciledType<T>,
  asked: readonly Asked<T>[],
  ends: boolean,
): Promise<void> {
  const { run, services } = context;
  const [{ fetchedAt } = { fetchedAt: run.startedAt }] = asked;
  const cursor = asked.at(-1)?.ref.objectId ?? null;
  return commitDiffs(context, kind, { cursor }, async (tx) => {
    const there = await unseen(
      tx,
      run,
      kind,
      asked.flatMap(({ item }) => (item ? [item] : [])),
    );
    const judged = await resolve(tx, context, kind, there, fetchedAt);
    const among = asked.filter(({ item }) => !item).map(({ ref }) => ref.objectId);
    const still = await kind.missingAtProvider(tx, run, { among });
    const ours = new Set(still.map(({ objectId }) => objectId));
    const found: Drift[] = [...judged.found];
    for (const { ref, item } of asked) {
      if (item || !ours.has(ref.objectId)) continue;
      const isEnded = ends && (await kind.end(tx, ref, contextForRun(services, run))) === 'applied';
      // While we waited for its lock a webhook may have ended it: then there is nothing that differs any more.
      if (ends && !isEnded && (await kind.missingAtProvider(tx, run, { among: [ref.objectId] })).length === 0) continue;
      const note = run.progress.isHeld ? HELD : null;
      found.push({
        ...ref,
        objectType: kind.type,
        kind: 'extra',
        fields: [],
        state: isEnded ? 'repaired' : 'open',
        note,
      });
    }
    return { checked: asked.length, found, isListed: true };
  });
}
