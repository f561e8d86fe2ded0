import { errors, type JWTPayload } from 'jose';
import type { Config } from '../../core/config.ts';
import { type AppError, unauthenticated } from '../../core/errors.ts';
import type { UnauthenticatedReason } from '../../core/schema.ts';
import { type Keys, verifyWithAny } from './verify-with-any.ts';

const CLOCK_SKEW_S = 5;
const TYPES = new Set(['jwt', 'at+jwt', 'application/at+jwt']);

const BY_CODE: Readonly<Record<string, UnauthenticatedReason>> = {
  ERR_JWT_EXPIRED: 'token_expired',
  ERR_JWS_SIGNATURE_VERIFICATION_FAILED: 'signature_invalid',
  ERR_JWKS_NO_MATCHING_KEY: 'key_unknown',
  ERR_JOSE_ALG_NOT_ALLOWED: 'algorithm_refused',
  ERR_JWT_CLAIM_VALIDATION_FAILED: 'claims_invalid',
};
const BY_CLAIM: Readonly<Record<string, UnauthenticatedReason>> = {
  iss: 'issuer_refused',
  aud: 'audience_refused',
  nbf: 'token_not_active',
};

type Rules = Pick<Config['jwt'], 'algorithms' | 'issuer' | 'audience'>;

/** Returns a function that verifies tokens by these rules. It throws unauthenticated with the reason. */
export function tokenVerifier({ algorithms, issuer, audience }: Rules, keys: Keys) {
  const rules = {
    algorithms: [...algorithms],
    issuer: issuer ?? '',
    audience: audience ?? '',
    clockTolerance: CLOCK_SKEW_S,
    requiredClaims: ['sub', 'exp', 'iss', 'aud'],
  };
  return async (token: string): Promise<JWTPayload> => {
    const { payload, protectedHeader } = await verifyWithAny(token, keys, rules).catch((error) => {
      throw error instanceof errors.JOSEError ? refusalOf(error) : error;
    });
    const type = protectedHeader.typ ?? 'JWT';
    if (!TYPES.has(String(type).toLowerCase())) throw unauthenticated('token_type_refused', `typ ${type}`);
    return payload;
  };
}

function refusalOf(error: errors.JOSEError): AppError {
  const { claim, reason } = error as { claim?: string; reason?: string };
  const byClaim = reason === 'check_failed' ? BY_CLAIM[claim ?? ''] : undefined;
  return unauthenticated(byClaim ?? BY_CODE[error.code] ?? 'token_malformed', error.message);
}
