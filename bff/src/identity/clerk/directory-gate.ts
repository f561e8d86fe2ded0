import { IdentityUnavailable } from '../../core/identity-provider.ts';

const AT_ONCE = 4;
const SHORTEST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 30_000;
/** A longer wait than any window of Clerk's limits is a fault of the header, and counts as none. */
const LONGEST_BELIEVED_MS = 3_600_000;

/** What every call to the provider passes: few at a time, and none while the provider wants to be left alone. */
export interface Gate {
  /** Waits for its turn as long as `signal` lets it. Throws IdentityUnavailable at once while nobody may call. */
  pass<T>(signal: AbortSignal, call: () => Promise<T>): Promise<T>;
  /** Nobody calls for so long; null when the provider did not say, then longer after each time. Answers how long, in ms. */
  close(retryAfterMs: number | null): number;
  /** The provider answers again. */
  wasAnswered(): void;
}

export function createGate(now: () => number = Date.now): Gate {
  const waiting: (() => void)[] = [];
  let running = 0;
  let closedUntil = 0;
  let closedInARow = 0;

  const requireOpen = () => {
    const left = closedUntil - now();
    if (left > 0) throw new IdentityUnavailable('the identity provider asked to wait', { retryAfterMs: left });
  };
  const turn = (signal: AbortSignal) =>
    new Promise<void>((resume, reject) => {
      const giveUp = () => {
        waiting.splice(waiting.indexOf(start), 1);
        reject(new IdentityUnavailable('too many calls to the identity provider are waiting'));
      };
      const start = () => {
        signal.removeEventListener('abort', giveUp);
        resume();
      };
      signal.addEventListener('abort', giveUp, { once: true });
      waiting.push(start);
    });

  return {
    async pass(signal, call) {
      requireOpen();
      if (running >= AT_ONCE) await turn(signal);
      else running += 1;
      try {
        requireOpen();
        return await call();
      } finally {
        // A place that becomes free goes to whoever waits longest, and is never counted as free in between.
        const next = waiting.shift();
        if (next) next();
        else running -= 1;
      }
    },
    close(retryAfterMs) {
      const unsaid = Math.min(LONGEST_PAUSE_MS, 1_000 * 2 ** closedInARow) * (0.75 + Math.random() / 4);
      const pause = Math.max(SHORTEST_PAUSE_MS, retryAfterMs ?? unsaid);
      closedInARow += 1;
      closedUntil = Math.max(closedUntil, now() + pause);
      return closedUntil - now();
    },
    wasAnswered() {
      closedInARow = 0;
    },
  };
}

/** Milliseconds of a Retry-After header in seconds or as a date; null when it is missing or cannot be meant. */
export function retryAfterOf(headers: Headers, now = Date.now()): number | null {
  const given = headers.get('retry-after')?.trim();
  if (!given) return null;
  const wait = /^\d+(\.\d+)?$/.test(given) ? Number(given) * 1000 : untilDate(given, headers.get('date'), now);
  return Number.isFinite(wait) && wait >= 0 && wait <= LONGEST_BELIEVED_MS ? Math.ceil(wait) : null;
}

// Neither clock need be right: the longer of both waits keeps the promise.
function untilDate(given: string, sentAt: string | null, now: number): number {
  if (!/^[A-Z][a-z]{2}/.test(given)) return Number.NaN;
  const until = Date.parse(given);
  const sent = sentAt ? Date.parse(sentAt) : Number.NaN;
  return Math.max(until - now, Number.isNaN(sent) ? Number.NEGATIVE_INFINITY : until - sent);
}
