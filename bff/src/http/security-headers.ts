import { secureHeaders } from 'hono/secure-headers';
import type { Config } from '../core/config.ts';
import { frontendHost } from '../core/settings/publishable-key.ts';

/**
 * The same headers on every response. Styles may be inline, because antd inserts them at run time; scripts may not. All content is from
 * this origin, unless browsers load Clerk's pages from Clerk's host.
 */
export function securityHeaders(config: Config) {
  const clerk = clerkSources(config);
  const isHttps = config.publicUrl?.startsWith('https:') ?? false;
  const self = "'self'";
  return secureHeaders({
    contentSecurityPolicy: {
      defaultSrc: ["'none'"],
      scriptSrc: [self, ...clerk.scripts],
      styleSrc: [self, "'unsafe-inline'"],
      imgSrc: [self, 'data:', ...pictureSources(config)],
      fontSrc: [self],
      connectSrc: [self, ...clerk.connections],
      manifestSrc: [self],
      ...(clerk.workers ? { workerSrc: [self, 'blob:'] } : {}),
      ...(clerk.frames.length > 0 ? { frameSrc: clerk.frames } : {}),
      formAction: [self],
      baseUri: ["'none'"],
      objectSrc: ["'none'"],
      frameAncestors: ["'none'"],
    },
    referrerPolicy: 'no-referrer',
    xFrameOptions: 'DENY',
    strictTransportSecurity: isHttps ? 'max-age=31536000; includeSubDomains' : false,
    permissionsPolicy: { camera: [], microphone: [], geolocation: [], payment: [] },
  });
}

/** Where the provider keeps pictures of users: Clerk on a host of its own, an issuer on its own or on those named; local users have none. */
function pictureSources({ identityProvider, jwt }: Config): string[] {
  if (identityProvider === 'clerk') return ['https://img.clerk.com'];
  if (identityProvider !== 'jwt') return [];
  const issuer = jwt.issuer && URL.canParse(jwt.issuer) ? new URL(jwt.issuer) : null;
  return [
    ...(issuer?.protocol === 'https:' ? [issuer.origin] : []),
    ...jwt.pictureHosts.map((host) => `https://${host}`),
  ];
}

/** The sources that Clerk's documentation requires; with the proxy only its timer, which runs in a worker from a blob. */
function clerkSources({ identityProvider, clerk }: Config) {
  const none = { scripts: [], connections: [], frames: [], workers: false };
  if (identityProvider !== 'clerk') return none;
  const host = clerk.fapiUrl ? null : frontendHost(clerk.publishableKey);
  if (!host) return { ...none, workers: true };
  const challenges = ['https://challenges.cloudflare.com', 'https://*.protect.clerk.com'];
  return {
    scripts: [`https://${host}`, ...challenges],
    connections: [`https://${host}`, 'https://*.protect.clerk.com:*'],
    frames: challenges,
    workers: true,
  };
}
