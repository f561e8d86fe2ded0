import type { Logger } from 'pino';
import type { IdentityDirectory } from '../../core/identity-provider.ts';
import type { Services } from '../../core/services.ts';
import { askPatiently, PATIENCE, type Patience, ProviderGaveUp } from './retry.ts';
import { type HeldRun, noteWaiting, RunLost } from './run.ts';

/** What a run works with, and when it has to stop. */
export interface RunScene {
  services: Pick<Services, 'db' | 'config'>;
  log: Logger;
  directory: IdentityDirectory;
  run: HeldRun;
  signal: AbortSignal;
  patience?: Patience;
}

/** Waits as the provider wants it, and lets people see that the run waits. */
export const ask = <T>({ services, run, signal, patience }: RunScene, call: () => Promise<T>): Promise<T> =>
  askPatiently(call, signal, (ms, why) => noteWaiting(services, run, ms, why), patience ?? PATIENCE);

/** Errors that end the run, or our holding of it, and are no fault of an object. */
export const isEnd = ({ signal }: RunScene, error: unknown): boolean =>
  signal.aborted || error instanceof RunLost || error instanceof ProviderGaveUp;
