import { createHash, createPublicKey } from 'node:crypto';
import { verifyToken } from '@clerk/backend';
import { type Config, ConfigError } from '../../core/config.ts';
import type { Identity } from '../../core/identity-provider.ts';
import { frontendHost } from '../../core/settings/values.ts';
import { PROXY_PATH } from './frontend-proxy.ts';

type Issued = Pick<Config['clerk'], 'fapiUrl' | 'publishableKey'>;

export interface TokenRules {
  settings: Pick<Config['clerk'], 'jwtKey' | 'authorizedParties' | 'fapiUrl' | 'publishableKey'>;
  publicOrigins: () => readonly string[];
}

type Verify = (token: string) => Promise<Identity | null>;

const MAX_TOKEN_LENGTH = 8_000;
const MAX_CACHED = 10_000;

/** Verifies session tokens with Clerk's public key, without network. Returns null for a token that is invalid, expired or foreign. */
export function sessionTokenVerifier({ settings, publicOrigins }: TokenRules): Verify {
  const jwtKey = readPem(settings.jwtKey ?? '');
  const cache = new Map<string, { identity: Identity; expiresAt: number }>();

  return async (token) => {
    if (token.length > MAX_TOKEN_LENGTH) return null;
    const key = createHash('sha256').update(token).digest('base64');
    const cached = cache.get(key);
    if (cached && cached.expiresAt > Date.now()) return cached.identity;
    cache.delete(key);

    // An empty list would disable the check.
    const authorizedParties = [...(settings.authorizedParties?.length ? settings.authorizedParties : publicOrigins())];
    // Only the token itself can fail: the key was read at start, and no network is involved.
    const claims = await verifyToken(token, { jwtKey, authorizedParties }).catch(() => null);
    const issuers = knownIssuers({ settings, publicOrigins });
    if (!claims || !isActiveSession(claims) || (issuers.length > 0 && !issuers.includes(claims.iss))) return null;

    const identity: Identity = { userId: claims.sub, sessionId: claims.sid, viaCookie: false };
    if (cache.size >= MAX_CACHED) cache.delete(cache.keys().next().value ?? '');
    cache.set(key, { identity, expiresAt: claims.exp * 1000 });
    return identity;
  };
}

// A token without a session id comes from a JWT template for another service.
const isActiveSession = (claims: { sub: string; sid: string; sts?: string }) =>
  Boolean(claims.sub) && typeof claims.sid === 'string' && claims.sts !== 'pending';

/** Throws ConfigError when the key cannot be read; its BEGIN and END lines may be missing. */
function readPem(text: string): string {
  const pem = text.includes('-----BEGIN') ? text : `-----BEGIN PUBLIC KEY-----\n${text}\n-----END PUBLIC KEY-----`;
  try {
    if (createPublicKey(pem).asymmetricKeyType === 'rsa') return pem;
  } catch {}
  throw new ConfigError(['CLERK_JWT_KEY: not an RSA public key in PEM form']);
}

/** Returns the issuers of this Clerk instance: the host in its publishable key, and our own proxy. */
export function knownIssuers({ settings, publicOrigins }: Pick<TokenRules, 'publicOrigins'> & { settings: Issued }) {
  const { fapiUrl, publishableKey } = settings;
  const host = frontendHost(publishableKey);
  const proxies = fapiUrl ? publicOrigins().map((origin) => `${origin}${PROXY_PATH}`) : [];
  return [fapiUrl, host ? `https://${host}` : null, ...proxies].filter((issuer) => issuer !== null);
}
