import { act, fireEvent, render, screen } from '@testing-library/react';
import { beforeEach, expect, it, onTestFinished, vi } from 'vitest';
import App from './app.tsx';
import { accessControlProvider } from './providers/access/access-control-provider.ts';
import { authProvider } from './providers/auth/auth-provider.ts';
import { endSession, loadMe } from './providers/auth/session.ts';
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

const MEMBER = {
  ...{ id: '1', status: 'active', roles: [], createdAt: '2026-01-01T00:00:00Z', version: 1 },
  user: { id: 'u-1', name: 'Zoe Kim', email: null, imageUrl: null },
};

const serveAcme = () =>
  serve(({ url }) => {
    if (url.pathname === '/api/me') return { body: aMe({ acme: HELD }) };
    if (url.pathname === '/api/session-info') return { body: { identityProvider: 'local', hasDirectory: false } };
    // A stream that ends would have lists read again.
    if (url.pathname === '/api/events') return 'lost';
    return { body: { data: url.pathname.endsWith('/members') ? [MEMBER] : [], page, choices: [] } };
  });

beforeEach(() => endSession());

it('asks the providers of Refine on a walk of seven pages, with one request for the session', async () => {
  const seen = serveAcme();
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

it('asks once for a list, when its link is reached, and shows the rows of the last visit', async () => {
  const seen = serveAcme();
  const asked = () => seen.map(({ url }) => url.pathname.split(`${ACME}/`)[1]).filter(Boolean);
  const link = (name: string) => screen.findByRole('link', { name });
  history.replaceState(null, '', '/t/acme/invitations');
  await loadMe();
  render(<App />);
  await screen.findByRole('heading', { level: 1, name: 'Invitations' });
  expect(asked()).toEqual(['invitations']);

  fireEvent.focusIn(await link('Members'));
  await vi.waitFor(() => expect(asked()).toEqual(['invitations', 'members']));
  fireEvent.pointerOver(await link('Members'));
  fireEvent.click(await link('Members'));
  expect(await screen.findByText('Zoe Kim')).toBeDefined();
  fireEvent.click(await link('Invitations'));
  await screen.findByRole('heading', { level: 1, name: 'Invitations' });
  fireEvent.click(await link('Members'));
  expect(screen.getByText('Zoe Kim')).toBeDefined();
  expect(asked()).toEqual(['invitations', 'members']);

  vi.stubGlobal('navigator', Object.assign(Object.create(navigator), { connection: { saveData: true } }));
  onTestFinished(() => void vi.unstubAllGlobals());
  fireEvent.focusIn(await link('Audit log'));
  await new Promise((resume) => setTimeout(resume, 150));
  expect(asked()).toEqual(['invitations', 'members']);
});
