import type { Config } from '../../core/config.ts';
import type { IdentityProvider } from '../../core/identity-provider.ts';
import { bearerClaims, TokenId } from '../bearer.ts';
import { issuerKeys } from './issuer-keys.ts';
import { claimedProfile } from './profile.ts';
import { tokenVerifier } from './verify.ts';
import { sharedKeys } from './verify-with-any.ts';

/**
 * Authenticates users of any JWT issuer by a bearer token. There is no API to ask, so that our copy of a user comes from the last
 * token.
 */
export function createJwtProvider({ settings }: { settings: Config['jwt'] }): IdentityProvider {
  const [secret, ...previous] = settings.secrets;
  const keys = secret ? sharedKeys([secret, ...previous]) : ([issuerKeys(settings.jwksUrl ?? '')] as const);
  const verify = tokenVerifier(settings, keys);

  return {
    name: 'jwt',
    directory: null,
    routes: null,

    async authenticate(request) {
      const claims = await bearerClaims(request, verify);
      const { sub, act, sid, session_id, jti } = claims;
      const profile = claimedProfile(claims, settings);
      return {
        userId: sub,
        sessionId: [sid, session_id, jti].find(isId) ?? null,
        viaCookie: false,
        ...(act ? { impersonatorId: act.sub } : {}),
        ...(profile ? { profile } : {}),
      };
    },

    async fetchUser() {
      return null;
    },
  };
}

const isId = (id: unknown): id is string => TokenId.safeParse(id).success;
