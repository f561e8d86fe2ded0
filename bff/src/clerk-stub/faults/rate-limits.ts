import { ClerkApiError } from '../api-error.ts';

export interface RateLimits {
  /** Requests per instance in ten seconds. Clerk allows 100 in development and 1000 in production. */
  perInstance?: number;
  /** Writes per user, organization or membership in ten seconds. Clerk allows 10. */
  perObject?: number;
}

const WINDOW_MS = 10_000;

/** Rejects with 429 and Retry-After, as Clerk does. Uses the real clock, because callers wait for it. */
export function rateLimiter({ perInstance = Infinity, perObject = Infinity }: RateLimits) {
  const windows = new Map<string, { count: number; endsAt: number }>();

  const count = (key: string, max: number) => {
    if (max === Infinity) return;
    const now = Date.now();
    const current = windows.get(key);
    const window = current && current.endsAt > now ? current : { count: 0, endsAt: now + WINDOW_MS };
    windows.set(key, window);
    window.count += 1;
    if (window.count > max) throw new TooManyRequests(Math.ceil((window.endsAt - now) / 1000));
  };

  return (method: string, path: string): void => {
    if (path.endsWith('/jwks')) return;
    count('instance', perInstance);
    const object = /\/(users\/user_\w+|organizations\/org_\w+(\/memberships\/user_\w+)?)(\/metadata)?$/.exec(path);
    if (object?.[1] && (method === 'PATCH' || method === 'PUT')) count(object[1], perObject);
  };
}

export class TooManyRequests extends ClerkApiError {
  readonly retryAfterSeconds: number;

  constructor(retryAfterSeconds: number) {
    super(429, 'too_many_requests', 'Too many requests. Please try again in a bit.');
    this.retryAfterSeconds = retryAfterSeconds;
  }
}
