import { createHash, createPublicKey } from 'node:crypto';
import { verifyToken } from '@clerk/backend';
import { type Config, ConfigError } from '../../core/config.ts';
import { unauthenticated } from '../../core/errors.ts';
import type { IdentityProvider } from '../../core/identity-provider.ts';
import type { UnauthenticatedReason } from '../../core/schema.ts';
import { frontendHost } from '../../core/settings/publishable-key.ts';
import { bearerClaims, TokenId } from '../bearer.ts';
import { PROXY_PATH } from './frontend-proxy.ts';

type Issued = Pick<Config['clerk'], 'fapiUrl' | 'publishableKey'>;

type ClerkClaims = Awaited<ReturnType<typeof verifyToken>>;

export interface TokenRules {
  settings: Pick<Config['clerk'], 'jwtKey' | 'authorizedParties' | 'fapiUrl' | 'publishableKey'>;
  publicOrigins: () => readonly string[];
}

const MAX_CACHED = 10_000;

/** Clerk's reasons; any other means a token that is not Clerk's. */
const REASONS: Readonly<Record<string, UnauthenticatedReason>> = {
  'token-expired': 'token_expired',
  'token-not-active-yet': 'token_not_active',
  'token-iat-in-the-future': 'token_not_active',
  'token-invalid-algorithm': 'algorithm_refused',
  'token-invalid-signature': 'signature_invalid',
  'token-invalid-authorized-parties': 'audience_refused',
  'token-verification-failed': 'claims_invalid',
};

/** Authenticates by session tokens, which are verified with Clerk's public key, without network. */
export function sessionTokenVerifier({ settings, publicOrigins }: TokenRules): IdentityProvider['authenticate'] {
  const jwtKey = readPem(settings.jwtKey ?? '');
  const cache = new Map<string, { claims: ClerkClaims; expiresAt: number }>();

  const verify = async (token: string): Promise<ClerkClaims> => {
    const key = createHash('sha256').update(token).digest('base64');
    const cached = cache.get(key);
    if (cached && cached.expiresAt > Date.now()) return cached.claims;
    cache.delete(key);

    // An empty list would disable the check.
    const authorizedParties = [...(settings.authorizedParties?.length ? settings.authorizedParties : publicOrigins())];
    // Only the token itself can fail: the key was read at start, and no network is involved.
    const claims = await verifyToken(token, { jwtKey, authorizedParties }).catch((error) => {
      throw unauthenticated(REASONS[error.reason] ?? 'token_malformed', error.message);
    });
    assertOfSession(claims, knownIssuers({ settings, publicOrigins }));
    if (cache.size >= MAX_CACHED) cache.delete(cache.keys().next().value ?? '');
    cache.set(key, { claims, expiresAt: claims.exp * 1000 });
    return claims;
  };
  return async (request) => {
    const { sub, sid, act } = await bearerClaims(request, verify);
    const impersonator = act ? { impersonatorId: act.sub } : {};
    return { userId: sub, sessionId: String(sid), viaCookie: false, ...impersonator };
  };
}

function assertOfSession({ iss, sid, sts }: ClerkClaims, issuers: readonly string[]): void {
  if (issuers.length > 0 && !issuers.includes(iss)) throw unauthenticated('issuer_refused', `iss ${iss}`);
  if (sts === 'pending') throw unauthenticated('session_pending', `session ${sid}`);
  // A token without a session id comes from a JWT template for another service.
  if (!TokenId.safeParse(sid).success) throw unauthenticated('claims_invalid', 'sid');
}

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
