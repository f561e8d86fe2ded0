import type { IdentityRef } from '../../core/identity-provider.ts';
import { databaseNow } from '../../db/clock.ts';
import type { Tx } from '../../db/tenant-tx.ts';
import { pushesRoles } from '../role-names.ts';
import { fetchObject, type RunContext } from './context.ts';
import type { Drift } from './drift/drift.ts';
import { commitStep } from './lease.ts';
import { resolve } from './resolve.ts';
import type { MissingRef, ReconciledType } from './resource.ts';
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
    const missing = (await type.missingAtProvider(db, run, { after: '', limit: limit + 1, isKnown: true })).length;
    const isPruneBlocked = missing > limit;
    await commitStep(services, run, async () => ({
      progress: { ...run.progress, isPruneBlocked, total: isPruneBlocked ? null : missing },
      counts: run.counts,
    }));
  }
  for (;;) {
    const refs = await type.missingAtProvider(db, run, { after: run.progress.cursor ?? '', limit: BATCH });
    if (refs.length === 0) return;
    const batch: Fetched<T>[] = [];
    for (let start = 0; start < refs.length; start += CONCURRENCY) {
      const fetchedAt = await databaseNow(context.services.db.sync);
      const some = refs.slice(start, start + CONCURRENCY);
      const items = await Promise.all(some.map((ref) => fetchObject(context, () => type.fetch(directory, ref))));
      const fetched = some.map((ref, index) => ({ ref, item: items[index] ?? null, fetchedAt }));
      if (mayEnd(run)) for (const one of fetched) await pruneBatch(context, type, [one]);
      else batch.push(...fetched);
    }
    if (batch.length > 0) await pruneBatch(context, type, batch);
  }
}

interface Fetched<T> {
  ref: MissingRef;
  item: T | null | 'unreadable';
  fetchedAt: Date;
}

/** The list may have skipped an object that exists: it is then reconciled like a listed one. */
function pruneBatch<T>(context: RunContext, type: ReconciledType<T>, fetched: readonly Fetched<T>[]): Promise<void> {
  const { run } = context;
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
      const drift = await (ref.isLocal ? createMissing : endMissing)(tx, context, type, refOf(ref));
      if (drift) found.push({ ...refOf(ref), objectType: type.type, kind: 'extra', fields: [], ...drift });
    }
    return { checked: fetched.length, found, isListed: true };
  });
}

const refOf = ({ objectId, userId, organizationId }: MissingRef): IdentityRef => ({ objectId, userId, organizationId });

const mayEnd = ({ mode, direction, progress }: RunContext['run']): boolean =>
  mode === 'repair' && direction === 'pull' && !progress.isPruneBlocked;

/** Returns null where nothing differs any more. */
type Resolution = <T>(
  tx: Tx,
  context: RunContext,
  type: ReconciledType<T>,
  ref: IdentityRef,
) => Promise<Pick<Drift, 'state' | 'note'> | null>;

const endMissing: Resolution = async (tx, { run, services }, type, ref) => {
  const isEnded = mayEnd(run) && (await type.end(tx, ref, contextForRun(services, run))) === 'applied';
  // A webhook may have ended it while this transaction waited for its lock.
  if (mayEnd(run) && !isEnded && (await type.missingAtProvider(tx, run, { among: [ref.objectId] })).length === 0)
    return null;
  return { state: isEnded ? 'repaired' : 'open', note: run.progress.isPruneBlocked ? 'prune_limit' : null };
};

/** What was created here is created there too by a run that pushes, and ended by none. */
const createMissing: Resolution = async (tx, { run, services }, type, ref) => {
  const isPushed = run.mode === 'repair' && run.direction === 'push';
  if (isPushed && (await type.create?.(tx, ref, services))) return { state: 'queued', note: null };
  const tenant = await tx.tenant.findFirst({ where: { identityOrgId: ref.organizationId } });
  const target = { tenantId: tenant?.id ?? '', objectType: type.type, objectId: ref.userId ?? '' };
  const push = tenant && (await tx.identityPush.findFirst({ where: target }));
  if (push?.status === 'pending' && pushesRoles(services.config)) return null;
  return { state: 'open', note: push?.status === 'dead' ? 'push_refused' : 'unknown_at_provider' };
};
