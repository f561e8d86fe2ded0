import { createClerkClient } from '@clerk/backend';
import type { Logger } from 'pino';
import type { Config } from '../../config.ts';
import { ClerkUser, toIdentityUser } from '../../sync/clerk-user.ts';
import type { IdentityProvider } from '../provider.ts';
import { frontendProxy } from './frontend-proxy.ts';
import { sessionTokenVerifier } from './session-token.ts';

interface ClerkOptions {
  settings: Config['clerk'];
  publicOrigins: () => readonly string[];
  log: Logger;
}

const TIMEOUT = 5_000;

/** People at Clerk: a Bearer session token says who calls, never a cookie, so a foreign page has nothing to ride on. */
export function createClerkProvider({ settings, publicOrigins, log }: ClerkOptions): IdentityProvider {
  const verify = sessionTokenVerifier({ settings, publicOrigins });
  const client = settings.secretKey
    ? createClerkClient({
        secretKey: settings.secretKey,
        ...(settings.apiUrl ? { apiUrl: settings.apiUrl } : {}),
        telemetry: { disabled: true },
      })
    : null;

  return {
    name: 'clerk',
    directory: null,
    routes: frontendProxy({ settings, publicOrigins }),

    async authenticate(request) {
      const token = /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/i.exec(request.headers.get('authorization') ?? '')?.[1];
      return token ? verify(token) : null;
    },

    async fetchUser(userId) {
      if (!client) return null;
      try {
        const user = await withinTimeout(client.users.getUser(userId));
        return toIdentityUser(ClerkUser.parse(user.raw));
      } catch (error) {
        log.warn({ err: error, user: userId }, 'the identity provider did not answer');
        return null;
      }
    },
  };
}

// The SDK never gives up by itself.
async function withinTimeout<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const tooLong = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${TIMEOUT} ms`)), TIMEOUT);
  });
  return Promise.race([work, tooLong]).finally(() => clearTimeout(timer));
}
