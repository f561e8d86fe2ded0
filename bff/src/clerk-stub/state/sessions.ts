import { notFound } from '../api-error.ts';
import type { SessionJson } from '../serialize.ts';
import { organizationOf, type State, userOf } from './state.ts';

const WEEK = 7 * 86_400_000;
const MONTH = 30 * 86_400_000;

/** Operations on sessions. */
export function sessionsOf(state: State) {
  const sessionOf = (sessionId: string): SessionJson => {
    const session = state.sessions.get(sessionId);
    if (!session) throw notFound('session', sessionId);
    return session;
  };
  const save = (session: SessionJson) => state.sessions.set({ ...session, updated_at: state.now() });
  const end = (sessionId: string, status: 'ended' | 'removed' | 'revoked'): SessionJson => {
    const session = sessionOf(sessionId);
    if (session.status !== 'active') return session;
    const ended = save({ ...session, status });
    state.emit(`session.${status}`, { ...ended, user: userOf(state, ended.user_id) });
    return ended;
  };

  return {
    /** Creates a session and updates the last sign-in of its user. */
    createSession(
      userId: string,
      { clientId, organizationId }: { clientId?: string; organizationId?: string | null } = {},
    ) {
      const before = userOf(state, userId);
      if (organizationId) organizationOf(state, organizationId);
      const at = state.now();
      const user = state.users.set({ ...before, last_sign_in_at: at, last_active_at: at, updated_at: at });
      const session = state.sessions.set({
        object: 'session',
        id: state.id('sess'),
        user_id: userId,
        client_id: clientId ?? state.id('client'),
        actor: null,
        status: 'active',
        last_active_organization_id: organizationId ?? null,
        last_active_at: at,
        expire_at: at + WEEK,
        abandon_at: at + MONTH,
        created_at: at,
        updated_at: at,
      });
      state.sessionsOf.set(userId, (state.sessionsOf.get(userId) ?? new Set()).add(session.id));
      state.emit('session.created', { ...session, user });
      state.emit('user.updated', user);
      return session;
    },

    /** Signs out. */
    endSession: (sessionId: string) => end(sessionId, 'ended'),
    removeSession: (sessionId: string) => end(sessionId, 'removed'),
    revokeSession: (sessionId: string) => end(sessionId, 'revoked'),

    /** Emits no event. */
    setActiveOrganization(sessionId: string, organizationId: string | null): SessionJson {
      if (organizationId) organizationOf(state, organizationId);
      const session = sessionOf(sessionId);
      return save({ ...session, last_active_organization_id: organizationId, last_active_at: state.now() });
    },

    revokeAllOf(userId: string) {
      for (const id of state.sessionsOf.get(userId) ?? []) end(id, 'revoked');
    },

    sessionsOf: (userId: string): SessionJson[] => [...(state.sessionsOf.get(userId) ?? [])].map((id) => sessionOf(id)),
  };
}
