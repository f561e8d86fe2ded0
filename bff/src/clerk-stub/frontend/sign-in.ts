import type { Context, Hono } from 'hono';
import { ClerkRefusal, invalid, notFound } from '../api-error.ts';
import type { ClerkInstance } from '../state/instance.ts';
import type { Browsers } from './browsers.ts';
import { type SignIn, signInShape, signUpShape } from './serialize.ts';

type Form = Record<string, string | undefined>;

export const formOf = async (c: Context) => (await c.req.parseBody()) as Form;

/** Signing in and up with an address and a password. */
export function signInRoutes(api: Hono, instance: ClerkInstance, browsers: Browsers): void {
  const attempt = (c: Context, signIn: SignIn, password: string) => {
    const user = instance.state.users.get(signIn.userId);
    if (!user || !instance.isPassword(user.id, password)) {
      throw invalid('form_password_incorrect', 'Password is incorrect. Try again, or use another method.', 'password');
    }
    if (user.banned) throw new ClerkRefusal(403, 'user_banned', 'Your account is blocked.');
    if (user.locked) throw new ClerkRefusal(403, 'user_locked', 'Your account is locked.');
    signIn.sessionId = browsers.enter(c, browsers.begin(c), user.id).id;
  };
  const answer = (c: Context, signIn: SignIn) => c.json(browsers.wrapped(c, signInShape(signIn, instance.state.now())));

  api.post('/v1/client/sign_ins', async (c) => {
    const { identifier = '', strategy, password } = await formOf(c);
    const user = instance.findUserByEmail(identifier);
    if (!user) throw invalid('form_identifier_not_found', "Couldn't find your account.", 'identifier');
    const browser = browsers.begin(c);
    browser.signIn = { id: instance.state.id('sia'), userId: user.id, identifier, sessionId: null };
    if (strategy === 'password' && password !== undefined) attempt(c, browser.signIn, password);
    return answer(c, browser.signIn);
  });

  const current = (c: Context) => {
    const id = c.req.param('id') ?? '';
    const signIn = browsers.known(c)?.signIn;
    if (signIn?.id !== id) throw notFound('sign in', id);
    return signIn;
  };
  api.get('/v1/client/sign_ins/:id', (c) => answer(c, current(c)));
  api.post('/v1/client/sign_ins/:id/prepare_first_factor', (c) => answer(c, current(c)));
  api.post('/v1/client/sign_ins/:id/attempt_first_factor', async (c) => {
    const signIn = current(c);
    attempt(c, signIn, (await formOf(c)).password ?? '');
    return answer(c, signIn);
  });

  api.post('/v1/client/sign_ups', async (c) => {
    const form = await formOf(c);
    const browser = browsers.begin(c);
    const facts = {
      id: instance.state.id('sua'),
      email: form.email_address ?? null,
      firstName: form.first_name ?? null,
      lastName: form.last_name ?? null,
      hasPassword: form.password !== undefined,
      userId: null as string | null,
      sessionId: null as string | null,
    };
    if (facts.email && form.password !== undefined) {
      const { email, firstName, lastName } = facts;
      facts.userId = instance.createUser({ email, firstName, lastName, password: form.password }).id;
      facts.sessionId = browsers.enter(c, browser, facts.userId).id;
    }
    return c.json(browsers.wrapped(c, signUpShape(facts, instance.state.now())));
  });
}
