import { isDeepStrictEqual } from 'node:util';
import { PrismaPg } from '@prisma/adapter-pg';
import { PrismaClient } from '@rolecall/prisma/client';
import { loginUrl } from '@rolecall/prisma/logins';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ClerkInstance } from '../clerk-stub/state/instance.ts';
import { createWebhookSender } from '../clerk-stub/webhooks/sender.ts';
import { CLERK_SETTINGS } from '../testing/fixtures/clerk-webhooks.ts';
import type { DatabaseCopy } from '../testing/fixtures/database-copy.ts';
import { type Harness, startHarness } from '../testing/fixtures/harness.ts';
import { ownDatabase } from '../testing/fixtures/own-database.ts';
import { waitUntilProcessed } from '../testing/fixtures/processed-events.ts';
import { knob } from '../testing/knobs.ts';
import { copyOf, directoryOf, truthOf } from '../testing/oracles/provider-parity.ts';
import {
  createProvider,
  type History,
  histories,
  PREFIX_LENGTH,
  type Provider,
  replay,
} from '../testing/property/delivery-histories.ts';
import { reconcileOnce } from './reconcile/runner.ts';

const HISTORIES = knob('TEST_HISTORIES');
const CONCURRENCY = 4;
const MAX_ACTIONS = 24;
const LOSSY_HISTORIES = knob('TEST_LOSSY_HISTORIES');
const TROUBLE = { duplicate: 0.3, delay: 0.2, delayUpToMs: 5, reorder: 0.6, forge: 0.1 };

let database: DatabaseCopy;
let apps: Harness[];
/** Waits for a connection as long as it takes, where the apps give up after 2 s. */
let db: PrismaClient;
const providers = new Map<string, ClerkInstance>();

beforeAll(async () => {
  database = await ownDatabase();
  db = new PrismaClient({ adapter: new PrismaPg({ connectionString: loginUrl(database.ownerUrl, 'sync'), max: 4 }) });
  const settings = { ...CLERK_SETTINGS, DATABASE_URL: database.ownerUrl };
  apps = await Promise.all([startHarness(settings), startHarness(settings)]);
  const instanceOf = (id: string) => {
    const prefix = id.slice(id.indexOf('_') + 1, id.indexOf('_') + 1 + PREFIX_LENGTH);
    const instance = providers.get(prefix);
    if (!instance) throw new Error(`unknown id ${id}`);
    return instance;
  };
  const directory = directoryOf(instanceOf, () => [...providers.values()]);
  for (const { services } of apps) Object.assign(services.identity, { directory });
});
afterAll(async () => {
  await Promise.all([...apps.map((app) => app.close()), db.$disconnect()]);
  await database.stop();
});

/** Delivers the provider's events to both instances in turns, with every kind of delivery error. */
async function deliver(provider: Provider, history: History, lose = 0): Promise<void> {
  let turn = 0;
  const sender = createWebhookSender({
    instance: provider.instance,
    secret: CLERK_SETTINGS.CLERK_WEBHOOK_SIGNING_SECRET,
    to: (body, headers) => (apps[turn++ % 2] as Harness).anonymous('POST', '/api/webhooks/clerk', body, headers),
    chaos: { ...TROUBLE, lose },
    seed: String(history.seed),
    retryFactor: 0.001,
    concurrency: 6,
  });
  await replay(provider, history);
  await sender.idle();
  await sender.close();
  expect(sender.counts.forgedAccepted).toBe(0);
  const events = { id: { startsWith: `msg_${provider.prefix}` } };
  await waitUntilProcessed(db, events, () => Promise.all(apps.map(({ services }) => services.inbox.sweep())));
}

/** Runs a history at a provider of its own, until every event was delivered or lost. */
async function runHistory(history: History, lose = 0): Promise<Provider> {
  const provider = createProvider(history.announcesCascades);
  providers.set(provider.prefix, provider.instance);
  await deliver(provider, history, lose);
  return provider;
}

const agrees = fc.asyncProperty(histories(MAX_ACTIONS), async (history) => {
  const { prefix, instance } = await runHistory(history);
  expect(await copyOf(db, prefix)).toEqual(truthOf(instance));
  const open = { id: { startsWith: `msg_${prefix}` }, status: { notIn: ['applied', 'ignored'] } };
  expect(await db.webhookEvent.findMany({ where: open })).toEqual([]);
});

it(
  `${HISTORIES} histories with duplicate, late and forged events end in the provider's state`,
  async () => {
    const numRuns = Math.ceil(HISTORIES / CONCURRENCY);
    await Promise.all(Array.from({ length: CONCURRENCY }, () => fc.assert(agrees, { numRuns, endOnFailure: false })));
  },
  120_000 + HISTORIES * 4_000,
);

async function reconcile(): Promise<void> {
  const run = await reconcileOnce((apps[0] as Harness).services, {});
  expect(run.status).toBe('done');
}
/** Our copy and the provider's state, without invitations, which are not reconciled. */
async function compared({ prefix, instance }: Provider) {
  const [{ invitations: _, ...copy }, { invitations: __, ...truth }] = [await copyOf(db, prefix), truthOf(instance)];
  return { copy, truth };
}
const LOSS = 0.05;
const SHRINKING = { numRuns: 1, interruptAfterTimeLimit: 60_000, markInterruptAsFailure: true };
const agreesOnceReconciled = fc.asyncProperty(histories(MAX_ACTIONS), async (history) => {
  const provider = await runHistory(history, LOSS);
  await reconcile();
  const { copy, truth } = await compared(provider);
  expect(copy).toEqual(truth);
});

it(
  `${LOSSY_HISTORIES} histories with 5 % lost events agree after one reconciliation`,
  async () => {
    const generated = fc.sample(histories(MAX_ACTIONS), LOSSY_HISTORIES);
    const lived: Provider[] = [];
    for (let start = 0; start < generated.length; start += CONCURRENCY) {
      const some = generated.slice(start, start + CONCURRENCY);
      lived.push(...(await Promise.all(some.map((history) => runHistory(history, LOSS)))));
    }
    await reconcile();
    const failing: { history: History; copy: object; truth: object }[] = [];
    for (const [index, history] of generated.entries()) {
      const { copy, truth } = await compared(lived[index] as Provider);
      if (!isDeepStrictEqual(copy, truth)) failing.push({ history, copy, truth });
    }
    for (const one of failing) process.stdout.write(`    disagrees: ${JSON.stringify(one)}\n`);
    // Shrinks a failing history.
    const examples = failing.map(({ history }): [History] => [history]);
    if (failing.length > 0) await fc.assert(agreesOnceReconciled, { examples, ...SHRINKING });
    expect(failing).toEqual([]);
  },
  120_000 + LOSSY_HISTORIES * 8_000,
);
