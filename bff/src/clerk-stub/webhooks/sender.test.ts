import { randomBytes } from 'node:crypto';
import { verifyWebhook } from '@clerk/backend/webhooks';
import { expect, it } from 'vitest';
import { type ClerkInstance, createClerkInstance } from '../state/instance.ts';
import { createWebhookSender, type SenderOptions } from './sender.ts';

const secret = `whsec_${randomBytes(24).toString('base64')}`;

/** An endpoint that verifies with Clerk's own code and records the ids it accepted. */
function endpoint({ failures = 0 } = {}) {
  const received: string[] = [];
  const seen: string[] = [];
  let failuresLeft = failures;
  return {
    received,
    seen,
    to: async (body: string, headers: Record<string, string>) => {
      const request = new Request('http://127.0.0.1/', { method: 'POST', body, headers });
      const event = await verifyWebhook(request, { signingSecret: secret }).catch(() => null);
      if (!event) return { status: 400 };
      seen.push(headers['svix-id'] ?? '');
      if (failuresLeft-- > 0) return { status: 500 };
      received.push(event.data.id ?? '');
      return { status: 200 };
    },
  };
}

function start(instance: ClerkInstance, to: SenderOptions['to'], more: Partial<SenderOptions> = {}) {
  return createWebhookSender({ instance, secret, to, seed: 'sender', retryFactor: 1e-7, ...more });
}

const createUsers = (instance: ClerkInstance, count: number) =>
  Array.from({ length: count }, (_, n) => instance.createUser({ email: `person-${n}@example.test` }).id);

it('delivers each event once and in order without problems', async () => {
  const instance = createClerkInstance();
  const { to, received } = endpoint();
  const sender = start(instance, to, { concurrency: 1 });
  const created = createUsers(instance, 20);
  await sender.idle();
  expect(received).toEqual(created);
  expect(sender.counts).toMatchObject({ emitted: 20, attempts: 20, delivered: 20, failed: 0 });
});

it('retries under the same message id and fails after the eighth attempt', async () => {
  const instance = createClerkInstance();
  const { to, received, seen } = endpoint({ failures: 3 });
  const sender = start(instance, to);
  const created = createUsers(instance, 1);
  await sender.idle();
  expect(received).toEqual(created);
  expect([seen.length, new Set(seen).size]).toEqual([4, 1]);

  const failing = start(instance, async () => ({ status: 302 }));
  createUsers(createClerkInstance(), 1);
  instance.banUser(created[0] ?? '');
  await failing.idle();
  expect(failing.counts).toMatchObject({ attempts: 8, failed: 8, exhausted: 1 });
});

it('stops retrying when the endpoint aborts the message', async () => {
  const instance = createClerkInstance();
  const abort = new Headers({ 'webhook-delivery': 'abort-message' });
  const sender = start(instance, async () => ({ status: 500, headers: abort }));
  createUsers(instance, 1);
  await sender.idle();
  expect(sender.counts).toMatchObject({ attempts: 1, exhausted: 1 });
});

it('loses, duplicates, reorders and forges as configured', async () => {
  const instance = createClerkInstance();
  const { to, received } = endpoint();
  const sender = start(instance, to, {
    concurrency: 1,
    chaos: { lose: 0.2, duplicate: 0.3, delay: 0.3, delayUpToMs: 5, reorder: 1, forge: 0.5 },
  });
  const created = createUsers(instance, 200);
  await sender.idle();
  const { counts } = sender;
  expect(counts.lost).toBeGreaterThan(20);
  expect(new Set(received).size).toBe(200 - counts.lost);
  expect(received.length).toBeGreaterThan(200 - counts.lost + 20);
  expect([...new Set(received)]).not.toEqual(created.filter((id) => received.includes(id)));
  expect(counts.forged).toBeGreaterThan(50);
  expect(counts.forgedAccepted).toBe(0);
});

it('sends nothing while paused or after close', async () => {
  const instance = createClerkInstance();
  const { to, received } = endpoint();
  const sender = start(instance, to, { isPaused: true });
  createUsers(instance, 5);
  await sender.idle();
  expect(received).toHaveLength(0);
  sender.resume();
  await sender.idle();
  expect(received).toHaveLength(5);
  await sender.close();
  createUsers(createClerkInstance(), 1);
  instance.createUser();
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(received).toHaveLength(5);
});
