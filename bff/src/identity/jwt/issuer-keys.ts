import { createLocalJWKSet, createRemoteJWKSet, errors, type JSONWebKeySet, type JWTVerifyGetKey } from 'jose';
import { AppError } from '../../core/errors.ts';

const TIMEOUT_MS = 5_000;
const COOLDOWN_MS = 30_000;
const MAX_AGE_MS = 10 * 60_000;
const STALE_IF_ERROR_MS = 24 * 3_600_000;

/**
 * Resolves the issuer's keys. They are fetched at most every 30 s, whatever key ids tokens name; while the issuer is unavailable, the
 * last ones are used for a day. Throws unavailable when there are none.
 */
export function issuerKeys(url: string): JWTVerifyGetKey {
  const remote = createRemoteJWKSet(new URL(url), {
    timeoutDuration: TIMEOUT_MS,
    cooldownDuration: COOLDOWN_MS,
    cacheMaxAge: MAX_AGE_MS,
  });
  let cached: { keys: JSONWebKeySet; at: number } | undefined;
  let failedAt = Number.NEGATIVE_INFINITY;

  const cacheKeys = () => {
    const keys = remote.jwks();
    if (keys && keys !== cached?.keys) cached = { keys, at: Date.now() };
  };
  const cachedKey: JWTVerifyGetKey = (header, token) => {
    if (!cached || cached.at + STALE_IF_ERROR_MS < Date.now()) throw new AppError('unavailable');
    return createLocalJWKSet(cached.keys)(header, token);
  };
  return async (header, token) => {
    if (failedAt + COOLDOWN_MS > Date.now()) return cachedKey(header, token);
    try {
      const key = await remote(header, token);
      cacheKeys();
      return key;
    } catch (error) {
      if (isTokenError(error)) {
        cacheKeys();
        throw error;
      }
      failedAt = Date.now();
      return cachedKey(header, token);
    }
  };
}

const isTokenError = (error: unknown): boolean =>
  error instanceof errors.JWKSNoMatchingKey ||
  error instanceof errors.JWKSMultipleMatchingKeys ||
  error instanceof errors.JOSENotSupported;
