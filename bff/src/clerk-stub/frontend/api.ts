import { type Context, Hono } from 'hono';
import { ClerkApiError, invalid, notFound } from '../api-error.ts';
import type { SessionJson } from '../serialize.ts';
import type { ClerkInstance } from '../state/instance.ts';
import { userOf } from '../state/state.ts';
import { type BrowserOptions, browsersOf } from './browsers.ts';
import { ENVIRONMENT } from './environment.ts';
import { sendScript } from './scripts.ts';
import { ownMembership, ownUser } from './serialize.ts';
import { formOf, signInRoutes } from './sign-in.ts';

const DEFAULT_TOKEN_SECONDS = 60;

/** The part of Clerk's Frontend API that the console uses. Request bodies are forms, as the SDK sends them. */
export function createFrontendApi(instance: ClerkInstance, options: Partial<BrowserOptions> = {}): Hono {
  const api = new Hono();
  const browsers = browsersOf({ instance, tokenSeconds: options.tokenSeconds ?? DEFAULT_TOKEN_SECONDS });

  api.onError((error, c) => {
    const apiError =
      error instanceof ClerkApiError ? error : new ClerkApiError(500, 'internal_clerk_error', error.message);
    return c.json(apiError.toJSON(), apiError.status);
  });
  api.notFound((c) => c.json(notFound('resource', c.req.path).toJSON(), notFound('', '').status));

  api.get('/npm/*', sendScript);
  api.get('/.well-known/jwks.json', (c) => c.json({ keys: [instance.signingKey().jwk] }));
  api.on(['GET', 'POST'], '/v1/environment', (c) => c.json(ENVIRONMENT));

  api.get('/v1/client', (c) => {
    const browser = browsers.find(c);
    return c.json({ response: browser ? browsers.clientOf(c, browser) : null, client: null });
  });
  signInRoutes(api, instance, browsers);
  sessionRoutes(api, instance, browsers);
  ownRoutes(api, instance, browsers);
  return api;
}

type Browsers = ReturnType<typeof browsersOf>;

function sessionRoutes(api: Hono, instance: ClerkInstance, browsers: Browsers): void {
  api.post('/v1/client/sessions/:id/touch', async (c) => {
    const { active_organization_id: organizationId } = await formOf(c);
    const session = browsers.session(c, c.req.param('id'));
    if (organizationId && !instance.findMembership(organizationId, session.user_id)) {
      throw notFound('organization', organizationId);
    }
    const updated =
      organizationId === undefined ? session : instance.setActiveOrganization(session.id, organizationId || null);
    return c.json(browsers.wrap(c, browsers.shapeOf(c, updated)));
  });
  api.post('/v1/client/sessions/:id/tokens', (c) => {
    const session = browsers.session(c, c.req.param('id'));
    return c.json({ object: 'token', jwt: browsers.tokenFor(c, session) });
  });
  api.post('/v1/client/sessions/:id/remove', (c) => {
    const session = browsers.session(c, c.req.param('id'));
    const removed = instance.removeSession(session.id);
    return c.json(browsers.wrap(c, browsers.shapeOf(c, removed)));
  });
  api.post('/v1/client/sessions', (c) => {
    if (c.req.query('_method') !== 'DELETE') return c.notFound();
    const browser = browsers.findOrCreate(c);
    browsers.signOut(c, browser);
    return c.json(browsers.wrap(c, browsers.clientOf(c, browser)));
  });
}

/** Routes of the signed-in user. */
function ownRoutes(api: Hono, instance: ClerkInstance, browsers: Browsers): void {
  const page = (c: Context, data: unknown[]) => browsers.wrap(c, { data, total_count: data.length });

  api.get('/v1/me', (c) => {
    const { user_id } = browsers.session(c);
    return c.json(browsers.wrap(c, ownUser(instance, userOf(instance.state, user_id))));
  });
  api.post('/v1/me', async (c) => {
    const { user_id } = browsers.session(c);
    const { first_name, last_name } = await formOf(c);
    const user = instance.updateUser(user_id, {
      ...(first_name === undefined ? {} : { firstName: first_name }),
      ...(last_name === undefined ? {} : { lastName: last_name }),
    });
    return c.json(browsers.wrap(c, ownUser(instance, user)));
  });
  api.post('/v1/me/change_password', async (c) => {
    const { user_id } = browsers.session(c);
    const { current_password = '', new_password = '' } = await formOf(c);
    if (!instance.isPassword(user_id, current_password)) {
      throw invalid('form_password_incorrect', 'Password is incorrect. Try again.', 'current_password');
    }
    const user = instance.updateUser(user_id, { password: new_password });
    return c.json(browsers.wrap(c, ownUser(instance, user)));
  });
  api.get('/v1/me/organization_memberships', (c) => {
    const { user_id } = browsers.session(c);
    return c.json(page(c, instance.membershipsOf(user_id).map(ownMembership)));
  });
  api.get('/v1/me/organization_invitations', (c) => c.json(page(c, [])));
  api.get('/v1/me/organization_suggestions', (c) => c.json(page(c, [])));
  api.get('/v1/me/sessions/active', (c) => {
    const { user_id } = browsers.session(c);
    const active = instance.sessionsOf(user_id).filter(({ status }) => status === 'active');
    return c.json(active.map((session) => ({ ...session, latest_activity: activityOf(session) })));
  });
  api.post('/v1/me/sessions/:id/revoke', (c) => {
    const { user_id } = browsers.session(c);
    const session = instance.sessionsOf(user_id).find(({ id }) => id === c.req.param('id'));
    if (!session) throw notFound('session', c.req.param('id'));
    return c.json(browsers.wrap(c, browsers.shapeOf(c, instance.revokeSession(session.id))));
  });
}

const activityOf = ({ id }: SessionJson) => ({
  object: 'session_activity',
  id: id.replace('sess_', 'sess_activity_'),
  is_mobile: false,
});
