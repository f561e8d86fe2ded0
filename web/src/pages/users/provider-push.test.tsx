import { screen } from '@testing-library/react';
import type { IdentityPush } from 'bff/contract';
import { beforeEach, expect, it } from 'vitest';
import { clearMe, loadMe } from '../../providers/auth/session.ts';
import { aMe } from '../../testing/builders.ts';
import { renderAt } from '../../testing/in-console.tsx';
import { serve } from '../../testing/server.ts';
import { ProviderPush } from './provider-push.tsx';

const push = (what: Partial<IdentityPush>) => ({ id: 'p', objectType: 'user', status: 'done', attempts: 0, ...what });

async function show(pushes: object[]) {
  const seen = serve(({ url }) => {
    if (url.pathname === '/api/me') return { body: aMe({ platform: ['users:read', 'sync:read'] }) };
    if (url.pathname === '/api/session-info') return { body: { identityProvider: 'clerk', hasDirectory: true } };
    return { body: { data: pushes, page: { nextCursor: null, prevCursor: null, total: 1 } } };
  });
  await loadMe();
  renderAt('/platform/users/marco', <ProviderPush userId="marco" />);
  return seen;
}
const ago = new Date(Date.now() - 3_700_000).toISOString();
const soon = new Date(Date.now() + 130_000).toISOString();

beforeEach(clearMe);

it.each([
  [push({ status: 'pending' }), 'Sending to the identity provider'],
  [
    push({ status: 'pending', attempts: 2, nextAttemptAt: soon }),
    /Delivery failed after 2 attempts; next attempt in 2 min/,
  ],
  [push({ status: 'done', pushedAt: ago }), 'Sent to the identity provider 1 hour ago'],
])('shows the state of %j', async (one, text) => {
  const seen = await show([push({ objectType: 'membership', status: 'dead', attempts: 9 }), one]);
  const status = await screen.findByText((_, element) => element?.className.startsWith('status ') ?? false);
  expect(status.textContent).toMatch(text);
  expect(seen.at(-1)?.url.searchParams.get('userId')).toBe('marco');
});

it('links to the outbox to retry', async () => {
  await show([push({ status: 'dead', attempts: 12 })]);
  expect((await screen.findByRole('link', { name: 'Retry' })).getAttribute('href')).toBe('/platform/sync/outbox');
  expect(screen.getByText(/Delivery to the identity provider failed after 12 attempts/)).toBeDefined();
});
