import { errors, type JWTPayload } from 'jose';
import type { Config } from '../../core/config.ts';
import type { IdentityProvider } from '../../core/identity-provider.ts';
import { issuerKeys } from './issuer-keys.ts';
import { profileOf } from './profile.ts';
import { sharedKeys, verifyWithAny } from './verify-with-any.ts';

const MAX_TOKEN_LENGTH = 8_000;
const CLOCK_SKEW_S = 5;
const TYPES = new Set(['jwt', 'at+jwt', 'application/at+jwt']);

/**
 * Authenticates users of any JWT issuer by a bearer token. There is no API to ask, so that our copy of a user comes from the last
 * token.
 */
export function createJwtProvider({ settings }: { settings: Config['jwt'] }): IdentityProvider {
  const [secret, ...previous] = settings.secrets;
  const keys = secret ? sharedKeys([secret, ...previous]) : ([issuerKeys(settings.jwksUrl ?? '')] as const);
  const rules = {
    algorithms: [...settings.algorithms],
    issuer: settings.issuer ?? '',
    audience: settings.audience ?? '',
    clockTolerance: CLOCK_SKEW_S,
    requiredClaims: ['sub', 'exp', 'iss', 'aud'],
  };

  return {
    name: 'jwt',
    directory: null,
    routes: null,

    async authenticate(request) {
      const token = /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/i.exec(request.headers.get('authorization') ?? '')?.[1];
      if (!token || token.length > MAX_TOKEN_LENGTH) return null;
      const claims = await verify(token);
      if (!claims?.sub) return null;
      const sessionId = [claims.sid, claims.session_id, claims.jti].find((id) => typeof id === 'string' && id !== '');
      return {
        userId: claims.sub,
        sessionId: typeof sessionId === 'string' ? sessionId : null,
        viaCookie: false,
        profile: profileOf(claims, settings),
      };
    },

    async fetchUser() {
      return null;
    },
  };

  async function verify(token: string): Promise<JWTPayload | null> {
    try {
      const { payload, protectedHeader } = await verifyWithAny(token, keys, rules);
      const isKnownType = TYPES.has((protectedHeader.typ ?? 'JWT').toLowerCase());
      return isKnownType && (payload.sub?.length ?? 0) <= 255 ? payload : null;
    } catch (error) {
      if (error instanceof errors.JOSEError) return null;
      throw error;
    }
  }
}
