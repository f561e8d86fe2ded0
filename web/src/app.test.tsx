import { act, render, screen } from '@testing-library/react';
import { beforeEach, expect, it, onTestFinished, vi } from 'vitest';
import App from './app.tsx';
import { accessControlProvider } from './providers/access/access-control-provider.ts';
import { authProvider } from './providers/auth/auth-provider.ts';
import { clearMe, loadMe } from './providers/auth/session.ts';
import { ACME, aMe } from './testing/builders.ts';
import { serve } from './testing/server.ts';

const HELD = ['members:read', 'members:invite', 'invitations:read', 'roles:read', 'audit:read', 'access:explain'];
const page = { total: 0, totalIsExact: true, nextCursor: null, prevCursor: null };
/** One page per kind of check: lists, a page for all members, one without the permission, one that does not exist. */
const WALK: [path: string, heading: string][] = [
  ['home', 'Acme'],
  ['members', 'Members'],
  ['invitations', 'Invitations'],
  ['roles', 'Roles'],
  ['roles/matrix', 'Permission matrix'],
  ['api-keys', 'You don’t have access to this page'],
  ['nothing-here', 'Not found'],
];

beforeEach(() => clearMe());

it('asks the providers of Refine on a walk of seven pages, with one request for the session', async () => {
  const seen = serve(({ url }) => {
    if (url.pathname === '/api/me') return { body: aMe({ acme: HELD }) };
    if (url.pathname === '/api/session-info') return { body: { identityProvider: 'local', hasDirectory: false } };
    return { body: { data: [], page, choices: [] } };
  });
  const asked = [
    vi.spyOn(accessControlProvider, 'can'),
    vi.spyOn(authProvider, 'check'),
    vi.spyOn(authProvider, 'getIdentity'),
  ];
  // A walk longer than the poll of 30 s would ask for the session again.
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  onTestFinished(() => void vi.useRealTimers());
  history.replaceState(null, '', '/t/acme/home');
  await loadMe();
  render(<App />);
  for (const [path, heading] of WALK) {
    history.pushState(null, '', `/t/acme/${path}`);
    act(() => void dispatchEvent(new PopStateEvent('popstate')));
    expect(await screen.findByRole('heading', { level: 1, name: heading })).toBeDefined();
  }
  for (const method of asked) expect(method).toHaveBeenCalled();
  expect(seen.filter(({ url }) => url.pathname === '/api/me')).toHaveLength(1);
  expect(seen.filter(({ url }) => url.pathname.includes(ACME) && url.pathname.endsWith('/api-keys'))).toEqual([]);
});
