import { RateLimiterMemory, RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible';
import { limiterOptions } from './action-limit.ts';
import type { counterTable } from './counter-table.ts';
import type { Rule } from './rules.ts';

/** A key is shared with the other instances once it has used this part of its limit in this process. */
const SHARED_FROM = 0.1;

/**
 * Counts in memory, in microseconds. Keys that use much of their limit are added to the counts of the other instances in the database by
 * `share`, and continue from the sum.
 */
export function requestLimit(keyPrefix: string, rule: Rule, table: ReturnType<typeof counterTable>) {
  const local = new RateLimiterMemory(limiterOptions(keyPrefix, rule));
  const shared = new RateLimiterPostgres({
    ...table,
    ...limiterOptions(keyPrefix, rule),
    clearExpiredByTimeout: false,
  });
  const sharedFrom = Math.max(1, Math.floor(rule.points * SHARED_FROM));
  const unshared = new Map<string, number>();

  return {
    /** Returns the count with this request. Rejects with the count when the limit is exceeded. */
    async count(key: string): Promise<RateLimiterRes> {
      const counted = await local.consume(key);
      const { consumedPoints } = counted;
      if (consumedPoints >= sharedFrom)
        unshared.set(key, (unshared.get(key) ?? 0) + (consumedPoints === sharedFrom ? sharedFrom : 1));
      return counted;
    },
    peek: (key: string) => local.get(key),
    /** Leaves for the next time what cannot be shared now. */
    async share(): Promise<void> {
      for (const [key, points] of [...unshared]) {
        const total = await shared.penalty(key, points);
        const sinceThen = (unshared.get(key) ?? points) - points;
        if (sinceThen > 0) unshared.set(key, sinceThen);
        else unshared.delete(key);
        await local.set(key, total.consumedPoints + sinceThen, Math.max(total.msBeforeNext, 1) / 1000);
      }
    },
  };
}

export const isRefusal = (thrown: unknown): thrown is RateLimiterRes => thrown instanceof RateLimiterRes;
