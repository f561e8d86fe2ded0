import { accountKey, addressKey, hashKey } from '../../core/limits/keys.ts';
import type { RateLimits } from '../../core/limits/rate-limits.ts';
import { limitSignIn } from './sign-in-limits.ts';

interface Attempt {
  path: string;
  email: string | null;
  ip: string | null;
  /** The cookie of a session, or an empty text. */
  cookie: string;
}

const MAILS: Record<string, string> = {
  '/request-password-reset': 'reset',
  '/send-verification-email': 'verification',
  '/sign-up/email': 'verification',
};
const OK = 200;

/** Limits what a stranger may try, and what is sent to an address. Throws rate_limited. */
export async function limitAttempt(
  limits: RateLimits,
  { path, email, ip, cookie }: Attempt,
  run: () => Promise<Response>,
): Promise<Response> {
  if (path === '/sign-in/email' && email) return limitSignIn(limits, { account: accountKey(email), ip }, run);
  // A thief of a session may guess the password as little as a stranger.
  if (path === '/change-password') return limitSignIn(limits, { account: `session:${hashKey(cookie)}`, ip }, run);
  if (path === '/sign-up/email') await limits.consume('signUp', addressKey(ip));
  const purpose = MAILS[path];
  if (purpose && email) {
    await limits.consume('mailRecipient', `${purpose}:${accountKey(email)}`);
    await limits.consume('mailSender', addressKey(ip));
  }
  const response = await run();
  if (path === '/sign-up/email' && email && response.status === OK)
    await limits.recordFamiliar(accountKey(email), addressKey(ip));
  return response;
}
