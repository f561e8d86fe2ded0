import type { Tx } from '../db/tenant-tx.ts';
import type { Finding } from './compare.ts';
import type { Drift } from './drift.ts';
import { causeOf } from './reconcile-run.ts';
import type { RunScene } from './reconcile-scene.ts';
import type { Reconciled } from './reconcile-type.ts';

export interface Judged {
  found: Drift[];
  /** Whether each is written down by itself; a backfill expects to find nothing of it here, and only counts. */
  isListed: boolean;
}

const NEVER_TOUCHED = new Date(8.64e15);
const FINAL = 'Our copy ended for good; what the provider lists under this id does not bring it back';
const REMAINS = 'The provider may not decide this here';

/** Compares objects with our copies, repairs what the run may repair, and compares again: only what agrees then counts as repaired. */
export async function judge<T>(
  tx: Tx,
  { run, services }: Pick<RunScene, 'run' | 'services'>,
  kind: Reconciled<T>,
  items: readonly T[],
  askedAt: Date,
): Promise<Judged> {
  const settings = services.config;
  const compared = await kind.compare(tx, items, { askedAt, settings });
  const repairs = run.mode === 'repair' && run.direction === 'pull';
  const due = compared.filter(({ finding, isFresher }) => repairs && (finding ? !finding.isFinal : isFresher));
  const idOf = (item: T) => kind.refOf(item).objectId;
  const remaining = new Map<string, Finding>();
  if (due.length > 0) {
    const dueItems = due.map(({ item }) => item);
    await kind.apply(tx, dueItems, causeOf(services, run));
    const told = due.filter(({ finding }) => finding !== null).map(({ item }) => item);
    for (const { item, finding } of await kind.compare(tx, told, { askedAt: NEVER_TOUCHED, settings })) {
      if (finding) remaining.set(idOf(item), finding);
    }
  }

  const found = compared.flatMap(({ item, finding }): Drift[] => {
    if (!finding) return [];
    const isRepaired = repairs && !finding.isFinal && !remaining.has(idOf(item));
    const note = finding.isFinal ? FINAL : repairs && !isRepaired ? REMAINS : null;
    return [
      {
        ...kind.refOf(item),
        objectType: kind.type,
        kind: finding.kind,
        fields: finding.fields,
        state: isRepaired ? 'repaired' : 'open',
        note,
      },
    ];
  });
  const isListed = run.kind !== 'backfill';
  return { found, isListed };
}
