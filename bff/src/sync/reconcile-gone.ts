import type { Tx } from '../db/tenant-tx.ts';
import type { ObjectRef } from './drift.ts';
import { judge } from './reconcile-judge.ts';
import { commitJudged, unseen } from './reconcile-list.ts';
import { causeOf, commitStep } from './reconcile-run.ts';
import { ask, databaseClock, type RunScene } from './reconcile-scene.ts';
import type { Reconciled } from './reconcile-type.ts';

const AT_ONCE = 4;
/** More than so many, and more than this part of all we have: rather the wrong keys than so many people gone. */
const MANY = 50;
const MUCH = 0.2;
const HELD = 'So much is gone at once that nothing was ended here without being asked';

/** What we have and the provider did not list: asked for one by one, and ended here only when it is gone there. */
export async function walkUnlisted<T>(scene: RunScene, kind: Reconciled<T>): Promise<void> {
  const { run, services, directory } = scene;
  const db = services.db.sync as unknown as Tx;
  if (run.progress.isHeld === undefined) {
    const most = Math.max(MANY, Math.ceil((await kind.countOurs(db)) * MUCH));
    const some = (await kind.unlisted(db, run, '', most + 1)).length;
    const isHeld = some > most;
    await commitStep(services, run, async () => ({
      progress: { ...run.progress, isHeld, total: isHeld ? null : some },
      tallies: run.tallies,
    }));
  }
  for (;;) {
    const refs = await kind.unlisted(db, run, run.progress.cursor ?? '', AT_ONCE);
    if (refs.length === 0) return;
    const askedAt = await databaseClock(scene);
    const fetched = await Promise.all(refs.map((ref) => ask(scene, () => kind.fetch(directory, ref))));
    for (const [index, ref] of refs.entries()) await settle(scene, kind, ref, fetched[index] ?? null, askedAt);
  }
}

/** The list may have passed over somebody who is there: then they are like anybody listed. */
function settle<T>(scene: RunScene, kind: Reconciled<T>, ref: ObjectRef, item: T | null, askedAt: Date): Promise<void> {
  const { run, services } = scene;
  return commitJudged(scene, kind, { cursor: ref.objectId }, async (tx) => {
    if (item) {
      const fresh = await unseen(tx, run, kind, [item]);
      return { checked: fresh.length, ...(await judge(tx, scene, kind, fresh, askedAt)) };
    }
    const [still] = await kind.unlisted(tx, run, run.progress.cursor ?? '', 1);
    if (still?.objectId !== ref.objectId) return { checked: 0, found: [], isListed: true };
    const isEnded =
      run.mode === 'repair' &&
      run.direction === 'pull' &&
      !run.progress.isHeld &&
      (await kind.end(tx, ref, causeOf(services, run))) === 'applied';
    return {
      checked: 1,
      isListed: true,
      found: [
        {
          ...ref,
          objectType: kind.type,
          kind: 'extra',
          fields: [],
          state: isEnded ? 'repaired' : 'open',
          note: run.progress.isHeld ? HELD : null,
        },
      ],
    };
  });
}
