import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { SyncRun } from '@rolecall/prisma/client';
import type { IdentityDirectory } from '../../core/identity-provider.ts';
import { type ExecuteDeps as Deps, execute } from './execute.ts';
import { acquireLease } from './lease.ts';
import type { RetryPolicy } from './retry.ts';
import { createRun, type RunOrder } from './run.ts';

/** One server may have several owners: its runner, and each followRun. */
const newLeaseOwner = () => randomUUID();

const POLL_MS = 2_000;
const PROGRESS_MS = 500;

/** Polls for a run that no instance works on, and executes it. Returns a function that stops polling. */
export function startRunner(deps: Deps, options: { retryPolicy?: RetryPolicy } = {}): () => Promise<void> {
  const leaseOwner = newLeaseOwner();
  let isStopped = false;
  let working: Promise<void> | null = null;
  const poll = async () => {
    const run = isStopped ? null : await acquireLease(deps, leaseOwner);
    if (run) await execute(deps, run, options);
  };
  const pollUnlessBusy = () => {
    working ??= poll()
      .catch((error) => deps.log.error({ err: error }, 'sync run poll failed'))
      .finally(() => {
        working = null;
      });
  };
  pollUnlessBusy();
  const timer = setInterval(pollUnlessBusy, POLL_MS);
  return async () => {
    isStopped = true;
    clearInterval(timer);
    await working;
  };
}

export interface FollowOptions {
  retryPolicy?: RetryPolicy;
  /** Called with the current run twice a second. */
  onProgress?: (run: SyncRun) => void;
}

/** Executes a run, or waits while another instance does. Returns the run once it has ended. */
export async function followRun(deps: Deps, id: string, { onProgress, ...how }: FollowOptions = {}): Promise<SyncRun> {
  const leaseOwner = newLeaseOwner();
  const read = () => deps.db.sync.syncRun.findFirstOrThrow({ where: { id } });
  const report = () => void read().then(onProgress, () => undefined);
  const reporting = onProgress ? setInterval(report, PROGRESS_MS) : undefined;
  try {
    for (;;) {
      const run = await acquireLease(deps, leaseOwner);
      if (run) await execute(deps, run, how);
      const stored = await read();
      if (stored.status !== 'running') return stored;
      await pause(100, undefined, { signal: deps.stopping.signal });
    }
  } finally {
    clearInterval(reporting);
  }
}

export interface OnceOptions extends FollowOptions, Partial<RunOrder> {
  /** Replaces the provider's own directory. */
  directory?: IdentityDirectory;
}

/** Creates a run and executes it to its end. Throws sync_running. */
export async function reconcileOnce(deps: Deps, options: OnceOptions = {}): Promise<SyncRun> {
  const { kind = 'reconcile', mode = 'repair', direction = 'pull', directory, ...how } = options;
  const own = directory ? { ...deps, identity: { ...deps.identity, directory } } : deps;
  return followRun(own, await createRun(own, { kind, mode, direction }), how);
}
