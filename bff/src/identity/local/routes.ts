import { Hono } from 'hono';
import { assertStorable, parseJsonBody, readBytes } from '../../core/bytes.ts';
import { AppError } from '../../core/errors.ts';
import type { IdentityEnv, IdentityRoutes } from '../../core/identity-provider.ts';
import { addressKey } from '../../core/limits/keys.ts';
import { decodeAccountEmail } from './account-email.ts';
import type { LocalAuth, LocalAuthOptions } from './auth.ts';
import { findSession } from './find-session.ts';
import { limitAttempt } from './limits.ts';
import { CLIENT_IP, REQUEST_ID } from './origin.ts';
import { resignCookies, resignToken } from './previous-keys.ts';

const MAX_BYTES = 10_000;

/** The enabled endpoints of Better Auth. Profiles, linked accounts and deletion are not. */
const ENDPOINTS = [
  /^POST \/sign-(up|in)\/email$/,
  /^POST \/sign-out$/,
  /^GET \/(get-session|list-sessions|verify-email|error|ok)$/,
  /^POST \/(revoke-session|revoke-sessions|revoke-other-sessions|change-password|send-verification-email)$/,
  /^POST \/(request-password-reset|reset-password)$/,
  /^GET \/reset-password\/[\w-]+$/,
];

/** Password hashes are few at a time: one address must not take all of them, right passwords included. */
const HASHING = /^\/(sign-(up|in)\/email|change-password|reset-password)$/;
const OF_ADDRESS = { concurrency: 3, maxWaiting: 20 };

/** Better Auth's own paths, below /api/auth. */
export function localRoutes(
  auth: () => Promise<LocalAuth>,
  {
    keys,
    rateLimits,
    passwordQueue,
    passwords,
    log,
  }: Pick<LocalAuthOptions, 'keys' | 'rateLimits' | 'passwordQueue' | 'passwords' | 'log'>,
): IdentityRoutes {
  return new Hono<IdentityEnv>().all('/api/auth/*', async (c) => {
    const path = new URL(c.req.url).pathname.replace(/^\/api\/auth/, '');
    if (!ENDPOINTS.some((pattern) => pattern.test(`${c.req.method} ${path}`))) throw new AppError('not_found');

    c.set('operation', `auth.${path.split('/')[1]}`);
    const { ip, requestId } = c.get('origin');
    const body = c.req.method === 'POST' ? await readJson(c.req.raw) : null;
    const request =
      path === '/verify-email'
        ? new Request(resignToken(c.req.url, keys))
        : new Request(c.req.url, { method: c.req.method, headers: c.req.raw.headers, body: body?.text ?? null });
    const cookie = resignCookies(c.req.header('cookie') ?? '', keys);
    request.headers.set('cookie', cookie);
    request.headers.set(REQUEST_ID, requestId);
    if (ip) request.headers.set(CLIENT_IP, ip);
    else request.headers.delete(CLIENT_IP);

    const ofSession = async () => (await findSession(await auth(), cookie, log))?.user.email ?? '';
    const email = path === '/change-password' ? decodeAccountEmail(await ofSession()) : (body?.email ?? null);
    const handle = async () => (await auth()).handler(request);
    const response = await limitAttempt(rateLimits, { path, email, ip }, () =>
      HASHING.test(path) ? passwordQueue.run(addressKey(ip), handle, OF_ADDRESS) : handle(),
    );
    if (path !== '/sign-up/email' || !(await isAboutAccount(response))) return response;
    // Without mail, a refusal takes as long as a new account, and names no reason.
    await passwordQueue.run(addressKey(ip), () => passwords.hash(crypto.randomUUID()), OF_ADDRESS);
    throw new AppError('sign_up_refused');
  });
}

/** Whether Better Auth says that the account exists. */
const isAboutAccount = async (response: Response): Promise<boolean> =>
  !response.ok && /^USER_ALREADY_EXISTS/.test(((await response.clone().json()) as { code?: string }).code ?? '');

/**
 * Reads the body, and writes it again so that Better Auth cannot read another address in it, or store replacement characters. Forms,
 * which it reads too, are refused. Throws unsupported_media_type, too_large or malformed_request.
 */
async function readJson(request: Request): Promise<{ text: string; email: string | null } | null> {
  const bytes = await readBytes(request, MAX_BYTES);
  if (bytes.length === 0) return null;
  if (!/^application\/json\s*(;|$)/i.test(request.headers.get('content-type') ?? ''))
    throw new AppError('unsupported_media_type');
  const body = parseJsonBody(bytes);
  assertStorable(body);
  const { email } = Object(body) as { email?: unknown };
  return { text: JSON.stringify(body), email: typeof email === 'string' ? email : null };
}
