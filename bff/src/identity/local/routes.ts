import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { AppError } from '../../core/errors.ts';
import type { IdentityEnv, IdentityRoutes } from '../../core/identity-provider.ts';
import type { SigningKeys } from '../../core/secrets.ts';
import { CLIENT_IP, type LocalAuth, REQUEST_ID } from './auth.ts';
import { resignCookies, resignToken } from './previous-keys.ts';

const limit = bodyLimit({
  maxSize: 10_000,
  onError: () => {
    throw new AppError('too_large');
  },
});

/** The enabled endpoints of Better Auth. Profiles, linked accounts and deletion are not. */
const ENDPOINTS = [
  /^POST \/sign-(up|in)\/email$/,
  /^POST \/sign-out$/,
  /^GET \/(get-session|list-sessions|verify-email|error|ok)$/,
  /^POST \/(revoke-session|revoke-sessions|revoke-other-sessions|change-password|send-verification-email)$/,
  /^POST \/(request-password-reset|reset-password)$/,
  /^GET \/reset-password\/[\w-]+$/,
];

/** Better Auth's own paths, below /api/auth. */
export function localRoutes(auth: () => LocalAuth, keys: SigningKeys): IdentityRoutes {
  return new Hono<IdentityEnv>().all('/api/auth/*', limit, async (c) => {
    const path = new URL(c.req.url).pathname.replace(/^\/api\/auth/, '');
    if (!ENDPOINTS.some((pattern) => pattern.test(`${c.req.method} ${path}`))) throw new AppError('not_found');

    c.set('operation', `auth.${path.split('/')[1]}`);
    const { ip, requestId } = c.get('origin');
    const request = path === '/verify-email' ? new Request(resignToken(c.req.url, keys)) : new Request(c.req.raw);
    request.headers.set('cookie', resignCookies(c.req.header('cookie') ?? '', keys));
    request.headers.set(REQUEST_ID, requestId);
    if (ip) request.headers.set(CLIENT_IP, ip);
    else request.headers.delete(CLIENT_IP);

    const response = await auth().handler(request);
    if (response.status === 429) {
      throw new AppError('rate_limited', { retryAfterSeconds: Number(response.headers.get('x-retry-after') ?? 60) });
    }
    return response;
  });
}
