import { Hono } from 'hono';
import { ClerkRefusal } from '../api-error.ts';
import { type RateLimits, rateLimiter, TooManyRequests } from '../faults/rate-limits.ts';
import type { ClerkInstance } from '../state/instance.ts';
import { backendInvitations } from './invitations.ts';
import { backendMemberships } from './memberships.ts';
import { backendOrganizations } from './organizations.ts';
import { json, orderOf, pageOf, slice } from './request.ts';
import { backendSessions } from './sessions.ts';
import { backendUsers } from './users.ts';

export interface BackendApiOptions {
  instance: ClerkInstance;
  /** `sk_test_…`; whoever brings another is refused. */
  secretKey: string;
  /** `iss` of the tokens it mints. */
  issuer?: () => string;
  /** None unless given. May be changed while it runs. */
  rateLimits?: RateLimits;
}

/** Clerk's Backend API, as much of it as we use, below /v1. */
export function createBackendApi(options: BackendApiOptions): Hono {
  const { instance, secretKey, issuer = () => 'https://clerk.rolecall.test' } = options;
  if (!secretKey.startsWith('sk_test_'))
    throw new Error('the stub of Clerk takes only a key that begins with sk_test_');
  const limit = rateLimiter(options.rateLimits ?? {});
  const api = new Hono();

  api.onError((error) => {
    if (!(error instanceof ClerkRefusal)) throw error;
    return refusal(error);
  });

  api.use(async (c, next) => {
    const given = c.req.header('authorization');
    if (given === undefined) throw new ClerkRefusal(401, 'authorization_header_missing', 'No secret key was given.');
    if (given !== `Bearer ${secretKey}`) {
      throw new ClerkRefusal(401, 'clerk_key_invalid', 'The provided Clerk Secret Key is invalid.');
    }
    limit(c.req.method, c.req.path);
    await next();
  });

  api.route('/users', backendUsers(instance));
  api.route('/organizations', backendOrganizations(instance));
  api.route('/', backendMemberships(instance));
  api.route('/', backendInvitations(instance));
  api.route('/sessions', backendSessions(instance, { issuer }));
  api.get('/jwks', () => json({ keys: [instance.signingKey().jwk] }));
  api.get('/organization_roles', (c) => {
    const roles = [...instance.state.roles.values()];
    const { isDescending } = orderOf(c, ['created_at']);
    return json({ data: slice(roles, { ...pageOf(c), isDescending }), total_count: roles.length });
  });

  const root = new Hono();
  root.route('/v1', api);
  root.notFound(() => refusal(new ClerkRefusal(404, 'resource_not_found', 'The resource was not found.')));
  return root;
}

function refusal(error: ClerkRefusal): Response {
  const headers = new Headers({ 'content-type': 'application/json' });
  if (error instanceof TooManyRequests) headers.set('retry-after', String(error.retryAfterSeconds));
  return new Response(JSON.stringify(error), { status: error.status, headers });
}
