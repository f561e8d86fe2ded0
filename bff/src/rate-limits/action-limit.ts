import { RateLimiterMemory, RateLimiterPostgres } from 'rate-limiter-flexible';
import type { counterTable } from './counter-table.ts';
import type { Rule } from './rules.ts';

/**
 * Counts in the database, so that a limit holds over all instances. An exceeded limit is remembered in memory until its window ends, so
 * that a flood costs no statement; during an outage this process counts alone.
 */
export const actionLimit = (keyPrefix: string, rule: Rule, table: ReturnType<typeof counterTable>) =>
  new RateLimiterPostgres({
    ...table,
    ...limiterOptions(keyPrefix, rule),
    inMemoryBlockOnConsumed: rule.points + 1,
    insuranceLimiter: new RateLimiterMemory(limiterOptions(keyPrefix, rule)),
    clearExpiredByTimeout: false,
  });

export const limiterOptions = (keyPrefix: string, { points, seconds }: Rule) => ({
  keyPrefix,
  points,
  duration: seconds,
});

/** Returns for how long this process will refuse the key without a statement. The library's types lack the method. */
export const blockedMs = (limit: RateLimiterPostgres, key: string): number =>
  (limit as unknown as { getInMemoryBlockMsBeforeExpire(key: string): number }).getInMemoryBlockMsBeforeExpire(
    limit.getKey(key),
  );
