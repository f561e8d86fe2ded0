import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ClerkInstance } from '../clerk-stub/instance.ts';
import { createWebhookSender } from '../clerk-stub/webhook-sender.ts';
import { copyOf, directoryOf, truthOf } from '../testing/agreement.ts';
import { CLERK_SETTINGS } from '../testing/clerk-webhooks.ts';
import { type Harness, startHarness } from '../testing/harness.ts';
import { type History, histories, live, newProvider, PREFIX_LENGTH, type Provider } from '../testing/histories.ts';
import { ownDatabase } from '../testing/own-database.ts';
import { reconcileOnce } from './reconcile.ts';

const HISTORIES = Number(process.env.HISTORIES ?? 80);
const AT_ONCE = 4;
const MAX_DEEDS = 24;
const LOSSY_HISTORIES = Number(process.env.LOSSY_HISTORIES ?? 20);
const TROUBLE = { duplicate: 0.3, delay: 0.2, delayUpToMs: 5, reorder: 0.6, forge: 0.1 };

let database: Awaited<ReturnType<typeof ownDatabase>>;
let apps: Harness[];
const providers = new Map<string, ClerkInstance>();
let whole: Provider | undefined;

beforeAll(async () => {
  database = await ownDatabase();
  const settings = { ...CLERK_SETTINGS, DATABASE_URL: database.ownerUrl };
  apps = await Promise.all([startHarness(settings), startHarness(settings)]);
  const directory = directoryOf((id) => {
    const prefix = id.slice(id.indexOf('_') + 1, id.indexOf('_') + 1 + PREFIX_LENGTH);
    const instance = providers.get(prefix) ?? whole?.instance;
    if (!instance) throw new Error(`nobody knows ${id}`);
    return instance;
  });
  for (const { services } of apps) Object.assign(services.identity, { directory });
});
afterAll(async () => {
  await Promise.all(apps.map((app) => app.close()));
  await database.stop();
});

/** Both instances of the product get the provider's messages, in turns and with all the trouble there can be on the way. */
async function happens(provider: Provider, history: History, lose = 0): Promise<void> {
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
  await live(provider, history);
  await sender.idle();
  await sender.close();
  expect(sender.counts.forgedAccepted).toBe(0);
  await Promise.all(apps.map(({ services }) => services.inbox.idle()));
}

const db = () => (apps[0] as Harness).services.db.sync;

const agrees = fc.asyncProperty(histories(MAX_DEEDS), async (history) => {
  const provider = newProvider(history.announcesCascades);
  providers.set(provider.prefix, provider.instance);
  try {
    await happens(provider, history);
    expect(await copyOf(db(), provider.prefix)).toEqual(truthOf(provider.instance));
    const open = { id: { startsWith: `msg_${provider.prefix}` }, status: { notIn: ['applied', 'ignored'] } };
    expect(await db().webhookEvent.findMany({ where: open })).toEqual([]);
  } finally {
    providers.delete(provider.prefix);
  }
});

it(
  `${HISTORIES} histories, doubled, delayed, forged and in any order, over two instances, end as the provider has them`,
  async () => {
    const numRuns = Math.ceil(HISTORIES / AT_ONCE);
    await Promise.all(Array.from({ length: AT_ONCE }, () => fc.assert(agrees, { numRuns, endOnFailure: false })));
  },
  60_000 + HISTORIES * 1_000,
);

it(
  `${LOSSY_HISTORIES} histories of which a twentieth of the messages is lost agree after exactly one reconciliation`,
  async () => {
    const provider = newProvider(true);
    whole = provider;
    for (const history of fc.sample(histories(MAX_DEEDS), LOSSY_HISTORIES)) await happens(provider, history, 0.05);
    const { invitations: _, ...truth } = truthOf(provider.instance);
    const run = await reconcileOnce((apps[0] as Harness).services, {});
    expect(run.status).toBe('done');
    expect(await copyOf(db(), provider.prefix)).toMatchObject(truth);
  },
  60_000 + LOSSY_HISTORIES * 2_000,
);
