import { unauthenticated } from '../../core/errors.ts';
import type { IdentityProvider } from '../../core/identity-provider.ts';
import type { LocalAuth, LocalAuthOptions } from './auth.ts';
import { findSession } from './find-session.ts';
import { resignCookies } from './previous-keys.ts';
import { localRoutes } from './routes.ts';
import { cookiePrefix, servesHttps, signedToken } from './session-cookie.ts';
import { toIdentityUser } from './to-identity-user.ts';

/** Authenticates local accounts with e-mail address and password. */
export function createLocalProvider(options: LocalAuthOptions): IdentityProvider {
  // Loaded and created at first use: requests with a session do without, and with a random port our own address is known only once the
  // server listens.
  let created: Promise<LocalAuth> | undefined;
  const auth = () => {
    created ??= import('./auth.ts').then(({ createLocalAuth }) => createLocalAuth(options));
    return created;
  };

  let prefix: string | undefined;

  return {
    name: 'local',
    directory: null,
    waitingPasswords: () => options.passwordQueue.waiting() + options.passwords.waiting(),
    routes: localRoutes(auth, options),

    sessionToken({ headers }) {
      prefix ??= cookiePrefix(servesHttps(options.publicOrigins));
      return signedToken(headers.get('cookie') ?? '', prefix, options.keys);
    },

    async authenticate({ headers }) {
      const cookie = headers.get('cookie');
      if (!cookie?.includes('rolecall.')) throw unauthenticated('no_credentials');
      const found = await findSession(await auth(), resignCookies(cookie, options.keys), options.log);
      if (!found) throw unauthenticated('session_ended');
      return { userId: found.user.id, sessionId: found.session.id, viaCookie: true };
    },

    async fetchUser(userId) {
      const { internalAdapter } = await (await auth()).$context;
      const account = await internalAdapter.findUserById(userId);
      return account ? toIdentityUser(account) : null;
    },
  };
}
