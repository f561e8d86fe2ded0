import { createHash } from 'node:crypto';
import { emailKey } from '../text/email-address.ts';

/**
 * Returns what counts as one address: an IPv4 address, or the first 64 bits of an IPv6 address, because one household or machine has that
 * many. Requests without an address share one key.
 */
export function addressKey(ip: string | null): string {
  if (!ip?.includes(':')) return ip ?? 'unknown';
  const [head = '', tail] = ip.split('%', 1)[0]?.toLowerCase().split('::') ?? [];
  const groups = head.split(':').filter(Boolean);
  const zeros = tail === undefined ? [] : Array<string>(8).fill('0');
  return [...groups, ...zeros]
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':');
}

/** A hash, because the counters need not know the addresses of users. */
export const accountKey = (email: string): string => hashKey(emailKey(email) ?? email.trim().toLowerCase());

export const hashKey = (text: string): string => createHash('sha256').update(text).digest('base64url').slice(0, 22);
