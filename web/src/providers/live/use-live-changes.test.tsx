import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { act, render, screen } from '@testing-library/react';
import type { Me } from 'bff/contract';
import { Route, Routes } from 'react-router';
import { beforeEach, expect, it, vi } from 'vitest';
import { ConnectionBanner } from '../../layout/banners.tsx';
import { TenantGate } from '../../layout/gates/tenant-gate.tsx';
import { Notifications } from '../../layout/notification-list.tsx';
import { ACME, aMe } from '../../testing/builders.ts';
import { renderAt } from '../../testing/in-console.tsx';
import { serve } from '../../testing/server.ts';
import { clearMe, loadMe, useOptionalMe } from '../auth/session.ts';
import { dismissNotification } from '../notifications.ts';
import { useTenantScope } from '../tenant/tenant-scope.tsx';
import { useLiveChanges } from './use-live-changes.ts';

/** The requested streams, to which the tests write. */
class Stream {
  static opened: Stream[] = [];
  readonly url: string;
  readonly signal: AbortSignal | null | undefined;
  readonly answered: Promise<Response>;
  #answer: (response: Response) => void = () => {};
  constructor(url: string, signal: AbortSignal | null | undefined) {
    this.url = url;
    this.signal = signal;
    this.answered = new Promise((resolve) => {
      this.#answer = resolve;
    });
    Stream.opened.push(this);
  }
  emit = (version: string) => {
    const event = `event: me\ndata: ${JSON.stringify({ version })}\nid: ${version}\n\n`;
    const body = new ReadableStream({
      start: (lasting) => {
        lasting.enqueue(new TextEncoder().encode(event));
        this.signal?.addEventListener('abort', () => lasting.error(new Error('aborted')));
      },
    });
    this.#answer(new Response(body));
  };
  reject = () => this.#answer(new Response('{}', { status: 401 }));
}

let answer: { status?: number; body: unknown };
let asked: () => number;

beforeEach(async () => {
  clearMe();
  dismissNotification('rights');
  Stream.opened = [];
  answer = { body: aMe({ acme: ['members:read'] }) };
  const seen = serve(() => answer);
  const rest = fetch;
  vi.stubGlobal('fetch', (url: string, init?: RequestInit) =>
    url.startsWith('/api/events') ? new Stream(url, init?.signal).answered : rest(url, init),
  );
  asked = () => seen.filter(({ url }) => url.pathname === '/api/me').length;
  await loadMe();
});

function Page() {
  const scope = useTenantScope();
  return <p>{scope.can('members:invite') ? 'may invite' : 'may not invite'}</p>;
}
function Console() {
  useLiveChanges();
  return (
    <>
      <Routes>
        <Route path="/t/:slug" element={<TenantGate />}>
          <Route path="home" element={<Page />} />
        </Route>
      </Routes>
      <Notifications />
    </>
  );
}
function Watching() {
  useLiveChanges();
  return null;
}
function Entrance() {
  return useOptionalMe() ? <Watching /> : <p>signed out</p>;
}
const stream = () => Stream.opened.at(-1) as Stream;
const changed = (me: Partial<Me>): Me => ({
  ...aMe({ acme: ['members:read', 'members:invite'] }),
  ...me,
  version: '2',
});

it('applies changed permissions when the server announces them', async () => {
  renderAt('/t/acme/home', <Console />);
  expect(screen.getByText('may not invite')).toBeDefined();
  expect(stream().url).toBe('/api/events?version=1');
  answer = { body: changed({}) };
  act(() => void stream().emit('2'));
  expect(await screen.findByText('may invite')).toBeDefined();
  expect(screen.getByText('Your access has changed: Acme')).toBeDefined();
});

it('sends no request for a known version', async () => {
  renderAt('/t/acme/home', <Console />);
  act(() => void stream().emit('1'));
  await act(() => new Promise((resume) => setTimeout(resume, 20)));
  expect(asked()).toBe(1);
});

it('explains that the membership of the current tenant has ended', async () => {
  renderAt('/t/acme/home', <Console />);
  answer = { body: changed({ memberships: aMe().memberships.filter(({ tenantId }) => tenantId !== ACME) }) };
  act(() => void stream().emit('2'));
  expect(await screen.findByText('You are no longer a member of Acme')).toBeDefined();
});

it('asks the server when it rejects the stream, and tries again after 30 s', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  renderAt('/t/acme/home', <Console />);
  act(() => stream().reject());
  await vi.waitFor(() => expect(asked()).toBe(2));
  await act(() => vi.advanceTimersByTimeAsync(30_000));
  await vi.waitFor(() => expect(Stream.opened).toHaveLength(2));
  act(() => stream().reject());
  await vi.waitFor(() => expect(asked()).toBe(3));
  vi.useRealTimers();
});

it('tells within 14 s that the server fell silent', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  renderAt('/t/acme/home', <ConnectionBanner />);
  renderAt('/t/acme/home', <Console />);
  await act(async () => stream().emit('1'));
  await act(() => vi.advanceTimersByTimeAsync(10_000));
  expect(Stream.opened).toHaveLength(1);
  await act(() => vi.advanceTimersByTimeAsync(4_000));
  expect(Stream.opened).toHaveLength(2);
  expect(screen.getByText(/can’t be reached/)).toBeDefined();
  await act(async () => stream().emit('1'));
  await act(() => vi.advanceTimersByTimeAsync(0));
  expect(screen.queryByText(/can’t be reached/)).toBe(null);
  vi.useRealTimers();
});

it('ends the session when the server has ended it', async () => {
  render(
    <QueryClientProvider client={new QueryClient()}>
      <Entrance />
    </QueryClientProvider>,
  );
  answer = { status: 401, body: { code: 'not_signed_in' } };
  act(() => stream().reject());
  expect(await screen.findByText('signed out')).toBeDefined();
  expect(stream().signal?.aborted).toBe(true);
});
