import { clerkFrontendApiProxy } from '@clerk/backend/proxy';
import { Hono } from 'hono';
import type { Config } from '../../core/config.ts';
import type { IdentityEnv, IdentityRoutes } from '../../core/identity-provider.ts';

/** The path of Clerk's own SDKs, as its documentation tells people to enter in the dashboard. */
export const PROXY_PATH = '/__clerk';

/** Headers that a caller could forge. `authorization` is for our own API. */
const STRIPPED_HEADERS =
  /^(authorization|forwarded|x-forwarded-.*|x-real-ip|cf-connecting-ip|clerk-proxy-url|clerk-secret-key)$/i;

interface ProxyOptions {
  settings: Pick<Config['clerk'], 'publishableKey' | 'secretKey' | 'fapiUrl'>;
  /** The first is the public one. */
  publicOrigins: () => readonly string[];
}

/** Proxies Clerk's Frontend API through our own origin. Returns null where browsers call Clerk's host directly. */
export function frontendProxy({ settings, publicOrigins }: ProxyOptions): IdentityRoutes | null {
  const { publishableKey, secretKey, fapiUrl } = settings;
  if (!publishableKey || !secretKey || !fapiUrl) return null;
  return new Hono<IdentityEnv>().all(`${PROXY_PATH}/*`, (c) => {
    const url = new URL(c.req.url);
    const origins = publicOrigins();
    const origin = origins.includes(url.origin) ? url.origin : (origins[0] ?? url.origin);
    const request = new Request(new URL(`${url.pathname}${url.search}`, origin), c.req.raw);
    for (const name of [...request.headers.keys()]) if (STRIPPED_HEADERS.test(name)) request.headers.delete(name);
    const { ip } = c.get('origin');
    if (ip) request.headers.set('x-forwarded-for', ip);
    return clerkFrontendApiProxy(request, { publishableKey, secretKey, fapiUrl, proxyPath: PROXY_PATH });
  });
}
