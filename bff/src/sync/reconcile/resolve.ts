import type { Tx } from '../../db/tenant-tx.ts';
import type { RunScene } from './context.ts';
import type { Finding } from './drift/diff.ts';
import type { Drift } from './drift/drift.ts';
import { type Compared, NEVER_TOUCHED, type Reconciled } from './resource.ts';
import { causeOf } from './run.ts';

export interface Judged {
  found: Drift[];
  /** Whether each is written down by itself; a backfill expects to find nothing of it here, and only counts. */
  isListed: boolean;
}

type Outcome = Pick<Drift, 'state' | 'note'>;

const FINAL = 'Our copy ended for good; what the provider lists under this id does not bring it back';
const REMAINS = 'This is not for the provider to decide here';
const NOTHING_TO_PUSH = 'Only roles that the provider knows by name can be sent there';

/** Compares objects with our copies, and repairs what the run may repair. */
export async function judge<T>(
  tx: Tx,
  scene: Pick<RunScene, 'run' | 'services'>,
  kind: Reconciled<T>,
  items: readonly T[],
  askedAt: Date,
): Promise<Judged> {
  const { run, services } = scene;
  const compared = await kind.compare(tx, items, { askedAt, settings: services.config });
  const repair = { pull, push }[run.direction];
  const outcomes = run.mode === 'repair' ? await repair(tx, scene, kind, compared) : new Map<T, Outcome>();
  const found = compared.flatMap(({ item, finding }): Drift[] => {
    if (!finding) return [];
    const { state, note } = outcomes.get(item) ?? { state: 'open', note: finding.isFinal ? FINAL : null };
    return [{ ...kind.refOf(item), objectType: kind.type, kind: finding.kind, fields: finding.fields, state, note }];
  });
  return { found, isListed: run.kind !== 'backfill' };
}

type Repair = <T>(
  tx: Tx,
  scene: Pick<RunScene, 'run' | 'services'>,
  kind: Reconciled<T>,
  compared: readonly Compared<T>[],
) => Promise<Map<T, Outcome>>;

/** Compares again afterwards: only what agrees then counts as repaired. */
const pull: Repair = async (tx, { run, services }, kind, compared) => {
  const isOurs = (finding: Finding) => finding.isFinal === true || finding.isRefused === true;
  const due = compared.filter(({ finding, isFresher }) => (finding && !isOurs(finding)) || isFresher);
  // Only where roles differ does what the provider said before count again: elsewhere what people did here since is newer.
  const { repairsRoles: _, ...cause } = causeOf(services, run);
  const aboutRole = (finding: Finding | null) => finding?.fields.some(({ field }) => field === 'role') === true;
  const words = due.map(({ item, finding }) => ({ item, cause: aboutRole(finding) ? causeOf(services, run) : cause }));
  if (words.length > 0) await kind.apply(tx, words);
  const told = compared.filter(({ finding }) => finding !== null && !finding.isFinal).map(({ item }) => item);
  if (told.length === 0) return new Map();
  const after = await kind.compare(tx, told, { askedAt: NEVER_TOUCHED, settings: services.config });
  return new Map(
    after.map(({ item, finding }) => [
      item,
      finding ? { state: 'open', note: finding.isRefused ? REMAINS : null } : { state: 'repaired', note: null },
    ]),
  );
};

/** Our roles go there; all else is the provider's, and stays as it was found. */
const push: Repair = async (tx, { run, services }, kind, compared) => {
  const outcomes = new Map();
  for (const { item, finding } of compared) {
    if (!kind.push || !finding?.fields.some(({ field }) => field === 'role')) continue;
    const isSent = await kind.push(tx, item, causeOf(services, run));
    const isAll = isSent && finding.kind === 'role';
    outcomes.set(
      item,
      isAll ? { state: 'queued', note: null } : { state: 'open', note: isSent ? null : NOTHING_TO_PUSH },
    );
  }
  return outcomes;
};
