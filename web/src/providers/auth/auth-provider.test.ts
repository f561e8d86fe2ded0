import { beforeEach, expect, it } from 'vitest';
import { ApiError } from '../../core/api.ts';
import { aMe } from '../../testing/builders.ts';
import { serve } from '../../testing/server.ts';
import { authProvider, whenSignedOut } from './auth-provider.ts';
import { clearMe, currentMe } from './session.ts';

beforeEach(() => {
  clearMe();
  history.replaceState(null, '', '/');
});

it('signs in and goes on to the page that was asked for', async () => {
  const seen = serve(() => ({ body: {} }));
  const answer = await authProvider.login({ email: 'ada@acme.test', password: 'secret', to: '/t/acme/roles' });
  expect(answer).toMatchObject({ success: true, redirectTo: '/t/acme/roles' });
  expect(seen[0]?.url.pathname).toBe('/api/auth/sign-in/email');
  expect(seen[0]?.body).toEqual({ email: 'ada@acme.test', password: 'secret' });
});

it('never follows a foreign address after signing in', async () => {
  serve(() => ({ body: {} }));
  const answer = await authProvider.login({ email: 'a@b.c', password: 'x', to: '//evil.test' });
  expect(answer.redirectTo).toBe('/');
});

it('says in words why signing in failed', async () => {
  serve(() => ({ status: 401, body: { code: 'INVALID_EMAIL_OR_PASSWORD' } }));
  const answer = await authProvider.login({ email: 'a@b.c', password: 'x' });
  expect(answer.success).toBe(false);
  expect(answer.error?.message).toBe('Incorrect e-mail address or password.');
});

it('asks who is signed in once, however many pages check', async () => {
  const seen = serve(() => ({ body: aMe() }));
  await Promise.all([authProvider.check(), authProvider.check(), authProvider.getIdentity()]);
  await authProvider.check();
  expect(seen).toHaveLength(1);
});

it('sends the signed-out to sign-in and remembers where they were', async () => {
  history.replaceState(null, '', '/t/acme/members?q=R%26D');
  serve(() => ({ status: 401, body: { code: 'not_signed_in' } }));
  expect(await authProvider.check()).toEqual({
    authenticated: false,
    logout: true,
    redirectTo: '/sign-in?to=%2Ft%2Facme%2Fmembers%3Fq%3DR%2526D',
  });
});

it('throws nobody out because the server is down for a moment', async () => {
  serve(() => ({ status: 503, body: { code: 'unavailable' } }));
  expect(await authProvider.check()).toEqual({ authenticated: true });
});

it('forgets the person and tells everyone who remembers something of them', async () => {
  serve(({ url }) => ({ body: url.pathname === '/api/me' ? aMe() : {} }));
  await authProvider.check();
  expect(currentMe()?.user.id).toBe('ada');
  let told = 0;
  whenSignedOut(() => {
    told += 1;
  });
  history.replaceState(null, '', '/t/acme/members');
  expect(await authProvider.logout()).toEqual({ success: true });
  expect(currentMe()).toBeUndefined();
  expect(told).toBe(1);
  expect(location.pathname + location.search).toBe('/sign-in');
});

it('forgets the person when the server ends the session, but not for a mere refusal', async () => {
  serve(() => ({ body: aMe() }));
  await authProvider.check();
  await authProvider.onError(new ApiError({ status: 403, code: 'permission_denied' }));
  expect(currentMe()?.user.id).toBe('ada');
  await authProvider.onError(new ApiError({ status: 401, code: 'not_signed_in' }));
  expect(currentMe()).toBeUndefined();
});

it('does not claim a sign-out the server never made', async () => {
  serve(() => ({ status: 500, body: { code: 'internal_error' } }));
  expect((await authProvider.logout()).success).toBe(false);
});
