import { createHash } from 'node:crypto';
import { DAY } from './calendar.ts';
import type { Actor, DemoUser } from './users.ts';

const BROWSERS = [
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.1 Safari/605.1.15',
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36',
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 Firefox/145.0',
  'Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0',
  'Mozilla/5.0 (iPhone; CPU iPhone OS 26_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.1 Mobile/15E148 Safari/604.1',
];

/** Returns the same device for all requests of an actor, at an address reserved for documentation (RFC 5737). */
export function originOf(by: Actor): { ip: string | null; userAgent: string | null } {
  if (by === 'system') return { ip: null, userAgent: null };
  if (by === 'provider') return { ip: '192.0.2.10', userAgent: 'Svix-Webhooks/1.62.0' };
  const [network = 0, host = 0, browser = 0] = createHash('sha256').update(by.id).digest();
  return {
    ip: `${network % 2 === 0 ? '203.0.113' : '198.51.100'}.${1 + (host % 254)}`,
    userAgent: BROWSERS[browser % BROWSERS.length] ?? null,
  };
}

/** Returns a session id that changes once a week. */
export const sessionOf = (user: DemoUser, at: Date): string =>
  createHash('sha256')
    .update(`${user.id} ${Math.floor(at.getTime() / (7 * DAY))}`)
    .digest('hex')
    .slice(0, 32);
