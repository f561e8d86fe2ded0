import type { Context, Hono } from 'hono';
import { ClerkApiError, invalid, notFound } from '../api-error.ts';
import type { ClerkInstance } from '../state/instance.ts';
import type { Browsers } from './browsers.ts';
import { type SignIn, signInShape, signUpShape } from './serialize.ts';

type Form = Record<string, string | undefined>;

export const formOf = async (c: Context) => (await c.req.parseBody()) as Form;

/** Sign-in and sign-up with email and password. */
export function signInRoutes(api: Hono, instance: ClerkInstance, browsers: Browsers): void {
  const attempt = (c: Context, signIn: SignIn, password: string) => {
    const user = instance.state.users.get(signIn.userId);
    if (!user || !instance.isPassword(user.id, password)) {
      throw invalid('form_password_incorrect', 'Password is incorrect. Try again, or use another method.', 'password');
    }
    if (user.banned) throw new ClerkApiError(403, 'user_banned', 'Your account is blocked.');
    if (user.locked) throw new ClerkApiError(403, 'user_locked', 'Your account is locked.');
    signIn.sessionId = browsers.signIn(c, browsers.findOrCreate(c), user.id).id;
  };
  const respond = (c: Context, signIn: SignIn) => c.json(browsers.wrap(c, signInShape(signIn, instance.state.now())));

  api.post('/v1/client/sign_ins', async (c) => {
    const { identifier = '', strategy, password } = await formOf(c);
    const user = instance.findUserByEmail(identifier);
    if (!user) throw invalid('form_identifier_not_found', "Couldn't find your account.", 'identifier');
    const browser = browsers.findOrCreate(c);
    browser.signIn = { id: instance.state.id('sia'), userId: user.id, identifier, sessionId: null };
    if (strategy === 'password' && password !== undefined) attempt(c, browser.signIn, password);
    return respond(c, browser.signIn);
  });

  const current = (c: Context) => {
    const id = c.req.param('id') ?? '';
    const signIn = browsers.find(c)?.signIn;
    if (signIn?.id !== id) throw notFound('sign in', id);
    return signIn;
  };
  api.get('/v1/client/sign_ins/:id', (c) => respond(c, current(c)));
  api.post('/v1/client/sign_ins/:id/prepare_first_factor', (c) => respond(c, current(c)));
  api.post('/v1/client/sign_ins/:id/attempt_first_factor', async (c) => {
    const signIn = current(c);
    attempt(c, signIn, (await formOf(c)).password ?? '');
    return respond(c, signIn);
  });

  api.post('/v1/client/sign_ups', async (c) => {
    const form = await formOf(c);
    const browser = browsers.findOrCreate(c);
    const signUp = {
      id: instance.state.id('sua'),
      email: form.email_address ?? null,
      firstName: form.first_name ?? null,
      lastName: form.last_name ?? null,
      hasPassword: form.password !== undefined,
      userId: null as string | null,
      sessionId: null as string | null,
    };
    if (signUp.email && form.password !== undefined) {
      const { email, firstName, lastName } = signUp;
      signUp.userId = instance.createUser({ email, firstName, lastName, password: form.password }).id;
      signUp.sessionId = browsers.signIn(c, browser, signUp.userId).id;
    }
    return c.json(browsers.wrap(c, signUpShape(signUp, instance.state.now())));
  });
}
