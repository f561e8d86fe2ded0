import { AppError } from '../../core/errors.ts';
import type { IdentityProvider } from '../../core/identity-provider.ts';
import { createLocalAuth, type LocalAuth, type LocalAuthOptions } from './auth.ts';
import { localRoutes } from './routes.ts';
import { toIdentityUser } from './to-identity-user.ts';

/** People with an e-mail address and a password in our own database. */
export function createLocalProvider(options: LocalAuthOptions): IdentityProvider {
  // Made at the first use: where the port is not chosen before, our own address is only known once the server listens.
  let made: LocalAuth | undefined;
  const auth = () => {
    made ??= createLocalAuth(options);
    return made;
  };

  return {
    name: 'local',
    directory: null,
    routes: localRoutes(auth),

    async authenticate(request) {
      const cookie = request.headers.get('cookie');
      if (!cookie?.includes('rolecall.')) return null;
      // Renewing a session needs a new cookie, which only the provider's own routes can set.
      const asked = { headers: new Headers({ cookie }), query: { disableRefresh: true } };
      const found = await auth()
        .api.getSession(asked)
        .catch((error) => {
          options.log.error({ err: error }, 'session look-up');
          throw new AppError('unavailable');
        });
      return found ? { userId: found.user.id, sessionId: found.session.id, viaCookie: true } : null;
    },

    async fetchUser(userId) {
      const { internalAdapter } = await auth().$context;
      const account = await internalAdapter.findUserById(userId);
      return account ? toIdentityUser(account) : null;
    },
  };
}
