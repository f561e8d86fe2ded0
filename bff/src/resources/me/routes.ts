import type { Hono } from 'hono';
import { AppError } from '../../core/errors.ts';
import type { Services } from '../../core/services.ts';
import type { AppEnv } from '../../http/env.ts';
import { open, route, signedIn } from '../../http/route.ts';
import { eventStream } from '../../http/stream.ts';
import { PROXY_PATH } from '../../identity/clerk/frontend-proxy.ts';
import { streamChanges } from './live.ts';
import { readMe } from './queries.ts';
import { EventsQuery, Me, SessionInfo } from './schema.ts';

export function meRoutes(app: Hono<AppEnv>): void {
  route(app, {
    method: 'get',
    path: '/api/session-info',
    operation: 'session.info',
    summary: 'Get the sign-in options',
    access: open,
    success: 'ok',
    response: SessionInfo,
    handle: async ({ context: { services }, c }) => {
      const { config, demoAccounts } = services;
      return {
        identityProvider: services.identity.name,
        hasSession: await hasSession(services, c.req.raw),
        signUp: config.signUp && services.identity.name === 'local',
        // Other machines learn neither the accounts nor their password.
        demo:
          demoAccounts.length > 0 && config.isLoopback
            ? { password: config.demoPassword, accounts: [...demoAccounts] }
            : null,
        hasDirectory: services.identity.directory !== null,
        clerkPublishableKey: services.identity.name === 'clerk' ? config.clerk.publishableKey : null,
        clerkProxyPath: services.identity.name === 'clerk' && services.identity.routes ? PROXY_PATH : null,
        tokenSignInUrl: services.identity.name === 'jwt' ? config.jwt.signInUrl : null,
      };
    },
  });
  route(app, {
    method: 'get',
    path: '/api/me',
    operation: 'me.read',
    summary: 'Get the caller with memberships and permissions',
    access: signedIn,
    success: 'ok',
    response: Me,
    read: readMe,
  });
  eventStream(app, {
    path: '/api/events',
    operation: 'me.events',
    summary: 'Stream changes: `me` with the new version of /api/me, `lists` with the paths of lists that have changed',
    query: EventsQuery,
    run: (stream, { version }) => streamChanges(stream, version),
  });
}

/** Whether the request has a valid session. An outage counts as one: /api/me then responds with the error. */
const hasSession = ({ identity }: Services, request: Request): Promise<boolean> =>
  identity.authenticate(request).then(
    () => true,
    (error) => !(error instanceof AppError && error.code === 'not_signed_in'),
  );
