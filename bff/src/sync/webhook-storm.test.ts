import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { PrismaPg } from '@prisma/adapter-pg';
import { PrismaClient } from '@rolecall/prisma/client';
import { loginUrl } from '@rolecall/prisma/logins';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Deliver, postTo } from '../clerk-stub/webhooks/delivery.ts';
import { createWebhookSender } from '../clerk-stub/webhooks/sender.ts';
import { CLERK_SETTINGS } from '../testing/fixtures/clerk-webhooks.ts';
import type { DatabaseCopy } from '../testing/fixtures/database-copy.ts';
import { ownDatabase } from '../testing/fixtures/own-database.ts';
import { waitUntilProcessed } from '../testing/fixtures/processed-events.ts';
import { type ServerProcess, startServerProcess } from '../testing/fixtures/server-process.ts';
import { knob } from '../testing/knobs.ts';
import { copyOf, truthOf } from '../testing/oracles/provider-parity.ts';
import { createProvider, type Provider } from '../testing/property/delivery-histories.ts';

const KILLS = knob('TEST_KILLS');
const PER_SECOND = 150;
const TICK_MS = 20;
/** A start takes 3 s, and a minute on a busy machine; what arrives in that time is retried for as long again and then processed. */
const LIMIT_MS = 120_000 + KILLS * 240_000;

let database: DatabaseCopy;
let dataDir: string;
let server: ServerProcess;
let db: PrismaClient;
beforeAll(async () => {
  [database, dataDir] = await Promise.all([ownDatabase(), mkdtemp(join(tmpdir(), 'rolecall-storm-'))]);
  db = new PrismaClient({ adapter: new PrismaPg({ connectionString: loginUrl(database.ownerUrl, 'sync') }) });
  server = await start();
});
afterAll(async () => {
  await server.kill('SIGKILL');
  await db.$disconnect();
  await database.stop();
  await rm(dataDir, { recursive: true, force: true });
});

const secret = `whsec_${randomBytes(24).toString('base64')}`;
const start = () =>
  startServerProcess({
    ...CLERK_SETTINGS,
    CLERK_WEBHOOK_SIGNING_SECRET: secret,
    DATABASE_URL: database.ownerUrl,
    DATA_DIR: dataDir,
    LOG_LEVEL: 'silent',
  });

/** Makes one change: a join, rename, role change or removal, each with new values. */
function oneChange({ instance, clock }: Provider, turn: number): void {
  clock.now += 1;
  const users = [...instance.state.users.values()];
  const user = users[turn % Math.max(1, users.length)];
  const [organization] = instance.state.organizations.values();
  if (turn % 3 === 0 || !user)
    return void instance.createUser({ email: `p${turn}@example.test`, lastName: `Storm ${turn}` });
  if (!organization) return void instance.createOrganization({ name: 'Storm', createdBy: user.id });
  const belongs = [...instance.state.memberships.values()].find(({ userId }) => userId === user.id);
  if (turn % 3 === 1) instance.updateUser(user.id, { firstName: `Name ${turn}` });
  else if (!belongs) instance.addMembership(organization.id, user.id);
  else if (turn % 4 === 0) instance.removeMembership(organization.id, user.id);
  else instance.setMembershipRole(organization.id, user.id, belongs.role === 'org:admin' ? 'org:member' : 'org:admin');
}

it(
  `${KILLS} kills during ${PER_SECOND} events/s lose no acknowledged event and apply none twice`,
  async () => {
    const provider = createProvider(true);
    const acknowledged = new Set<string>();
    const deliver: Deliver = async (body, headers) => {
      const answer = await postTo(`${server.url}/api/webhooks/clerk`)(body, headers);
      if (answer.status === 200) acknowledged.add(headers['svix-id'] ?? '');
      return answer;
    };
    // Failed deliveries are retried soon, then after 1 s, 5 s and 20 s instead of 5 s, 5 min, 30 min and 2 h.
    const chaos = { duplicate: 0.1, delay: 0.1, delayUpToMs: 200, reorder: 0.2 };
    const sender = createWebhookSender({
      ...provider,
      secret,
      to: deliver,
      chaos,
      retryFactor: 0.003,
      concurrency: 32,
    });
    let isStorming = true;
    const began = performance.now();
    const storm = (async () => {
      // At a fixed rate, also while the server is down.
      for (let turn = 0; ; await pause(TICK_MS)) {
        const isLast = !isStorming;
        const due = ((performance.now() - began) / 1000) * PER_SECOND;
        while (turn < due) oneChange(provider, turn++);
        if (isLast) return;
      }
    })();

    for (let kill = 0; kill < KILLS; kill++) {
      await pause(500 + Math.random() * 1500);
      await server.kill('SIGKILL');
      server = await start();
    }
    await pause(500);
    isStorming = false;
    await storm;
    const perSecond = sender.counts.emitted / ((performance.now() - began) / 1000);
    await sender.idle();
    await waitUntilProcessed(db, {});

    expect(perSecond).toBeGreaterThan(PER_SECOND * 0.9);
    expect(sender.counts).toMatchObject({ exhausted: 0 });
    expect(sender.counts.failed, 'deliveries that a kill has broken').toBeGreaterThan(0);
    const events = await db.webhookEvent.findMany({ select: { id: true, status: true } });
    const statusOf = new Map(events.map(({ id, status }) => [id, status]));
    expect([...acknowledged].filter((id) => !['applied', 'ignored'].includes(statusOf.get(id) ?? 'lost'))).toEqual([]);
    expect(await copyOf(db, provider.prefix)).toEqual(truthOf(provider.instance));

    const twice = await db.$queryRaw`
    SELECT actor_id, action, subject_id, target_id, count(*)::int FROM audit_log WHERE actor_type = 'webhook'
    GROUP BY actor_id, action, subject_id, target_id HAVING count(*) > 1`;
    expect(twice).toEqual([]);
    const unknown = await db.$queryRaw`
    SELECT DISTINCT actor_id FROM audit_log WHERE actor_type = 'webhook' AND actor_id NOT IN (SELECT id FROM webhook_event)`;
    expect(unknown).toEqual([]);
    process.stdout.write(
      `    ${sender.counts.emitted} events, ${perSecond.toFixed(0)}/s, ${sender.counts.attempts} deliveries, ${sender.counts.failed} broken\n`,
    );
  },
  LIMIT_MS,
);
