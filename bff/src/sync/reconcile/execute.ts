import { setTimeout as pause } from 'node:timers/promises';
import type { Services } from '../../core/services.ts';
import { retryDuringOutage } from '../../db/retry-during-outage.ts';
import { reviewAllOwners } from '../apply/ownerless.ts';
import { endsRun, type RunContext } from './context.ts';
import { commitStep, endRun, HEARTBEAT_MS, type LeasedRun, LeaseLostError, releaseLease, renewLease } from './lease.ts';
import { membershipType } from './memberships.ts';
import { organizationType } from './organizations.ts';
import { pruneMissing } from './prune.ts';
import { repairRequested } from './repair.ts';
import { ProviderUnavailableError, type RetryPolicy } from './retry.ts';
import { contextForRun, PHASES, type PhaseName } from './run.ts';
import { scanProvider } from './scan.ts';
import { userType } from './users.ts';

export type ExecuteDeps = Pick<Services, 'db' | 'config' | 'identity' | 'log' | 'stopping'>;

const PHASE_HANDLERS: Record<PhaseName, (context: RunContext) => Promise<void>> = {
  users: (context) => scanProvider(context, userType),
  organizations: (context) => scanProvider(context, organizationType),
  memberships: (context) => scanProvider(context, membershipType),
  'prune-users': (context) => pruneMissing(context, userType),
  'prune-organizations': (context) => pruneMissing(context, organizationType),
  'prune-memberships': (context) => pruneMissing(context, membershipType),
  repair: repairRequested,
};

const MAX_ATTEMPTS = 3;
const RETRY_DELAY_MS = 2_000;

/** Executes a leased run until it is done, the lease is lost, the run is cancelled or the server stops. */
export async function execute(
  deps: ExecuteDeps,
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
    if (!directory) return await endRun(deps, run, 'failed', 'The identity provider has no directory');
    await executeWithRetries({
      services: deps,
      log: deps.log,
      directory,
      run,
      signal,
      ...(retryPolicy ? { retryPolicy } : {}),
    });
    await endRun(deps, run, 'done');
  } catch (error) {
    await handleFailure(deps, run, error, lost.signal.aborted);
  } finally {
    clearInterval(heartbeat);
  }
}

async function handleFailure(deps: ExecuteDeps, run: LeasedRun, error: unknown, isLost: boolean): Promise<void> {
  if (error instanceof LeaseLostError || isLost) return;
  if (deps.stopping.signal.aborted) {
    await releaseLease(deps, run);
    return;
  }
  const isProviderError = error instanceof ProviderUnavailableError;
  if (!isProviderError) deps.log.error({ err: error, run: run.id }, 'sync run failed');
  await endRun(deps, run, 'failed', isProviderError ? error.message : 'Internal error; see the log');
}

/** Retries from the last commit: an error on our side may be temporary. */
async function executeWithRetries(context: RunContext): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await retryDuringOutage(() => executePhases(context), context.signal);
    } catch (error) {
      if (endsRun(context, error) || attempt === MAX_ATTEMPTS) throw error;
      context.log.warn({ err: error, run: context.run.id }, 'sync run retried from its last commit');
      await pause(RETRY_DELAY_MS, undefined, { signal: context.signal });
    }
  }
}

async function executePhases(context: RunContext): Promise<void> {
  const { run, services } = context;
  for (;;) {
    await PHASE_HANDLERS[run.progress.phase](context);
    const next = phaseAfter(run);
    if (!next) {
      if (run.mode === 'repair') await reviewAllOwners(services.db, contextForRun(services, run));
      return;
    }
    await commitStep(services, run, async () => ({
      progress: {
        ...{ phase: next, cursor: null, processed: 0, total: null, rate: null },
        // Where too many users are missing, no other copies are ended unasked either.
        ...(run.progress.isPruneBlocked ? { isPruneBlocked: true } : {}),
      },
      counts: run.counts,
    }));
  }
}

/** A backfill ends nothing. The repair phase runs alone, for selected drift items. */
function phaseAfter(run: LeasedRun): PhaseName | null {
  const next = PHASES[PHASES.indexOf(run.progress.phase) + 1];
  if (!next || next === 'repair') return null;
  return run.kind === 'backfill' && next.startsWith('prune-') ? null : next;
}
