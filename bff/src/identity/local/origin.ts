import type { Origin } from '../../core/actor.ts';

/** Set by our own routes, and never taken from the caller. */
export const CLIENT_IP = 'x-rolecall-client-ip';
export const REQUEST_ID = 'x-rolecall-request-id';

export const originOf = (headers: Headers | undefined): Origin => ({
  requestId: headers?.get(REQUEST_ID) ?? '',
  ip: headers?.get(CLIENT_IP) ?? null,
  userAgent: headers?.get('user-agent')?.slice(0, 400) ?? null,
});
