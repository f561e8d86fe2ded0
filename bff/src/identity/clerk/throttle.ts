import { IdentityUnavailable } from '../../core/identity-provider.ts';

const CONCURRENCY = 4;
const MIN_DELAY_MS = 250;
const MAX_DELAY_MS = 30_000;
/** Longer than any window of Clerk's limits: such a header is a mistake and is ignored. */
const MAX_RETRY_AFTER_MS = 3_600_000;

/** Limits the calls to the provider: a few concurrent ones, and none while it asked to wait. */
export interface Throttle {
  /** Waits for a free slot until `signal` is aborted. Throws IdentityUnavailable immediately while the provider asked to wait. */
  run<T>(signal: AbortSignal, call: () => Promise<T>): Promise<T>;
  /** Blocks all calls for this time, or with exponential backoff when the provider named none. Returns the delay in milliseconds. */
  backOff(retryAfterMs: number | null): number;
  /** Ends the backoff after a success. */
  reset(): void;
}

export function createThrottle(now: () => number = Date.now): Throttle {
  const waiting: (() => void)[] = [];
  let running = 0;
  let blockedUntil = 0;
  let failures = 0;

  const assertOpen = () => {
    const left = blockedUntil - now();
    if (left > 0) throw new IdentityUnavailable('the identity provider asked to wait', { retryAfterMs: left });
  };
  const waitForSlot = (signal: AbortSignal) =>
    new Promise<void>((resume, reject) => {
      const cancel = () => {
        waiting.splice(waiting.indexOf(start), 1);
        reject(new IdentityUnavailable('too many calls to the identity provider are waiting'));
      };
      const start = () => {
        signal.removeEventListener('abort', cancel);
        resume();
      };
      signal.addEventListener('abort', cancel, { once: true });
      waiting.push(start);
    });

  return {
    async run(signal, call) {
      assertOpen();
      if (running >= CONCURRENCY) await waitForSlot(signal);
      else running += 1;
      try {
        assertOpen();
        return await call();
      } finally {
        // A slot passes directly to the call that has waited longest.
        const next = waiting.shift();
        if (next) next();
        else running -= 1;
      }
    },
    backOff(retryAfterMs) {
      const backoff = Math.min(MAX_DELAY_MS, 1_000 * 2 ** failures) * (0.75 + Math.random() / 4);
      const delay = Math.max(MIN_DELAY_MS, retryAfterMs ?? backoff);
      failures += 1;
      blockedUntil = Math.max(blockedUntil, now() + delay);
      return blockedUntil - now();
    },
    reset() {
      failures = 0;
    },
  };
}

/** Returns the milliseconds of a Retry-After header in seconds or as a date; null when it is missing or implausible. */
export function retryAfterOf(headers: Headers, now = Date.now()): number | null {
  const header = headers.get('retry-after')?.trim();
  if (!header) return null;
  const wait = /^\d+(\.\d+)?$/.test(header) ? Number(header) * 1000 : untilDate(header, headers.get('date'), now);
  return Number.isFinite(wait) && wait >= 0 && wait <= MAX_RETRY_AFTER_MS ? Math.ceil(wait) : null;
}

// Neither clock need be right: the longer of the two delays is safe.
function untilDate(header: string, sentAt: string | null, now: number): number {
  if (!/^[A-Z][a-z]{2}/.test(header)) return Number.NaN;
  const until = Date.parse(header);
  const sent = sentAt ? Date.parse(sentAt) : Number.NaN;
  return Math.max(until - now, Number.isNaN(sent) ? Number.NEGATIVE_INFINITY : until - sent);
}
