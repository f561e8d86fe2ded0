import type { Logger } from 'pino';
import type { IdentityDirectory } from '../../core/identity-provider.ts';
import type { Services } from '../../core/services.ts';
import { DEFAULT_RETRY_POLICY, ProviderUnavailableError, type RetryPolicy, withRetry } from './retry.ts';
import { type LeasedRun, LeaseLostError, recordBackoff } from './run.ts';

/** What a run works with, and when it has to stop. */
export interface RunContext {
  services: Pick<Services, 'db' | 'config'>;
  log: Logger;
  directory: IdentityDirectory;
  run: LeasedRun;
  signal: AbortSignal;
  retryPolicy?: RetryPolicy;
}

/** Waits as the provider wants it, and lets people see that the run waits. */
export const ask = <T>({ services, run, signal, retryPolicy }: RunContext, call: () => Promise<T>): Promise<T> =>
  withRetry(call, signal, (ms, why) => recordBackoff(services, run, ms, why), retryPolicy ?? DEFAULT_RETRY_POLICY);

/** Errors that end the run, or our holding of it, and are no fault of an object. */
export const isEnd = ({ signal }: RunContext, error: unknown): boolean =>
  signal.aborted || error instanceof LeaseLostError || error instanceof ProviderUnavailableError;
