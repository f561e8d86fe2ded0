import { randomBytes } from 'node:crypto';
import type { Context } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import { ClerkApiError } from '../api-error.ts';
import type { SessionJson } from '../serialize.ts';
import { mintSessionToken } from '../session-token.ts';
import type { ClerkInstance } from '../state/instance.ts';
import { type Browser, clientShape, sessionShape } from './serialize.ts';

export interface BrowserOptions {
  instance: ClerkInstance;
  tokenSeconds: number;
}

/** Browsers by their `__client` cookie, and the client state of each. */
export function browsersOf({ instance, tokenSeconds }: BrowserOptions) {
  const browsers = new Map<string, Browser>();
  const origins = new Map<string, string>();

  /** Browsers created by the current request, whose cookie is only in its response. */
  const created = new WeakMap<Request, Browser>();

  const find = (c: Context) => created.get(c.req.raw) ?? browsers.get(getCookie(c, '__client') ?? '');
  const activeOf = ({ sessionIds }: Browser): SessionJson[] =>
    sessionIds.flatMap((id) => {
      const session = instance.state.sessions.get(id);
      return session?.status === 'active' && instance.state.users.get(session.user_id) ? [session] : [];
    });

  /** GET requests have no origin, so the session keeps that of the sign-in. */
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
    find,
    clientOf,
    tokenFor,
    shapeOf,

    /** Returns the browser of the request, and creates it on its first one. */
    findOrCreate(c: Context): Browser {
      const existing = find(c);
      if (existing) return existing;
      const token = randomBytes(24).toString('base64url');
      const browser: Browser = {
        id: instance.state.id('client'),
        sessionIds: [],
        signIn: null,
        createdAt: instance.state.now(),
      };
      browsers.set(token, browser);
      created.set(c.req.raw, browser);
      setCookie(c, '__client', token, { path: '/', httpOnly: true, sameSite: 'Lax' });
      return browser;
    },

    /** Signs a user in; a browser has one session at a time. */
    signIn(c: Context, browser: Browser, userId: string): SessionJson {
      for (const { id } of activeOf(browser)) instance.endSession(id);
      const session = instance.createSession(userId, { clientId: browser.id });
      browser.sessionIds = [session.id];
      setCookie(c, '__client_uat', String(Math.floor(session.created_at / 1000)), { path: '/', sameSite: 'Lax' });
      return session;
    },

    signOut(c: Context, browser: Browser): void {
      for (const { id } of activeOf(browser)) instance.removeSession(id);
      browser.sessionIds = [];
      setCookie(c, '__client_uat', '0', { path: '/', sameSite: 'Lax' });
    },

    /** Returns the session that the request names, or the only one. Throws as Clerk does without an active one. */
    session(c: Context, sessionId = c.req.query('_clerk_session_id')): SessionJson {
      const browser = find(c);
      const active = browser ? activeOf(browser) : [];
      const session = sessionId ? active.find(({ id }) => id === sessionId) : active[0];
      if (session) return session;
      throw new ClerkApiError(401, 'authentication_invalid', 'Unable to authenticate the request, you are signed out.');
    },

    /** Returns `{ response, client }`, the body of most responses. */
    wrap: (c: Context, response: unknown) => {
      const browser = find(c);
      return { response, client: browser ? clientOf(c, browser) : null };
    },
  };
}

export type Browsers = ReturnType<typeof browsersOf>;
