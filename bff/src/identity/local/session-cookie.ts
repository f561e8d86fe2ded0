import { createHmac } from 'node:crypto';
import type { SigningKeys } from '../../core/secrets.ts';
import { areEqual } from '../../core/values/equal.ts';

/** Whether our own pages are served over https. */
export const servesHttps = (publicOrigins: () => readonly string[]): boolean =>
  publicOrigins()[0]?.startsWith('https:') ?? false;

/** Browsers accept a cookie of the name __Host- only over https, for this host and all its paths: no subdomain can plant one. */
export const cookiePrefix = (isHttps: boolean): string => (isHttps ? '__Host-rolecall' : 'rolecall');

/**
 * Returns the token in the session cookie, signed by one of our keys as Better Auth signs: its own verification takes the time of a whole
 * request. Null for everything else, about which Better Auth decides: no such cookie, several of them, another signature.
 */
export function signedToken(header: string, prefix: string, keys: SigningKeys): string | null {
  const start = `${prefix}.session_token=`;
  const found = header.split(';').filter((cookie) => cookie.trimStart().startsWith(start));
  if (found.length !== 1) return null;
  const value = decode((found[0] as string).trim().slice(start.length));
  const at = value.lastIndexOf('.');
  if (at < 1) return null;
  const [token, signature] = [value.slice(0, at), value.slice(at + 1)];
  const isSigned = keys.some((key) => areEqual(createHmac('sha256', key).update(token).digest('base64'), signature));
  return isSigned ? token : null;
}

function decode(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}
