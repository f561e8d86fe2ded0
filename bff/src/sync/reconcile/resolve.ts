import type { Tx } from '../../db/tenant-tx.ts';
import type { RunContext } from './context.ts';
import type { Diff } from './drift/diff.ts';
import type { Drift } from './drift/drift.ts';
import { COMPARE_ALWAYS, type Compared, type ReconciledType } from './resource.ts';
import { contextForRun } from './run.ts';

export interface Resolved {
  found: Drift[];
  /** Whether each is written down by itself; a backfill expects to find nothing of it here, and only counts. */
  isListed: boolean;
}

type ApplyOutcome = Pick<Drift, 'state' | 'note'>;

const FINAL = 'Our copy ended for good; what the provider lists under this id does not bring it back';
const REMAINS = 'This is not for the provider to decide here';
const NOTHING_TO_PUSH = 'Only roles that the provider knows by name can be sent there';

/** Compares objects with our copies, and repairs what the run may repair. */
export async function resolve<T>(
  tx: Tx,
  context: Pick<RunContext, 'run' | 'services'>,
  kind: ReconciledType<T>,
  items: readonly T[],
  fetchedAt: Date,
): Promise<Resolved> {
  const { run, services } = context;
  const compared = await kind.compare(tx, items, { fetchedAt, settings: services.config });
  const repair = { pull, push }[run.direction];
  const outcomes = run.mode === 'repair' ? await repair(tx, context, kind, compared) : new Map<T, ApplyOutcome>();
  const found = compared.flatMap(({ item, diff }): Drift[] => {
    if (!diff) return [];
    const { state, note } = outcomes.get(item) ?? { state: 'open', note: diff.isFinal ? FINAL : null };
    return [{ ...kind.refOf(item), objectType: kind.type, kind: diff.kind, fields: diff.fields, state, note }];
  });
  return { found, isListed: run.kind !== 'backfill' };
}

type Repair = <T>(
  tx: Tx,
  context: Pick<RunContext, 'run' | 'services'>,
  kind: ReconciledType<T>,
  compared: readonly Compared<T>[],
) => Promise<Map<T, ApplyOutcome>>;

/** Compares again afterwards: only what agrees then counts as repaired. */
const pull: Repair = async (tx, { run, services }, kind, compared) => {
  const isOurs = (diff: Diff) => diff.isFinal === true || diff.isRefused === true;
  const due = compared.filter(({ diff, isNewer }) => (diff && !isOurs(diff)) || isNewer);
  // Only where roles differ does what the provider said before count again: elsewhere what people did here since is newer.
  const { reapplyRoles: _, ...ctx } = contextForRun(services, run);
  const aboutRole = (diff: Diff | null) => diff?.fields.some(({ field }) => field === 'role') === true;
  const updates = due.map(({ item, diff }) => ({ item, ctx: aboutRole(diff) ? contextForRun(services, run) : ctx }));
  if (updates.length > 0) await kind.apply(tx, updates);
  const told = compared.filter(({ diff }) => diff !== null && !diff.isFinal).map(({ item }) => item);
  if (told.length === 0) return new Map();
  const after = await kind.compare(tx, told, { fetchedAt: COMPARE_ALWAYS, settings: services.config });
  return new Map(
    after.map(({ item, diff }) => [
      item,
      diff ? { state: 'open', note: diff.isRefused ? REMAINS : null } : { state: 'repaired', note: null },
    ]),
  );
};

/** Our roles go there; all else is the provider's, and stays as it was found. */
const push: Repair = async (tx, { run, services }, kind, compared) => {
  const outcomes = new Map();
  for (const { item, diff } of compared) {
    if (!kind.push || !diff?.fields.some(({ field }) => field === 'role')) continue;
    const isSent = await kind.push(tx, item, contextForRun(services, run));
    const isAll = isSent && diff.kind === 'role';
    outcomes.set(
      item,
      isAll ? { state: 'queued', note: null } : { state: 'open', note: isSent ? null : NOTHING_TO_PUSH },
    );
  }
  return outcomes;
};
