import type { Logger } from 'pino';
import type { Config } from '../../core/config.ts';
import type { IdentityProvider } from '../../core/identity-provider.ts';
import { createClerkDirectory } from './directory.ts';
import { frontendProxy } from './frontend-proxy.ts';
import { sessionTokenVerifier } from './session-token.ts';

interface ClerkOptions {
  settings: Config['clerk'];
  publicOrigins: () => readonly string[];
  log: Logger;
}

/** Authenticates Clerk's users by a bearer session token, never by a cookie, which rules out CSRF. */
export function createClerkProvider({ settings, publicOrigins, log }: ClerkOptions): IdentityProvider {
  const verify = sessionTokenVerifier({ settings, publicOrigins });
  const { secretKey, apiUrl } = settings;
  const directory = secretKey ? createClerkDirectory({ secretKey, apiUrl }) : null;

  return {
    name: 'clerk',
    directory,
    routes: frontendProxy({ settings, publicOrigins }),

    authenticate: verify,

    async fetchUser(userId) {
      try {
        return (await directory?.fetchUser(userId)) ?? null;
      } catch (error) {
        log.warn({ err: error, user: userId }, 'identity provider unavailable');
        return null;
      }
    },
  };
}
