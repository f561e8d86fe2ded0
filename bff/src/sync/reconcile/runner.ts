import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { SyncRun } from 'database/client';
import type { IdentityDirectory } from '../../core/identity-provider.ts';
import type { Services } from '../../core/services.ts';
import { isEnd, type RunContext } from './context.ts';
import { membershipType } from './memberships.ts';
import { organizationType } from './organizations.ts';
import { pruneMissing } from './prune.ts';
import { repairRequested } from './repair.ts';
import { ProviderUnavailableError, type RetryPolicy } from './retry.ts';
import {
  acquireLease,
  beginRun,
  commitStep,
  endRun,
  HEARTBEAT_MS,
  type LeasedRun,
  LeaseLostError,
  PHASES,
  type PhaseName,
  type RunOrder,
  releaseLease,
  renewLease,
} from './run.ts';
import { scanProvider } from './scan.ts';
import { userType } from './users.ts';

type Deps = Pick<Services, 'db' | 'config' | 'identity' | 'log' | 'stopping'>;

/** One instance of the server may have several of these; the lease tells them apart. */
const newLeaseOwner = () => randomUUID();

const DO: Record<PhaseName, (context: RunContext) => Promise<void>> = {
  users: (context) => scanProvider(context, userType),
  organizations: (context) => scanProvider(context, organizationType),
  memberships: (context) => scanProvider(context, membershipType),
  'gone-users': (context) => pruneMissing(context, userType),
  'gone-organizations': (context) => pruneMissing(context, organizationType),
  'gone-memberships': (context) => pruneMissing(context, membershipType),
  repair: repairRequested,
};

const TRIES = 3;
const BETWEEN_TRIES_MS = 2_000;

/** Works on a run that we hold until it is done, somebody else has it or ended it, or the server stops. */
async function workOnRun(
  deps: Deps,
  run: LeasedRun,
  { retryPolicy }: { retryPolicy?: RetryPolicy } = {},
): Promise<void> {
  const { directory } = deps.identity;
  const lost = new AbortController();
  const signal = AbortSignal.any([deps.stopping.signal, lost.signal]);
  const heartbeat = setInterval(() => {
    renewLease(deps, run).then(
      (isOurs) => isOurs || lost.abort(new LeaseLostError()),
      () => undefined,
    );
  }, HEARTBEAT_MS);
  try {
    if (!directory) return await endRun(deps, run, 'failed', 'The identity provider has no list that we could ask');
    await workPersistently({
      services: deps,
      log: deps.log,
      directory,
      run,
      signal,
      ...(retryPolicy ? { retryPolicy } : {}),
    });
    await endRun(deps, run, 'done');
  } catch (error) {
    await defer(deps, run, error, lost.signal.aborted);
  } finally {
    clearInterval(heartbeat);
  }
}

async function defer(deps: Deps, run: LeasedRun, error: unknown, isLost: boolean): Promise<void> {
  if (error instanceof LeaseLostError || isLost) return;
  if (deps.stopping.signal.aborted) {
    await releaseLease(deps, run);
    return;
  }
  const isTheirs = error instanceof ProviderUnavailableError;
  if (!isTheirs) deps.log.error({ err: error, run: run.id }, 'a sync run failed');
  await endRun(deps, run, 'failed', isTheirs ? error.message : 'Something went wrong on our side; the log says what');
}

/** What goes wrong on our side may be over in a moment: it is tried again from the last commit. */
async function workPersistently(context: RunContext): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await workThrough(context);
    } catch (error) {
      if (isEnd(context, error) || attempt === TRIES) throw error;
      context.log.warn({ err: error, run: context.run.id }, 'a sync run starts again from its last commit');
      await pause(BETWEEN_TRIES_MS, undefined, { signal: context.signal });
    }
  }
}

async function workThrough(context: RunContext): Promise<void> {
  const { run, services } = context;
  for (;;) {
    await DO[run.progress.phase](context);
    const next = phaseAfter(run);
    if (!next) return;
    await commitStep(services, run, async () => ({
      progress: {
        ...{ phase: next, cursor: null, processed: 0, total: null, rate: null },
        // Where too many people are gone, nothing else is ended unasked either.
        ...(run.progress.isHeld ? { isHeld: true } : {}),
      },
      counts: run.counts,
    }));
  }
}

/** A first copy takes in what is there and ends nothing. A repair that somebody asked for stands alone. */
function phaseAfter(run: LeasedRun): PhaseName | null {
  const next = PHASES[PHASES.indexOf(run.progress.phase) + 1];
  if (!next || next === 'repair') return null;
  return run.kind === 'backfill' && next.startsWith('gone-') ? null : next;
}

const POLL_MS = 2_000;
const TELL_MS = 500;

/** Takes over whatever run nobody works on: a new one, or one whose server died. Answers how to stop. */
export function startRunner(deps: Deps, how: { retryPolicy?: RetryPolicy } = {}): () => Promise<void> {
  const leaseOwner = newLeaseOwner();
  let isStopped = false;
  let working: Promise<void> | null = null;
  const look = async () => {
    const run = isStopped ? null : await acquireLease(deps, leaseOwner);
    if (run) await workOnRun(deps, run, how);
  };
  const lookUnlessBusy = () => {
    working ??= look()
      .catch((error) => deps.log.error({ err: error }, 'sync runs cannot be looked for'))
      .finally(() => {
        working = null;
      });
  };
  lookUnlessBusy();
  const timer = setInterval(lookUnlessBusy, POLL_MS);
  return async () => {
    isStopped = true;
    clearInterval(timer);
    await working;
  };
}

export interface FollowOptions {
  retryPolicy?: RetryPolicy;
  /** Hears of the run as it stands, twice in a second. */
  onProgress?: (run: SyncRun) => void;
}

/** Works on a run, or waits while another instance does, until it ends. Answers it as it ended. */
export async function followRun(deps: Deps, id: string, { onProgress, ...how }: FollowOptions = {}): Promise<SyncRun> {
  const leaseOwner = newLeaseOwner();
  const read = () => deps.db.sync.syncRun.findFirstOrThrow({ where: { id } });
  const tell = () => void read().then(onProgress, () => undefined);
  const telling = onProgress ? setInterval(tell, TELL_MS) : undefined;
  try {
    for (;;) {
      const run = await acquireLease(deps, leaseOwner);
      if (run) await workOnRun(deps, run, how);
      const stored = await read();
      if (stored.status !== 'running') return stored;
      await pause(100, undefined, { signal: deps.stopping.signal });
    }
  } finally {
    clearInterval(telling);
  }
}

export interface OnceOptions extends FollowOptions, Partial<RunOrder> {
  /** Another directory than the provider's own. */
  directory?: IdentityDirectory;
}

/** A whole run here and now, from its beginning to its end. Throws sync_running. */
export async function reconcileOnce(deps: Deps, options: OnceOptions = {}): Promise<SyncRun> {
  const { kind = 'reconcile', mode = 'repair', direction = 'pull', directory, ...how } = options;
  const own = directory ? { ...deps, identity: { ...deps.identity, directory } } : deps;
  return followRun(own, await beginRun(own, { kind, mode, direction }), how);
}
