import { clerkFrontendApiProxy } from '@clerk/backend/proxy';
import { Hono } from 'hono';
import type { Config } from '../../core/config.ts';
import type { IdentityEnv, IdentityRoutes } from '../../core/identity-provider.ts';

/** The same path that Clerk's own SDKs use, so that what is told to Clerk's dashboard is what its documents say. */
export const PROXY_PATH = '/__clerk';

/** What a caller could say of itself; the server knows better. `authorization` is for our own API. */
const NOT_PASSED_ON =
  /^(authorization|forwarded|x-forwarded-.*|x-real-ip|cf-connecting-ip|clerk-proxy-url|clerk-secret-key)$/i;

interface ProxyOptions {
  settings: Pick<Config['clerk'], 'publishableKey' | 'secretKey' | 'fapiUrl'>;
  /** The first is the address that people use. */
  publicOrigins: () => readonly string[];
}

/**
 * Clerk's Frontend API through our own origin: browsers then speak with nobody else. Null where the settings leave browsers
 * to ask Clerk's host themselves.
 */
export function frontendProxy({ settings, publicOrigins }: ProxyOptions): IdentityRoutes | null {
  const { publishableKey, secretKey, fapiUrl } = settings;
  if (!publishableKey || !secretKey || !fapiUrl) return null;
  return new Hono<IdentityEnv>().all(`${PROXY_PATH}/*`, (c) => {
    const asked = new URL(c.req.url);
    const origins = publicOrigins();
    const origin = origins.includes(asked.origin) ? asked.origin : (origins[0] ?? asked.origin);
    const request = new Request(new URL(`${asked.pathname}${asked.search}`, origin), c.req.raw);
    for (const name of [...request.headers.keys()]) if (NOT_PASSED_ON.test(name)) request.headers.delete(name);
    const { ip } = c.get('origin');
    if (ip) request.headers.set('x-forwarded-for', ip);
    return clerkFrontendApiProxy(request, { publishableKey, secretKey, fapiUrl, proxyPath: PROXY_PATH });
  });
}

/** The host that a publishable key names, where browsers find Clerk's Frontend API without the proxy; null for no key of Clerk's. */
export function frontendHost(publishableKey: string | null): string | null {
  const encoded = publishableKey?.replace(/^pk_(test|live)_/, '') ?? '';
  const host = Buffer.from(encoded, 'base64').toString('utf8').replace(/\$$/, '');
  return /^[\w.:-]+$/.test(host) ? host : null;
}
