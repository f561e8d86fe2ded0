import { randomBytes } from 'node:crypto';
import type { Context } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import { ClerkRefusal } from '../api-error.ts';
import type { SessionJson } from '../serialize.ts';
import { mintSessionToken } from '../session-token.ts';
import type { ClerkInstance } from '../state/instance.ts';
import { type Browser, clientShape, sessionShape } from './serialize.ts';

export interface BrowserOptions {
  instance: ClerkInstance;
  tokenSeconds: number;
}

/** The browsers that have been here, each known by its cookie `__client`, and what is true for the one that asks. */
export function browsersOf({ instance, tokenSeconds }: BrowserOptions) {
  const browsers = new Map<string, Browser>();
  const origins = new Map<string, string>();

  /** Those that became known by the request under way, whose cookie is only in its answer. */
  const fresh = new WeakMap<Request, Browser>();

  const known = (c: Context) => fresh.get(c.req.raw) ?? browsers.get(getCookie(c, '__client') ?? '');
  const activeOf = ({ sessionIds }: Browser): SessionJson[] =>
    sessionIds.flatMap((id) => {
      const session = instance.state.sessions.get(id);
      return session?.status === 'active' && instance.state.users.get(session.user_id) ? [session] : [];
    });

  /** GET requests carry no origin, so that of the sign-in stays with the session. */
  function tokenFor(c: Context, session: SessionJson): string {
    const party = c.req.header('origin') ?? origins.get(session.id);
    if (party) origins.set(session.id, party);
    const issuer = c.req.header('clerk-proxy-url') ?? new URL(c.req.url).origin;
    return mintSessionToken(instance, session, { issuer, party: party ?? null, lifetimeSeconds: tokenSeconds });
  }

  const shapeOf = (c: Context, session: SessionJson) => sessionShape(instance, session, tokenFor(c, session));
  const clientOf = (c: Context, browser: Browser) =>
    clientShape(
      browser,
      activeOf(browser).map((session) => shapeOf(c, session)),
      instance.state.now(),
    );

  return {
    known,
    clientOf,
    tokenFor,
    shapeOf,

    /** The browser that asks; its first question makes it known. */
    begin(c: Context): Browser {
      const before = known(c);
      if (before) return before;
      const token = randomBytes(24).toString('base64url');
      const browser: Browser = {
        id: instance.state.id('client'),
        sessionIds: [],
        signIn: null,
        createdAt: instance.state.now(),
      };
      browsers.set(token, browser);
      fresh.set(c.req.raw, browser);
      setCookie(c, '__client', token, { path: '/', httpOnly: true, sameSite: 'Lax' });
      return browser;
    },

    /** Signs somebody in; this instance knows one session at a time in a browser. */
    enter(c: Context, browser: Browser, userId: string): SessionJson {
      for (const { id } of activeOf(browser)) instance.endSession(id);
      const session = instance.createSession(userId, { clientId: browser.id });
      browser.sessionIds = [session.id];
      setCookie(c, '__client_uat', String(Math.floor(session.created_at / 1000)), { path: '/', sameSite: 'Lax' });
      return session;
    },

    leave(c: Context, browser: Browser): void {
      for (const { id } of activeOf(browser)) instance.removeSession(id);
      browser.sessionIds = [];
      setCookie(c, '__client_uat', '0', { path: '/', sameSite: 'Lax' });
    },

    /** The session that a request names, or the only one. Throws as Clerk does when there is none any more. */
    session(c: Context, sessionId = c.req.query('_clerk_session_id')): SessionJson {
      const browser = known(c);
      const active = browser ? activeOf(browser) : [];
      const session = sessionId ? active.find(({ id }) => id === sessionId) : active[0];
      if (session) return session;
      throw new ClerkRefusal(401, 'authentication_invalid', 'Unable to authenticate the request, you are signed out.');
    },

    /** `{ response, client }`, as most answers are wrapped. */
    wrapped: (c: Context, response: unknown) => {
      const browser = known(c);
      return { response, client: browser ? clientOf(c, browser) : null };
    },
  };
}

export type Browsers = ReturnType<typeof browsersOf>;
