import type { Allowance } from '../../core/limits/rate-limits.ts';

/** The headers of draft-ietf-httpapi-ratelimit-headers-06, which most clients know; later drafts put all into one structured field. */
export function setRateLimitHeaders(headers: Headers, allowance: Allowance): void {
  headers.set('ratelimit-limit', String(allowance.limit));
  headers.set('ratelimit-remaining', String(allowance.remaining));
  headers.set('ratelimit-reset', String(allowance.resetSeconds));
  headers.set('ratelimit-policy', `${allowance.limit};w=${allowance.windowSeconds}`);
}

const integer = (description: string) => ({ description, schema: { type: 'integer', minimum: 0 } as const });

/** For the OpenAPI document. */
export const RATE_LIMIT_HEADERS = {
  'RateLimit-Limit': integer('Requests allowed in the window'),
  'RateLimit-Remaining': integer('Requests left in the window'),
  'RateLimit-Reset': integer('Seconds until the window ends'),
  'RateLimit-Policy': {
    description: 'Requests and seconds of the window: `1200;w=60`',
    schema: { type: 'string' } as const,
  },
};
export const RETRY_AFTER_HEADER = { 'Retry-After': integer('Seconds to wait before the next request') };
