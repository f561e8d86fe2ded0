import { setTimeout as pause } from 'node:timers/promises';
import { IdentityUnavailable } from '../../core/identity-provider.ts';

/** The provider was in trouble for too long, or refuses for good: the run stops, and can be resumed. */
export class ProviderUnavailableError extends Error {}

export interface RetryPolicy {
  /** For so long without any answer a run waits before it gives up. */
  maxElapsedMs: number;
  /** When the provider does not say how long to wait: doubled after each fault, up to the longest. */
  initialDelayMs: number;
  maxDelayMs: number;
}

export const DEFAULT_RETRY_POLICY: RetryPolicy = { maxElapsedMs: 30 * 60_000, initialDelayMs: 500, maxDelayMs: 30_000 };

/** Asks until there is an answer, and waits as long as it is told to. Throws ProviderUnavailableError, or when `signal` is aborted. */
export async function withRetry<T>(
  ask: () => Promise<T>,
  signal: AbortSignal,
  onWait: (ms: number, why: string) => Promise<unknown>,
  retryPolicy: RetryPolicy,
): Promise<T> {
  const since = Date.now();
  for (let attempt = 0; ; attempt++) {
    signal.throwIfAborted();
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof IdentityUnavailable)) throw error;
      const unsaid = Math.min(retryPolicy.maxDelayMs, retryPolicy.initialDelayMs * 2 ** attempt);
      const wait = Math.max(100, error.retryAfterMs ?? unsaid * (0.75 + Math.random() / 4));
      if (!error.isTemporary) throw new ProviderUnavailableError(`The identity provider refuses: ${error.message}`);
      if (Date.now() + wait - since > retryPolicy.maxElapsedMs) {
        throw new ProviderUnavailableError(
          `The identity provider was not to be reached for too long: ${error.message}`,
        );
      }
      await onWait(wait, error.message);
      await pause(wait, undefined, { signal });
    }
  }
}
