import { createHmac } from 'node:crypto';
import type { SigningKeys } from '../../core/secrets.ts';
import { areEqual } from '../../core/values/equal.ts';

/*
 * Better Auth verifies with the current key only. During a rotation, what the previous key signed is signed again before Better Auth
 * reads it: session cookies, and the tokens in verification mails. Their expiry is checked afterwards, as always.
 */

const COOKIE_NAME = /^\s*(?:__Host-)?rolecall\.[\w.]+$/;

/** Returns a Cookie header whose signatures are of the current key. */
export function resignCookies(header: string, keys: SigningKeys): string {
  if (keys.length === 1) return header;
  return header
    .split(';')
    .map((cookie) => {
      const [name = '', value] = splitAt(cookie, cookie.indexOf('='));
      if (!value || !COOKIE_NAME.test(name)) return cookie;
      return `${name}=${encodeURIComponent(resign(decode(value), keys, 'base64'))}`;
    })
    .join(';');
}

/** Returns the URL of a verification mail with a signature of the current key. */
export function resignToken(href: string, keys: SigningKeys): string {
  const url = new URL(href);
  const token = url.searchParams.get('token');
  if (keys.length === 1 || !token) return href;
  url.searchParams.set('token', resign(token, keys, 'base64url'));
  return url.href;
}

function resign(signed: string, [current, ...previous]: SigningKeys, encoding: 'base64' | 'base64url'): string {
  const [body = '', signature = ''] = splitAt(signed, signed.lastIndexOf('.'));
  const signatureBy = (key: string) => createHmac('sha256', key).update(body).digest(encoding);
  const isValid = previous.some((key) => areEqual(signatureBy(key), signature));
  return isValid ? `${body}.${signatureBy(current)}` : signed;
}

const splitAt = (text: string, index: number): string[] =>
  index < 0 ? [text] : [text.slice(0, index), text.slice(index + 1)];

function decode(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}
