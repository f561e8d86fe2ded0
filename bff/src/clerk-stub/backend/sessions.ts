import { Hono } from 'hono';
import { z } from 'zod';
import { invalid, notFound } from '../api-error.ts';
import type { SessionJson } from '../serialize.ts';
import { mintSessionToken } from '../session-token.ts';
import type { ClerkInstance } from '../state/instance.ts';
import { bodyOf, defined, json, orderOf, pageOf, slice } from './request.ts';

const NewSession = z.strictObject({ user_id: z.string(), active_organization_id: z.string().optional() });
const NewToken = z.strictObject({ expires_in_seconds: z.int().min(1).optional() });

/** /v1/sessions */
export function backendSessions(instance: ClerkInstance, { issuer }: { issuer: () => string }): Hono {
  const { state } = instance;
  const api = new Hono();
  const one = (id: string): SessionJson => {
    const session = state.sessions.get(id);
    if (!session) throw notFound('session', id);
    return session;
  };

  api.get('/', (c) => {
    const { user_id: userId, client_id: clientId, status } = c.req.query();
    if (!userId && !clientId) throw invalid('form_param_missing', 'Either a user or a client is needed.', 'user_id');
    const { isDescending } = orderOf(c, ['created_at']);
    const all = userId ? instance.sessionsOf(userId) : state.sessions.values();
    const found = all.filter(
      (session) => (!clientId || session.client_id === clientId) && (!status || session.status === status),
    );
    const data = slice(found, { ...pageOf(c), isDescending });
    return json(c.req.query('paginated') === 'true' ? { data, total_count: found.length } : data);
  });
  api.post('/', async (c) => {
    const body = await bodyOf(c, NewSession);
    return json(instance.createSession(body.user_id, defined({ organizationId: body.active_organization_id })));
  });
  api.get('/:id', (c) => json(one(c.req.param('id'))));
  api.post('/:id/revoke', (c) => json(instance.revokeSession(one(c.req.param('id')).id)));
  api.post('/:id/tokens', async (c) => {
    const session = one(c.req.param('id'));
    if (session.status !== 'active') throw invalid('session_not_active', 'The session is not active.', 'session_id');
    const { expires_in_seconds: lifetimeSeconds } = await bodyOf(c, NewToken);
    return json({
      object: 'token',
      jwt: mintSessionToken(instance, session, { issuer: issuer(), ...defined({ lifetimeSeconds }) }),
    });
  });

  return api;
}
