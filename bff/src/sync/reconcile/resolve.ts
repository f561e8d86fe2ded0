import type { Tx } from '../../db/tenant-tx.ts';
import type { RunContext } from './context.ts';
import type { Diff } from './drift/diff.ts';
import type { Drift } from './drift/drift.ts';
import { COMPARE_ALWAYS, type Compared, type ReconciledType } from './resource.ts';
import { contextForRun } from './run.ts';

export interface Resolved {
  found: Drift[];
  /** Whether each is recorded; a backfill finds everything missing and only counts. */
  isListed: boolean;
}

type Resolution = Pick<Drift, 'state' | 'note'>;

/** Compares objects with our copies, and repairs the drift that the run may repair. */
export async function resolve<T>(
  tx: Tx,
  context: Pick<RunContext, 'run' | 'services'>,
  type: ReconciledType<T>,
  items: readonly T[],
  fetchedAt: Date,
): Promise<Resolved> {
  const { run, services } = context;
  const compared = await type.compare(tx, items, { fetchedAt, settings: services.config });
  const repair = { pull, push }[run.direction];
  const outcomes = run.mode === 'repair' ? await repair(tx, context, type, compared) : new Map<T, Resolution>();
  const found = compared.flatMap(({ item, diff }): Drift[] => {
    if (!diff) return [];
    const { state, note } = outcomes.get(item) ?? { state: 'open', note: noteOf(diff) };
    return [{ ...type.refOf(item), objectType: type.type, kind: diff.kind, fields: diff.fields, state, note }];
  });
  return { found, isListed: run.kind !== 'backfill' };
}

/** Why pulling does not end the difference; null where it does. */
export const noteOf = ({ isFinal, refusal }: Diff) => (isFinal ? 'ended_here' : (refusal ?? null));

type Repair = <T>(
  tx: Tx,
  context: Pick<RunContext, 'run' | 'services'>,
  type: ReconciledType<T>,
  compared: readonly Compared<T>[],
) => Promise<Map<T, Resolution>>;

/** Applies provider objects and compares again: only what is equal then counts as repaired. */
const pull: Repair = async (tx, { run, services }, type, compared) => {
  const isUnpullable = (diff: Diff) => diff.isFinal === true || diff.refusal !== undefined;
  const due = compared.filter(({ diff, isNewer }) => (diff && !isUnpullable(diff)) || isNewer);
  // Roles are applied again only where they differ: elsewhere what happened here since is newer.
  const { reapplyRoles: _, ...ctx } = contextForRun(services, run);
  const aboutRole = (diff: Diff | null) => diff?.fields.some(({ field }) => field === 'role') === true;
  const updates = due.map(({ item, diff }) => ({
    item,
    ctx: aboutRole(diff) && !diff?.refusal ? contextForRun(services, run) : ctx,
  }));
  if (updates.length > 0) await type.apply(tx, updates);
  const differing = compared.filter(({ diff }) => diff !== null && !diff.isFinal).map(({ item }) => item);
  if (differing.length === 0) return new Map();
  const after = await type.compare(tx, differing, { fetchedAt: COMPARE_ALWAYS, settings: services.config });
  return new Map(
    after.map(({ item, diff }) => [
      item,
      diff ? { state: 'open', note: noteOf(diff) } : { state: 'repaired', note: null },
    ]),
  );
};

/** Queues our roles for the provider. Everything else is the provider's, and stays open. */
const push: Repair = async (tx, { run, services }, type, compared) => {
  const outcomes = new Map();
  for (const { item, diff } of compared) {
    if (!type.push || !diff?.fields.some(({ field }) => field === 'role')) continue;
    const isQueued = await type.push(tx, item, contextForRun(services, run));
    const isAll = isQueued && diff.kind === 'role';
    outcomes.set(
      item,
      isAll ? { state: 'queued', note: null } : { state: 'open', note: isQueued ? null : 'not_pushable' },
    );
  }
  return outcomes;
};
