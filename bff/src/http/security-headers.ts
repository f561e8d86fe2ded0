import { secureHeaders } from 'hono/secure-headers';
import type { Config } from '../config.ts';

/**
 * The same headers on every answer. Styles may be inline, because antd writes its own at run time; scripts may not.
 */
export function securityHeaders(config: Config) {
  const isHttps = config.publicUrl?.startsWith('https:') ?? false;
  const self = "'self'";
  return secureHeaders({
    contentSecurityPolicy: {
      defaultSrc: ["'none'"],
      scriptSrc: [self],
      styleSrc: [self, "'unsafe-inline'"],
      imgSrc: [self, 'data:', 'https:'],
      fontSrc: [self],
      connectSrc: [self],
      manifestSrc: [self],
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
