import { databaseNow } from '../../db/clock.ts';
import type { Tx } from '../../db/tenant-tx.ts';
import { ask, isEnd, type RunScene } from './context.ts';
import { count, type Drift, recordDrift } from './drift/drift.ts';
import { type Judged, judge } from './resolve.ts';
import type { Reconciled } from './resource.ts';
import { commitStep, type HeldRun, type Progress } from './run.ts';

/** Reads the provider's whole list page by page; the work on some objects and the progress it makes are one transaction. */
export async function walkList<T>(scene: RunScene, kind: Reconciled<T>): Promise<void> {
  const { run, directory } = scene;
  for (;;) {
    const { cursor } = run.progress;
    const askedAt = await databaseNow(scene.services.db.sync);
    const page = await ask(scene, () => kind.list(directory, cursor));
    const total = page.total ?? run.progress.total ?? (await expected(scene, kind));
    for (let start = 0; start < page.items.length; start += kind.chunk) {
      const isLast = start + kind.chunk >= page.items.length;
      await workOn(scene, kind, page.items.slice(start, start + kind.chunk), askedAt, {
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
  scene: RunScene,
  kind: Reconciled<T>,
  items: readonly T[],
  askedAt: Date,
  next: Pick<Progress, 'total' | 'cursor'>,
): Promise<void> {
  try {
    await commitJudged(scene, kind, next, async (tx) => {
      const fresh = await unseen(tx, scene.run, kind, items);
      return { checked: fresh.length, ...(await judge(tx, scene, kind, fresh, askedAt)) };
    });
  } catch (error) {
    if (isEnd(scene, error)) throw error;
    if (items.length > 1) {
      const half = Math.ceil(items.length / 2);
      await workOn(scene, kind, items.slice(0, half), askedAt, { ...next, cursor: scene.run.progress.cursor });
      return workOn(scene, kind, items.slice(half), askedAt, next);
    }
    scene.log.error({ err: error, run: scene.run.id }, 'an object could not be synced');
    await commitJudged(scene, kind, next, async (tx) => {
      const fresh = await unseen(tx, scene.run, kind, items);
      return { checked: fresh.length, found: fresh.map((item) => unreadable(kind, item)), isListed: true };
    });
  }
}

const unreadable = <T>(kind: Reconciled<T>, item: T): Drift => ({
  ...kind.refOf(item),
  objectType: kind.type,
  kind: 'unreadable',
  fields: [],
  state: 'open',
  note: 'It could not be brought into our copy',
});

/** Does the work, writes down what it found and moves the progress, all in one transaction. */
export function commitJudged<T>(
  scene: RunScene,
  kind: Reconciled<T>,
  next: Partial<Progress>,
  work: (tx: Tx) => Promise<Judged & { checked: number }>,
): Promise<void> {
  const { run, services } = scene;
  return commitStep(services, run, async (tx) => {
    const { checked, found, isListed } = await work(tx);
    const told = isListed ? await recordDrift(tx, run.id, found) : found;
    const { progress, tallies } = run;
    return {
      progress: { ...progress, ...next, processed: progress.processed + checked, rate: rateOf(run, checked) },
      tallies: { ...tallies, [kind.type]: count(tallies[kind.type], checked, told) },
    };
  });
}

/** Of the given objects those that the run has not worked on yet; they count as seen from now on. */
export async function unseen<T>(tx: Tx, run: HeldRun, kind: Reconciled<T>, items: readonly T[]): Promise<T[]> {
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
const expected = async <T>({ services, run }: RunScene, kind: Reconciled<T>): Promise<number | null> =>
  run.kind === 'backfill' ? null : kind.countOurs(services.db.sync as unknown as Tx);

const lastCommit = new WeakMap<HeldRun, number>();

/** Objects in a second, as it went lately. */
function rateOf(run: HeldRun, checked: number): number | null {
  const now = performance.now();
  const before = lastCommit.get(run);
  lastCommit.set(run, now);
  if (before === undefined || now <= before) return run.progress.rate;
  const rate = (checked * 1000) / (now - before);
  return Math.round(((run.progress.rate ?? rate) * 0.7 + rate * 0.3) * 10) / 10;
}
