import { accountKey, addressKey } from '../../core/limits/keys.ts';
import type { RateLimits } from '../../core/limits/rate-limits.ts';
import { limitSignIn } from './sign-in-limits.ts';

interface Attempt {
  path: string;
  /** That of the account whose password is tried, or to which a mail is sent. */
  email: string | null;
  ip: string | null;
}

/** A thief of a session may guess the password as little as a stranger. */
const PASSWORD_CHECKS = new Set(['/sign-in/email', '/change-password']);
const SIGN_UP = '/sign-up/email';
/** What strangers can have sent to an address. A sign-up sends one mail ever, so that mails of others must not keep a user from it. */
const MAILS: Record<string, string> = {
  '/request-password-reset': 'reset',
  '/send-verification-email': 'verification',
};

/** Limits what a stranger may try, and what is sent to an address. Throws rate_limited. */
export async function limitAttempt(
  limits: RateLimits,
  { path, email, ip }: Attempt,
  run: () => Promise<Response>,
): Promise<Response> {
  if (PASSWORD_CHECKS.has(path) && email) return limitSignIn(limits, { account: accountKey(email), ip }, run);
  const isSignUp = path === SIGN_UP;
  if (isSignUp) await limits.consume('signUp', addressKey(ip));
  const purpose = MAILS[path];
  if (purpose && email) await limits.consume('mailRecipient', `${purpose}:${accountKey(email)}`);
  if ((purpose || isSignUp) && email) await limits.consume('mailSender', addressKey(ip));
  const response = await run();
  // Where the account existed, the answer may be the same, but without a session.
  if (isSignUp && email && response.headers.has('set-cookie'))
    await limits.recordFamiliar(accountKey(email), addressKey(ip));
  return response;
}
