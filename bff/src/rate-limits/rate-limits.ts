import type pg from 'pg';
import type { Logger } from 'pino';
import { RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible';
import { rateLimited } from '../core/errors.ts';
import type { ActionLimit, Allowance, RateLimits, RequestLimit } from '../core/limits/rate-limits.ts';
import type { RateLimitConfig } from '../core/settings/rate-limits.ts';
import { actionLimit, blockedMs } from './action-limit.ts';
import { counterTable } from './counter-table.ts';
import { noLimits } from './no-limits.ts';
import { isRefusal, requestLimit } from './request-limit.ts';
import { actionRules, type Rule, requestRules } from './rules.ts';

const SHARE_EVERY_MS = 1_000;
const FAMILIAR_SECONDS = 90 * 24 * 3600;

interface RateLimitDeps {
  config: RateLimitConfig;
  pool: pg.Pool;
  log: Logger;
  onExceeded: (limit: RequestLimit | ActionLimit) => void;
}

/** Creates all limits. One per process. */
export function createRateLimits({ config, pool, log, onExceeded }: RateLimitDeps): RateLimits {
  if (!config.isOn) return noLimits;
  const table = counterTable(pool, (error) => log.warn({ err: error }, 'rate limits counted per process'));
  const requests = mapRules(requestRules(config), (name, rule) => ({ rule, limit: requestLimit(name, rule, table) }));
  const actions = mapRules(actionRules(config), (name, rule) => ({ rule, limit: actionLimit(name, rule, table) }));
  // The one that removes what has expired of all of them, every five minutes.
  const familiar = new RateLimiterPostgres({ ...table, keyPrefix: 'familiar', points: 1, duration: FAMILIAR_SECONDS });

  const refuse = (name: RequestLimit | ActionLimit, rule: Rule, thrown: unknown): never => {
    if (!isRefusal(thrown)) throw thrown;
    onExceeded(name);
    throw rateLimited({ ...allowanceOf(rule, thrown), remaining: 0 });
  };
  const consume = async (name: ActionLimit, key: string, points: 0 | 1): Promise<void> => {
    const { rule, limit } = actions[name];
    await limit.consume(key, points).catch((thrown) => refuse(name, rule, thrown));
  };
  let sharing: Promise<void> | null = null;
  const shareAll = async () => {
    for (const { limit } of Object.values(requests)) await limit.share();
  };
  const share = () => {
    sharing ??= shareAll().finally(() => {
      sharing = null;
    });
    return sharing;
  };
  const timer = setInterval(() => void share().catch(() => undefined), SHARE_EVERY_MS).unref();

  return {
    async countRequest(name, key) {
      const { rule, limit } = requests[name];
      return allowanceOf(rule, await limit.count(key).catch((thrown) => refuse(name, rule, thrown)));
    },
    async allowance(name, key) {
      const { rule, limit } = requests[name];
      const counted = await limit.peek(key);
      return counted && allowanceOf(rule, counted);
    },
    consume: (name, key) => consume(name, key, 1),
    count: async (name, key) => void (await actions[name].limit.penalty(key)),
    check: (name, key) => consume(name, key, 0),
    refuseExceeded: (name, key) => {
      const { rule, limit } = actions[name];
      const ms = blockedMs(limit, key);
      if (ms > 0) refuse(name, rule, new RateLimiterRes(0, ms));
    },
    refund: async (name, key) => void (await actions[name].limit.reward(key)),
    reset: async (name, key) => void (await actions[name].limit.delete(key)),
    recordFamiliar: async (account, address) =>
      void (await familiar.set(`${account}|${address}`, 1, FAMILIAR_SECONDS).catch(() => undefined)),
    isFamiliar: async (account, address) => (await familiar.get(`${account}|${address}`).catch(() => null)) !== null,
    share,
    close: () => clearInterval(timer),
  };
}

const allowanceOf = ({ points, seconds }: Rule, counted: RateLimiterRes): Allowance => ({
  limit: points,
  windowSeconds: seconds,
  remaining: Math.max(0, points - counted.consumedPoints),
  resetSeconds: Math.max(1, Math.ceil(counted.msBeforeNext / 1000)),
});

const mapRules = <Name extends string, T>(rules: Record<Name, Rule>, create: (name: Name, rule: Rule) => T) =>
  Object.fromEntries(Object.entries<Rule>(rules).map(([name, rule]) => [name, create(name as Name, rule)])) as Record<
    Name,
    T
  >;
