import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { SyncRun } from 'database/client';
import type { IdentityDirectory } from '../../core/identity-provider.ts';
import type { Services } from '../../core/services.ts';
import { isEnd, type RunScene } from './context.ts';
import { reconciledMemberships } from './memberships.ts';
import { reconciledOrganizations } from './organizations.ts';
import { walkUnlisted } from './prune.ts';
import { repairWanted } from './repair.ts';
import { type Patience, ProviderGaveUp } from './retry.ts';
import {
  beginRun,
  commitStep,
  endRun,
  HEARTBEAT_MS,
  type HeldRun,
  keepRun,
  PHASES,
  type PhaseName,
  RunLost,
  type RunOrder,
  releaseRun,
  takeRun,
} from './run.ts';
import { walkList } from './scan.ts';
import { reconciledUsers } from './users.ts';

type Deps = Pick<Services, 'db' | 'config' | 'identity' | 'log' | 'stopping'>;

/** One instance of the server may have several of these; the lease tells them apart. */
const newHolder = () => randomUUID();

const DO: Record<PhaseName, (scene: RunScene) => Promise<void>> = {
  users: (scene) => walkList(scene, reconciledUsers),
  organizations: (scene) => walkList(scene, reconciledOrganizations),
  memberships: (scene) => walkList(scene, reconciledMemberships),
  'gone-users': (scene) => walkUnlisted(scene, reconciledUsers),
  'gone-organizations': (scene) => walkUnlisted(scene, reconciledOrganizations),
  'gone-memberships': (scene) => walkUnlisted(scene, reconciledMemberships),
  repair: repairWanted,
};

const TRIES = 3;
const BETWEEN_TRIES_MS = 2_000;

/** Works on a run that we hold until it is done, somebody else has it or ended it, or the server stops. */
async function workOnRun(deps: Deps, run: HeldRun, { patience }: { patience?: Patience } = {}): Promise<void> {
  const { directory } = deps.identity;
  const lost = new AbortController();
  const signal = AbortSignal.any([deps.stopping.signal, lost.signal]);
  const heartbeat = setInterval(() => {
    keepRun(deps, run).then(
      (isOurs) => isOurs || lost.abort(new RunLost()),
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
      ...(patience ? { patience } : {}),
    });
    await endRun(deps, run, 'done');
  } catch (error) {
    await leave(deps, run, error, lost.signal.aborted);
  } finally {
    clearInterval(heartbeat);
  }
}

async function leave(deps: Deps, run: HeldRun, error: unknown, isLost: boolean): Promise<void> {
  if (error instanceof RunLost || isLost) return;
  if (deps.stopping.signal.aborted) {
    await releaseRun(deps, run);
    return;
  }
  const isTheirs = error instanceof ProviderGaveUp;
  if (!isTheirs) deps.log.error({ err: error, run: run.id }, 'a sync run failed');
  await endRun(deps, run, 'failed', isTheirs ? error.message : 'Something went wrong on our side; the log says what');
}

/** What goes wrong on our side may be over in a moment: it is tried again from the last commit. */
async function workPersistently(scene: RunScene): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await workThrough(scene);
    } catch (error) {
      if (isEnd(scene, error) || attempt === TRIES) throw error;
      scene.log.warn({ err: error, run: scene.run.id }, 'a sync run starts again from its last commit');
      await pause(BETWEEN_TRIES_MS, undefined, { signal: scene.signal });
    }
  }
}

async function workThrough(scene: RunScene): Promise<void> {
  const { run, services } = scene;
  for (;;) {
    await DO[run.progress.phase](scene);
    const next = phaseAfter(run);
    if (!next) return;
    await commitStep(services, run, async () => ({
      progress: {
        ...{ phase: next, cursor: null, processed: 0, total: null, rate: null },
        // Where too many people are gone, nothing else is ended unasked either.
        ...(run.progress.isHeld ? { isHeld: true } : {}),
      },
      tallies: run.tallies,
    }));
  }
}

/** A first copy takes in what is there and ends nothing. A repair that somebody asked for stands alone. */
function phaseAfter(run: HeldRun): PhaseName | null {
  const next = PHASES[PHASES.indexOf(run.progress.phase) + 1];
  if (!next || next === 'repair') return null;
  return run.kind === 'backfill' && next.startsWith('gone-') ? null : next;
}

const POLL_MS = 2_000;
const TELL_MS = 500;

/** Takes over whatever run nobody works on: a new one, or one whose server died. Answers how to stop. */
export function startSyncRuns(deps: Deps, how: { patience?: Patience } = {}): () => Promise<void> {
  const holder = newHolder();
  let isStopped = false;
  let working: Promise<void> | null = null;
  const look = async () => {
    const run = isStopped ? null : await takeRun(deps, holder);
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
  patience?: Patience;
  /** Hears of the run as it stands, twice in a second. */
  onProgress?: (run: SyncRun) => void;
}

/** Works on a run, or waits while another instance does, until it ends. Answers it as it ended. */
export async function followRun(deps: Deps, id: string, { onProgress, ...how }: FollowOptions = {}): Promise<SyncRun> {
  const holder = newHolder();
  const read = () => deps.db.sync.syncRun.findFirstOrThrow({ where: { id } });
  const tell = () => void read().then(onProgress, () => undefined);
  const telling = onProgress ? setInterval(tell, TELL_MS) : undefined;
  try {
    for (;;) {
      const run = await takeRun(deps, holder);
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
