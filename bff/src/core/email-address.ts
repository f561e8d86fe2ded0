import { domainToASCII } from 'node:url';
import { AppError } from './errors.ts';

const LOCAL = /^[a-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}$/;
const DOMAIN = /^(?=.{1,255}$)[a-z0-9-]{1,63}(\.[a-z0-9-]{1,63})+$/;

/**
 * Returns the form in which addresses are stored and compared: trimmed, ASCII lower-case, domain in punycode. Null for text that is
 * no address, including text that would only become one by folding look-alike characters.
 */
export function normaliseEmail(text: string): string | null {
  const trimmed = text.trim();
  const at = trimmed.lastIndexOf('@');
  if (at < 1 || trimmed.normalize('NFKC') !== trimmed) return null;
  const local = trimmed.slice(0, at).replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase());
  const domain = domainToASCII(trimmed.slice(at + 1));
  return LOCAL.test(local) && DOMAIN.test(domain) ? `${local}@${domain}` : null;
}

/** Throws validation_failed for the field `email`. */
export function requireEmail(text: string): string {
  const email = normaliseEmail(text);
  if (!email) throw new AppError('validation_failed', { errors: { email: ['invalid_email'] } });
  return email;
}
