import { setTimeout as pause } from 'node:timers/promises';
import { IdentityUnavailable } from '../../core/identity-provider.ts';

/** The provider was in trouble for too long, or refuses for good: the run stops, and can be resumed. */
export class ProviderGaveUp extends Error {}

export interface Patience {
  /** For so long without any answer a run waits before it gives up. */
  giveUpAfterMs: number;
  /** When the provider does not say how long to wait: doubled after each fault, up to the longest. */
  firstPauseMs: number;
  longestPauseMs: number;
}

export const PATIENCE: Patience = { giveUpAfterMs: 30 * 60_000, firstPauseMs: 500, longestPauseMs: 30_000 };

/** Asks until there is an answer, and waits as long as it is told to. Throws ProviderGaveUp, or when `signal` is aborted. */
export async function askPatiently<T>(
  ask: () => Promise<T>,
  signal: AbortSignal,
  onWait: (ms: number, why: string) => Promise<unknown>,
  patience: Patience,
): Promise<T> {
  const since = Date.now();
  for (let attempt = 0; ; attempt++) {
    signal.throwIfAborted();
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof IdentityUnavailable)) throw error;
      const unsaid = Math.min(patience.longestPauseMs, patience.firstPauseMs * 2 ** attempt);
      const wait = Math.max(100, error.retryAfterMs ?? unsaid * (0.75 + Math.random() / 4));
      if (!error.isTemporary) throw new ProviderGaveUp(`The identity provider refuses: ${error.message}`);
      if (Date.now() + wait - since > patience.giveUpAfterMs) {
        throw new ProviderGaveUp(`The identity provider was not to be reached for too long: ${error.message}`);
      }
      await onWait(wait, error.message);
      await pause(wait, undefined, { signal });
    }
  }
}
