import { createServer, request as httpRequest } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createApp } from '../../app.ts';
import { CLERK_SETTINGS, clerkUser, signed } from '../../testing/fixtures/clerk-webhooks.ts';
import { type Harness, startHarness } from '../../testing/fixtures/harness.ts';
import { createHeldBodies } from './held-bodies.ts';

const HELD = 112;
/** Of each body; together they fill 64 MB. */
const SENT = 571_428;
const server = createServer();
let harness: Harness;
let port: number;
beforeAll(async () => {
  harness = await startHarness(CLERK_SETTINGS);
  server.on('request', getRequestListener(createApp(harness.services).fetch));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  port = (server.address() as AddressInfo).port;
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await harness.close();
});

interface Answer {
  status: number;
  body: string;
}

/** Sends a part of an announced body, and returns the answer if one comes. */
function holdBody(headers: Record<string, string>, { announced = 999_000, sent = SENT } = {}) {
  const call = httpRequest({
    port,
    method: 'POST',
    path: '/api/webhooks/clerk',
    agent: false,
    headers: { ...headers, 'content-length': announced },
  });
  const answer = new Promise<Answer | null>((resolve) => {
    call.on('response', (response) => {
      let body = '';
      response.on('data', (chunk) => {
        body += chunk;
      });
      response.on('close', () => resolve({ status: response.statusCode ?? 0, body }));
    });
    call.on('error', () => resolve(null));
  });
  call.write('x'.repeat(sent));
  return { answer, end: () => call.destroy() };
}

async function deliverSigned(): Promise<number> {
  const body = JSON.stringify({ object: 'event', type: 'user.created', timestamp: 1_716_883_200, data: clerkUser() });
  const answer = await fetch(`http://127.0.0.1:${port}/api/webhooks/clerk`, {
    method: 'POST',
    body,
    headers: signed(body),
  });
  return answer.status;
}

describe(`${HELD} unfinished bodies`, () => {
  it.each([
    ['without a signature', {}],
    ['with an old timestamp', signed('', { at: new Date(Date.now() - 600_000) })],
    ['with a malformed signature', { ...signed(''), 'svix-signature': 'v1,x' }],
  ])('%s are refused before they are read', async (_, headers) => {
    const held = Array.from({ length: HELD }, () => holdBody(headers));
    expect(await deliverSigned()).toBe(200);
    const answers = await Promise.all(held.map(({ answer }) => answer));
    expect(new Set(answers.map((answer) => answer?.status))).toEqual(new Set([400]));
  });

  it('that look signed do not keep signed messages out', async () => {
    const sockets = new Set<Socket>();
    server.on('connection', (socket) => sockets.add(socket));
    const held = Array.from({ length: HELD }, () => holdBody(signed('another body')));
    const arrived = () => [...sockets].reduce((sum, { bytesRead }) => sum + bytesRead, 0);
    await vi.waitFor(() => expect(arrived()).toBeGreaterThan(HELD * SENT), { timeout: 8_000 });
    const statuses = [];
    for (let count = 0; count < 20; count++) statuses.push(await deliverSigned());
    expect(statuses).toEqual(Array(20).fill(200));
    for (const { end } of held) end();
  });
});

describe('held body', () => {
  it('ends ten seconds after it began', () => {
    vi.useFakeTimers();
    const body = createHeldBodies().hold('192.0.2.1');
    vi.advanceTimersByTime(9_999);
    expect(body.signal.aborted).toBe(false);
    vi.advanceTimersByTime(1);
    expect(body.signal.reason).toMatchObject({ code: 'request_timeout' });
    vi.useRealTimers();
  });

  it('does not end when it has arrived', () => {
    vi.useFakeTimers();
    const body = createHeldBodies().hold('192.0.2.1');
    body.finish();
    vi.advanceTimersByTime(20_000);
    expect(body.signal.aborted).toBe(false);
    vi.useRealTimers();
  });

  it('ends when its address holds too many bytes, those of others do not', () => {
    const { hold } = createHeldBodies();
    const [stranger, ...busy] = ['192.0.2.1', ...Array<string>(20).fill('192.0.2.2')].map(hold);
    for (const body of [stranger, ...busy]) body?.add(1_000_000);
    expect(busy.map(({ signal }) => signal.aborted)).toEqual([...Array(4).fill(true), ...Array(16).fill(false)]);
    expect(busy[0]?.signal.reason).toMatchObject({ code: 'rate_limited', details: { retryAfterSeconds: 5 } });
    expect(stranger?.signal.aborted).toBe(false);
  });

  it('ends when all addresses together hold too many bytes', () => {
    const { hold } = createHeldBodies();
    const bodies = Array.from({ length: 70 }, (_, index) => hold(`192.0.2.${index}`));
    for (const body of bodies) body.add(1_000_000);
    expect(bodies.filter(({ signal }) => signal.aborted)).toEqual(bodies.slice(0, 6));
  });

  it('ends when 200 others of its address are slow', () => {
    vi.useFakeTimers();
    const { hold } = createHeldBodies();
    const slow = Array.from({ length: 200 }, () => hold('192.0.2.1'));
    hold('192.0.2.1');
    expect(slow.some(({ signal }) => signal.aborted)).toBe(false);
    vi.advanceTimersByTime(1_500);
    hold('192.0.2.1');
    expect(slow.map(({ signal }) => signal.aborted)).toEqual([true, ...Array(199).fill(false)]);
    vi.useRealTimers();
  });
});
