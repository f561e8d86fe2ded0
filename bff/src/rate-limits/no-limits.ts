import type { RateLimits } from '../core/limits/rate-limits.ts';

const nothing = async () => undefined;

/** What RATE_LIMITS=false means. */
export const noLimits: RateLimits = {
  countRequest: async () => null,
  allowance: async () => null,
  consume: nothing,
  count: nothing,
  check: nothing,
  refuseExceeded: () => undefined,
  refund: nothing,
  reset: nothing,
  recordFamiliar: nothing,
  isFamiliar: async () => false,
  share: nothing,
  close: () => undefined,
};
