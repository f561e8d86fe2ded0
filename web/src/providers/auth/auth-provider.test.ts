import { beforeEach, expect, it } from 'vitest';
import { ApiError } from '../../core/api.ts';
import { recentRecords, rememberRecord } from '../../core/recent.ts';
import { ACME, aMe } from '../../testing/builders.ts';
import { serve } from '../../testing/server.ts';
import { authProvider } from './auth-provider.ts';
import { clearMe, currentMe, whenSignedOut } from './session.ts';
import { submitCredentials } from './sign-in.ts';

beforeEach(() => {
  clearMe();
  history.replaceState(null, '', '/');
});

it('signs in and redirects to the requested page', async () => {
  const seen = serve(() => ({ body: {} }));
  const result = await submitCredentials('in', { email: 'ada@acme.test', password: 'secret', to: '/t/acme/roles' });
  expect(result).toMatchObject({ success: true, redirectTo: '/t/acme/roles' });
  expect(seen[0]?.url.pathname).toBe('/api/auth/sign-in/email');
  expect(seen[0]?.body).toEqual({ email: 'ada@acme.test', password: 'secret' });
});

it('rejects a redirect to another origin after signing in', async () => {
  serve(() => ({ body: {} }));
  const result = await submitCredentials('in', { email: 'a@b.c', password: 'x', to: '//evil.test' });
  expect(result.redirectTo).toBe('/');
});

it('shows why signing in failed', async () => {
  serve(() => ({ status: 401, body: { code: 'INVALID_EMAIL_OR_PASSWORD' } }));
  const result = await submitCredentials('in', { email: 'a@b.c', password: 'x' });
  expect(result.success).toBe(false);
  expect(result.error?.message).toBe('Incorrect e-mail address or password.');
});

it('loads the session once for concurrent checks', async () => {
  const seen = serve(() => ({ body: aMe() }));
  await Promise.all([authProvider.check(), authProvider.check(), authProvider.getIdentity()]);
  await authProvider.check();
  expect(seen).toHaveLength(1);
});

it('redirects to sign-in and keeps the current path', async () => {
  history.replaceState(null, '', '/t/acme/members?q=R%26D');
  serve(() => ({ status: 401, body: { code: 'not_signed_in' } }));
  expect(await authProvider.check()).toEqual({
    authenticated: false,
    logout: true,
    redirectTo: '/sign-in?to=%2Ft%2Facme%2Fmembers%3Fq%3DR%2526D',
  });
});

it('keeps the session on a server error', async () => {
  serve(() => ({ status: 503, body: { code: 'unavailable' } }));
  expect(await authProvider.check()).toEqual({ authenticated: true });
});

it('clears the session and notifies its listeners on sign-out', async () => {
  serve(({ url }) => ({ body: url.pathname === '/api/me' ? aMe() : {} }));
  await authProvider.check();
  expect(currentMe()?.user.id).toBe('ada');
  let notified = 0;
  whenSignedOut(() => {
    notified += 1;
  });
  const record = {
    to: '/t/acme/members/m1',
    label: 'Marco Lindt',
    page: 'members',
    tenant: { id: ACME, name: 'Acme' },
  };
  rememberRecord('ada', record);
  history.replaceState(null, '', '/t/acme/members');
  expect(await authProvider.logout()).toEqual({ success: true });
  expect(currentMe()).toBeUndefined();
  expect(notified).toBe(1);
  expect(recentRecords('ada')).toEqual([]);
  expect(location.pathname + location.search).toBe('/sign-in');
});

it('clears the session on 401, not on 403', async () => {
  serve(() => ({ body: aMe() }));
  await authProvider.check();
  await authProvider.onError(new ApiError({ status: 403, code: 'permission_denied' }));
  expect(currentMe()?.user.id).toBe('ada');
  await authProvider.onError(new ApiError({ status: 401, code: 'not_signed_in' }));
  expect(currentMe()).toBeUndefined();
});

it('reports a failed sign-out', async () => {
  serve(() => ({ status: 500, body: { code: 'internal_error' } }));
  expect((await authProvider.logout()).success).toBe(false);
});
