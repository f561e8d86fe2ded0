import type { Logger } from 'pino';
import { type IdentityDirectory, IdentityUnreadable } from '../../core/identity-provider.ts';
import type { Services } from '../../core/services.ts';
import { type LeasedRun, LeaseLostError, recordBackoff } from './lease.ts';
import { DEFAULT_RETRY_POLICY, ProviderUnavailableError, type RetryPolicy, withRetry } from './retry.ts';

/** What the phases of a run work with. */
export interface RunContext {
  services: Pick<Services, 'config' | 'db' | 'identity'>;
  log: Logger;
  directory: IdentityDirectory;
  run: LeasedRun;
  /** Aborted when the lease is lost or the server stops. */
  signal: AbortSignal;
  retryPolicy?: RetryPolicy;
}

/** Calls the provider, retries as it demands, and shows in the run that it waits. */
export const callProvider = <T>(
  { services, run, signal, retryPolicy }: RunContext,
  call: () => Promise<T>,
): Promise<T> =>
  withRetry(call, signal, (ms, why) => recordBackoff(services, run, ms, why), retryPolicy ?? DEFAULT_RETRY_POLICY);

/** Like callProvider; `unreadable` for an object that the provider has and that cannot be read. */
export const fetchObject = <T>(context: RunContext, fetch: () => Promise<T | null>): Promise<T | null | 'unreadable'> =>
  callProvider(context, fetch).catch((error) => {
    if (error instanceof IdentityUnreadable) return 'unreadable';
    throw error;
  });

/** Whether the error ends the run or our lease, rather than concerning one object. */
export const endsRun = ({ signal }: RunContext, error: unknown): boolean =>
  signal.aborted || error instanceof LeaseLostError || error instanceof ProviderUnavailableError;
