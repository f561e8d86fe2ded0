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
