import { setTimeout as pause } from 'node:timers/promises';
import { IdentityUnavailable } from '../../core/identity-provider.ts';

/** The provider was unavailable for too long, or refuses for good: the run fails and can be resumed. */
export class ProviderUnavailableError extends Error {}

export interface RetryPolicy {
  /** How long to retry without any answer. */
  maxElapsedMs: number;
  /** The delay when the provider names none: doubled after each error, up to the maximum. */
  initialDelayMs: number;
  maxDelayMs: number;
}

export const DEFAULT_RETRY_POLICY: RetryPolicy = {
  maxElapsedMs: 30 * 60_000,
  initialDelayMs: 500,
  maxDelayMs: 30_000,
};

/** Retries the call until it succeeds, after the delay the provider asks for. Throws ProviderUnavailableError, or when `signal` is aborted. */
export async function withRetry<T>(
  call: () => Promise<T>,
  signal: AbortSignal,
  onBackoff: (ms: number, reason: string) => Promise<unknown>,
  policy: RetryPolicy,
): Promise<T> {
  const since = Date.now();
  for (let attempt = 0; ; attempt++) {
    signal.throwIfAborted();
    try {
      return await call();
    } catch (error) {
      if (!(error instanceof IdentityUnavailable)) throw error;
      if (!error.isTemporary) throw new ProviderUnavailableError(`The identity provider refuses: ${error.message}`);
      const backoff = Math.min(policy.maxDelayMs, policy.initialDelayMs * 2 ** attempt);
      const delay = Math.max(100, error.retryAfterMs ?? backoff * (0.75 + Math.random() / 4));
      if (Date.now() + delay - since > policy.maxElapsedMs) {
        throw new ProviderUnavailableError(`The identity provider was unavailable for too long: ${error.message}`);
      }
      await onBackoff(delay, error.message);
      await pause(delay, undefined, { signal });
    }
  }
}
