import { APIError, BASE_ERROR_CODES } from 'better-auth';
import { createAuthMiddleware } from 'better-auth/api';
import { z } from 'zod';
import { emailKey } from '../../core/text/email-address.ts';

const ENCODED = '@encoded.invalid';

/** Account fields beyond Better Auth's own. */
export const ACCOUNT_FIELDS = { writtenEmail: { type: 'string', required: false } } as const;

/**
 * Returns the `email` of an account. Better Auth accepts plain ASCII addresses only, so any other key is written in hexadecimal, on a
 * domain that cannot exist. Null for text that is no address.
 */
export function accountEmail(written: string): string | null {
  const key = emailKey(written);
  const isPlain = z.email().safeParse(key).success && !key?.endsWith(ENCODED);
  return key === null || isPlain ? key : `${Buffer.from(key).toString('hex')}${ENCODED}`;
}

/** Reverses accountEmail(): returns the key of the address. */
export const decodeAccountEmail = (email: string): string =>
  email.endsWith(ENCODED) ? Buffer.from(email.slice(0, -ENCODED.length), 'hex').toString() : email;

/** Finds accounts by the key of the address, and keeps the address as written with a new account. */
export const byEmailKey = createAuthMiddleware(async ({ path, body }) => {
  if (typeof body?.email !== 'string') return;
  const email = accountEmail(body.email);
  const isSignUp = path === '/sign-up/email';
  if (isSignUp && email === null) throw APIError.from('BAD_REQUEST', BASE_ERROR_CODES.INVALID_EMAIL);
  const written = isSignUp ? { writtenEmail: body.email.trim().normalize('NFC') } : {};
  return { context: { body: { ...body, email: email ?? body.email, ...written } } };
});
