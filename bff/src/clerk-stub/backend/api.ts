import { Hono } from 'hono';
import { ClerkApiError } from '../api-error.ts';
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
  /** `sk_test_…`; any other key is rejected. */
  secretKey: string;
  /** `iss` of the tokens. */
  issuer?: () => string;
  /** None by default. Can be changed at any time. */
  rateLimits?: RateLimits;
}

/** The part of Clerk's Backend API that the product uses, below /v1. */
export function createBackendApi(options: BackendApiOptions): Hono {
  const { instance, secretKey, issuer = () => 'https://clerk.rolecall.test' } = options;
  if (!secretKey.startsWith('sk_test_')) throw new Error('the Clerk stub accepts only keys that begin with sk_test_');
  const limit = rateLimiter(options.rateLimits ?? {});
  const api = new Hono();

  api.onError((error) => {
    if (!(error instanceof ClerkApiError)) throw error;
    return errorResponse(error);
  });

  api.use(async (c, next) => {
    const authorization = c.req.header('authorization');
    if (authorization === undefined)
      throw new ClerkApiError(401, 'authorization_header_missing', 'No secret key was provided.');
    if (authorization !== `Bearer ${secretKey}`) {
      throw new ClerkApiError(401, 'clerk_key_invalid', 'The provided Clerk Secret Key is invalid.');
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
  root.notFound(() => errorResponse(new ClerkApiError(404, 'resource_not_found', 'The resource was not found.')));
  return root;
}

function errorResponse(error: ClerkApiError): Response {
  const headers = new Headers({ 'content-type': 'application/json' });
  if (error instanceof TooManyRequests) headers.set('retry-after', String(error.retryAfterSeconds));
  return new Response(JSON.stringify(error), { status: error.status, headers });
}
