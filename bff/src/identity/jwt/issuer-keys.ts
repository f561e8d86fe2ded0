import { createLocalJWKSet, createRemoteJWKSet, errors, type JSONWebKeySet, type JWTVerifyGetKey } from 'jose';
import { AppError } from '../../core/errors.ts';

const TIMEOUT_MS = 5_000;
const ASK_AGAIN_AFTER_MS = 30_000;
const FRESH_FOR_MS = 10 * 60_000;
const USABLE_FOR_MS = 24 * 3_600_000;

/**
 * The issuer's keys. They are asked for at most every 30 s, whatever key ids tokens name, and while the issuer does not answer
 * the last ones serve for a day. Throws unavailable when there are none.
 */
export function issuerKeys(url: string): JWTVerifyGetKey {
  const remote = createRemoteJWKSet(new URL(url), {
    timeoutDuration: TIMEOUT_MS,
    cooldownDuration: ASK_AGAIN_AFTER_MS,
    cacheMaxAge: FRESH_FOR_MS,
  });
  let known: { keys: JSONWebKeySet; at: number } | undefined;
  let failedAt = Number.NEGATIVE_INFINITY;

  const remember = () => {
    const keys = remote.jwks();
    if (keys && keys !== known?.keys) known = { keys, at: Date.now() };
  };
  const lastKnown: JWTVerifyGetKey = (header, token) => {
    if (!known || known.at + USABLE_FOR_MS < Date.now()) throw new AppError('unavailable');
    return createLocalJWKSet(known.keys)(header, token);
  };
  return async (header, token) => {
    if (failedAt + ASK_AGAIN_AFTER_MS > Date.now()) return lastKnown(header, token);
    try {
      const key = await remote(header, token);
      remember();
      return key;
    } catch (error) {
      if (isAboutTheToken(error)) {
        remember();
        throw error;
      }
      failedAt = Date.now();
      return lastKnown(header, token);
    }
  };
}

const isAboutTheToken = (error: unknown): boolean =>
  error instanceof errors.JWKSNoMatchingKey ||
  error instanceof errors.JWKSMultipleMatchingKeys ||
  error instanceof errors.JOSENotSupported;
