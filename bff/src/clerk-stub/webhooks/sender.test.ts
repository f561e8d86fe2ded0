import { randomBytes } from 'node:crypto';
import { verifyWebhook } from '@clerk/backend/webhooks';
import { expect, it } from 'vitest';
import { type ClerkInstance, createClerkInstance } from '../state/instance.ts';
import { createWebhookSender, type SenderOptions } from './sender.ts';

const secret = `whsec_${randomBytes(24).toString('base64')}`;

/** An endpoint that verifies by Clerk's own code and keeps the ids of what it took. */
function endpoint({ failures = 0 } = {}) {
  const taken: string[] = [];
  const seen: string[] = [];
  let left = failures;
  return {
    taken,
    seen,
    to: async (body: string, headers: Record<string, string>) => {
      const request = new Request('http://127.0.0.1/', { method: 'POST', body, headers });
      const event = await verifyWebhook(request, { signingSecret: secret }).catch(() => null);
      if (!event) return { status: 400 };
      seen.push(headers['svix-id'] ?? '');
      if (left-- > 0) return { status: 500 };
      taken.push(event.data.id ?? '');
      return { status: 200 };
    },
  };
}

function start(instance: ClerkInstance, to: SenderOptions['to'], more: Partial<SenderOptions> = {}) {
  return createWebhookSender({ instance, secret, to, seed: 'sender', retryFactor: 1e-7, ...more });
}

const people = (instance: ClerkInstance, count: number) =>
  Array.from({ length: count }, (_, n) => instance.createUser({ email: `person-${n}@example.test` }).id);

it('delivers each event once and in order where nothing goes wrong', async () => {
  const instance = createClerkInstance();
  const { to, taken } = endpoint();
  const sender = start(instance, to, { concurrency: 1 });
  const made = people(instance, 20);
  await sender.idle();
  expect(taken).toEqual(made);
  expect(sender.counts).toMatchObject({ emitted: 20, attempts: 20, delivered: 20, failed: 0 });
});

it('tries again under the same message id, and gives up after the eighth attempt', async () => {
  const instance = createClerkInstance();
  const { to, taken, seen } = endpoint({ failures: 3 });
  const sender = start(instance, to);
  const made = people(instance, 1);
  await sender.idle();
  expect(taken).toEqual(made);
  expect([seen.length, new Set(seen).size]).toEqual([4, 1]);

  const hopeless = start(instance, async () => ({ status: 302 }));
  people(createClerkInstance(), 1);
  instance.banUser(made[0] ?? '');
  await hopeless.idle();
  expect(hopeless.counts).toMatchObject({ attempts: 8, failed: 8, exhausted: 1 });
});

it('stops at once when it is told to', async () => {
  const instance = createClerkInstance();
  const abort = new Headers({ 'webhook-delivery': 'abort-message' });
  const sender = start(instance, async () => ({ status: 500, headers: abort }));
  people(instance, 1);
  await sender.idle();
  expect(sender.counts).toMatchObject({ attempts: 1, exhausted: 1 });
});

it('loses, doubles, reorders and forges as much as it is asked to', async () => {
  const instance = createClerkInstance();
  const { to, taken } = endpoint();
  const sender = start(instance, to, {
    concurrency: 1,
    chaos: { lose: 0.2, duplicate: 0.3, delay: 0.3, delayUpToMs: 5, reorder: 1, forge: 0.5 },
  });
  const made = people(instance, 200);
  await sender.idle();
  const { counts } = sender;
  expect(counts.lost).toBeGreaterThan(20);
  expect(new Set(taken).size).toBe(200 - counts.lost);
  expect(taken.length).toBeGreaterThan(200 - counts.lost + 20);
  expect([...new Set(taken)]).not.toEqual(made.filter((id) => taken.includes(id)));
  expect(counts.forged).toBeGreaterThan(50);
  expect(counts.forgedAccepted).toBe(0);
});

it('holds everything back while it is paused, and sends nothing once it is closed', async () => {
  const instance = createClerkInstance();
  const { to, taken } = endpoint();
  const sender = start(instance, to, { isPaused: true });
  people(instance, 5);
  await sender.idle();
  expect(taken).toHaveLength(0);
  sender.resume();
  await sender.idle();
  expect(taken).toHaveLength(5);
  await sender.close();
  people(createClerkInstance(), 1);
  instance.createUser();
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(taken).toHaveLength(5);
});
