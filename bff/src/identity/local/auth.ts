import { betterAuth } from 'better-auth';
import { isAPIError } from 'better-auth/api';
import type pg from 'pg';
import type { Logger } from 'pino';
import { AppError } from '../../core/errors.ts';
import type { AccountListener, IdentityUser } from '../../core/identity-provider.ts';
import { accountKey } from '../../core/limits/keys.ts';
import type { RateLimits } from '../../core/limits/rate-limits.ts';
import type { SigningKeys } from '../../core/secrets.ts';
import type { Mailer, TenantQueue } from '../../core/services.ts';
import { cleanLine } from '../sanitize.ts';
import { ACCOUNT_FIELDS, decodeAccountEmail } from './account-email.ts';
import { reportAccountEvents, sessionHooks } from './account-events.ts';
import { accountRules, type SignUpRules } from './account-rules.ts';
import { authMails } from './mails.ts';
import { CLIENT_IP, originOf } from './origin.ts';
import type { Passwords } from './passwords/passwords.ts';
import { cookiePrefix, servesHttps } from './session-cookie.ts';
import { allowSignIn } from './sign-in-limits.ts';
import { toIdentityUser } from './to-identity-user.ts';

export interface LocalAuthOptions extends SignUpRules {
  pool: pg.Pool;
  /** Sign and verify cookies and the tokens in mails. */
  keys: SigningKeys;
  /** The origins whose pages may sign users in; the first is used in links. */
  publicOrigins: () => readonly string[];
  passwords: Passwords;
  mailer: Mailer;
  log: Logger;
  onAccount: AccountListener;
  rateLimits: RateLimits;
  /** Of the attempts from each address. */
  passwordQueue: TenantQueue;
}

export type LocalAuth = ReturnType<typeof createLocalAuth>;

const DAY = 24 * 3600;

/** Better Auth over its own schema and login: e-mail and password, sessions in the database, nothing cached in cookies. */
export function createLocalAuth(options: LocalAuthOptions) {
  const { pool, keys, publicOrigins, mailer, log } = options;
  const baseURL = publicOrigins()[0] ?? 'http://127.0.0.1';
  const isHttps = servesHttps(publicOrigins);
  const mails = authMails(mailer, publicOrigins);

  const notify = async (user: IdentityUser, headers: Headers | undefined) => {
    // The account exists already; a copy missed here is made by the user's first request.
    await options
      .onAccount({ user }, originOf(headers))
      .catch((error) => log.error({ err: error, user: user.id }, 'failed to copy the account'));
  };

  /** Repeated sign-ups answer alike, and send few mails. */
  const remindOfAccount: typeof mails.exists = async (message, request) => {
    const recipient = `exists:${accountKey(decodeAccountEmail(message.user.email))}`;
    const isAllowed = await options.rateLimits.consume('mailRecipient', recipient).then(
      () => true,
      () => false,
    );
    if (isAllowed) await mails.exists(message, request);
  };

  return betterAuth({
    database: pool,
    secret: keys[0],
    baseURL,
    basePath: '/api/auth',
    trustedOrigins: () => [...publicOrigins()],
    emailAndPassword: {
      enabled: true,
      // With mail, sign-up answers alike where the account exists: the mail says the rest.
      autoSignIn: !mailer.isConfigured,
      minPasswordLength: 8,
      password: options.passwords,
      revokeSessionsOnPasswordReset: true,
      onPasswordReset: async ({ user }, request) => {
        const origin = originOf(request?.headers);
        await options.onAccount({ event: { action: 'user.password_reset', userId: user.id } }, origin);
        // Who has reset the password is the owner, wherever they are.
        await allowSignIn(options.rateLimits, decodeAccountEmail(user.email), origin.ip);
      },
      ...(mailer.isConfigured ? { sendResetPassword: mails.reset, onExistingUserSignUp: remindOfAccount } : {}),
    },
    ...(mailer.isConfigured ? { emailVerification: { sendOnSignUp: true, sendVerificationEmail: mails.verify } } : {}),
    session: { expiresIn: 7 * DAY, updateAge: DAY, cookieCache: { enabled: false } },
    user: { additionalFields: ACCOUNT_FIELDS },
    verification: { storeIdentifier: 'hashed' },
    // routes.ts limits what reaches it.
    rateLimit: { enabled: false },
    advanced: {
      cookiePrefix: cookiePrefix(isHttps),
      useSecureCookies: false,
      defaultCookieAttributes: { secure: isHttps },
      // Explicit, because Better Auth disables both where NODE_ENV is test.
      disableCSRFCheck: false,
      disableOriginCheck: false,
      ipAddress: { ipAddressHeaders: [CLIENT_IP] },
      // E-mails are sent in the background: a slower response would reveal whether an address is known.
      backgroundTasks: {
        handler: (task) => void task.catch((error) => log.error({ err: error }, 'account e-mail failed')),
      },
      database: { joins: true },
    },
    hooks: { before: accountRules(options), after: reportAccountEvents(options) },
    databaseHooks: {
      user: {
        create: {
          before: async (user) => ({
            data: { name: cleanLine(user.name, 120) ?? String(user.writtenEmail ?? user.email), image: null },
          }),
          after: (user, context) => notify(toIdentityUser(user), context?.headers),
        },
        update: {
          after: async (user, context) => {
            // Another person may have signed up with this address: who reads its mail begins with the password.
            if (context?.path === '/verify-email') await context.context.internalAdapter.deleteUserSessions(user.id);
            await notify(toIdentityUser(user), context?.headers);
          },
        },
      },
      session: sessionHooks(options),
    },
    logger: { level: 'error', log: (_level, message, ...details) => log.error({ err: details[0] }, message) },
    onAPIError: { onError: rethrow },
    telemetry: { enabled: false },
  });
}

/** Better Auth would answer every failure of the database, and our own errors, with a bare 500. */
function rethrow(error: unknown): void {
  if (!isAPIError(error)) throw error;
  if (error.status === 'INTERNAL_SERVER_ERROR') throw new AppError('unavailable');
}
