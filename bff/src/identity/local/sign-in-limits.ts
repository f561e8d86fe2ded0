import { accountKey, addressKey } from '../../core/limits/keys.ts';
import type { RateLimits } from '../../core/limits/rate-limits.ts';

const OK = 200;
/** Better Auth's statuses of a wrong password: of a sign-in, and of a change of the password. */
const FAILURES = new Set([401, 400]);

/**
 * Limits wrong passwords. Per account and address: counted before the password is verified, so that parallel attempts are not more. Per
 * address: failures with any account. Per account: failures from all addresses but those from which its owner has signed in, so that
 * strangers who use up this limit do not lock the owner out. Unknown accounts are limited alike. Throws rate_limited.
 */
export async function limitSignIn(
  limits: RateLimits,
  { account, ip }: { account: string; ip: string | null },
  signIn: () => Promise<Response>,
): Promise<Response> {
  const address = addressKey(ip);
  const pair = `${account}|${address}`;
  limits.refuseExceeded('signIn', pair);
  await limits.check('signInAddress', address);
  await limits.consume('signIn', pair);
  const isFamiliar = await limits.isFamiliar(account, address);
  let isCounted = false;
  let status: number | undefined;
  try {
    if (!isFamiliar) await limits.consume('signInAccount', account);
    isCounted = !isFamiliar;
    const response = await signIn();
    status = response.status;
    return response;
  } finally {
    if (status !== undefined && FAILURES.has(status)) await limits.count('signInAddress', address);
    else {
      await (status === OK ? limits.reset('signIn', pair) : limits.refund('signIn', pair));
      if (isCounted) await limits.refund('signInAccount', account);
      if (status === OK) await limits.recordFamiliar(account, address);
    }
  }
}

/** Lets the owner of an account sign in from this address, whatever strangers have tried. */
export async function allowSignIn(limits: RateLimits, email: string, ip: string | null): Promise<void> {
  const [account, address] = [accountKey(email), addressKey(ip)];
  await limits.reset('signIn', `${account}|${address}`);
  await limits.recordFamiliar(account, address);
}
