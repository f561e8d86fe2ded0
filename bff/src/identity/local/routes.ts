import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { AppError } from '../../core/errors.ts';
import type { IdentityEnv, IdentityRoutes } from '../../core/identity-provider.ts';
import type { RateLimits } from '../../core/limits/rate-limits.ts';
import type { SigningKeys } from '../../core/secrets.ts';
import { CLIENT_IP, REQUEST_ID } from './account-events.ts';
import type { LocalAuth } from './auth.ts';
import { limitAttempt } from './limits.ts';
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
export function localRoutes(
  auth: () => LocalAuth,
  { keys, rateLimits }: { keys: SigningKeys; rateLimits: RateLimits },
): IdentityRoutes {
  return new Hono<IdentityEnv>().all('/api/auth/*', limit, async (c) => {
    const path = new URL(c.req.url).pathname.replace(/^\/api\/auth/, '');
    if (!ENDPOINTS.some((pattern) => pattern.test(`${c.req.method} ${path}`))) throw new AppError('not_found');

    c.set('operation', `auth.${path.split('/')[1]}`);
    const { ip, requestId } = c.get('origin');
    const body = c.req.method === 'POST' ? await readJson(c.req.raw) : null;
    const request =
      path === '/verify-email'
        ? new Request(resignToken(c.req.url, keys))
        : new Request(c.req.raw, body ? { body: body.text } : {});
    request.headers.set('cookie', resignCookies(c.req.header('cookie') ?? '', keys));
    request.headers.set(REQUEST_ID, requestId);
    if (ip) request.headers.set(CLIENT_IP, ip);
    else request.headers.delete(CLIENT_IP);

    const attempt = { path, email: body?.email ?? null, ip, cookie: c.req.header('cookie') ?? '' };
    return limitAttempt(rateLimits, attempt, () => auth().handler(request));
  });
}

/**
 * Reads the body, and writes it again so that Better Auth cannot read another address in it. Forms, which it reads too, are refused.
 * Throws unsupported_media_type or malformed_request.
 */
async function readJson(request: Request): Promise<{ text: string; email: string | null } | null> {
  const text = await request.text();
  if (text === '') return null;
  if (!/^application\/json\s*(;|$)/i.test(request.headers.get('content-type') ?? ''))
    throw new AppError('unsupported_media_type');
  try {
    const body: unknown = JSON.parse(text);
    const { email } = Object(body) as { email?: unknown };
    return { text: JSON.stringify(body), email: typeof email === 'string' ? email : null };
  } catch {
    throw new AppError('malformed_request', { detail: 'The body is not well-formed JSON' });
  }
}
