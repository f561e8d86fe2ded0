import fc from 'fast-check';
import { SignJWT } from 'jose';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type ClerkProduct, startClerkProduct } from '../testing/fixtures/clerk-product.ts';
import { signed } from '../testing/fixtures/clerk-webhooks.ts';
import { type Harness, startHarness } from '../testing/fixtures/harness.ts';
import { startHostileDirectory } from '../testing/fixtures/hostile-directory.ts';
import { walkLists } from '../testing/fixtures/walk-lists.ts';
import { knob } from '../testing/knobs.ts';
import { type HostilePayload, hostilePayload, jsonOf } from '../testing/property/hostile-identities.ts';
import { ensureDefaultTenant } from './ensure-default-tenant.ts';
import { reconcileOnce } from './reconcile/runner.ts';

const PAYLOADS = knob('TEST_HOSTILE_PAYLOADS');
/** Listed by the provider in one page. */
const BATCH = 400;
const CONCURRENCY = 16;
const JWT = {
  ...{ IDENTITY_PROVIDER: 'jwt', JWT_ISSUER: 'https://issuer.example.test/', JWT_AUDIENCE: 'rolecall' },
  ...{ JWT_SECRET: 'a shared secret of more than 32 characters', JWT_ALGORITHMS: 'HS256' },
};

let product: ClerkProduct;
let jwt: Harness;
beforeAll(async () => {
  product = await startClerkProduct({ DEFAULT_TENANT: 'school', BOOTSTRAP_OWNER: 'user_owner' });
  const { db, config } = product.harness.services;
  await ensureDefaultTenant(db, config);
  product.stub.instance.createUser({ id: 'user_owner', firstName: 'Owner' });
  await reconcileOnce(product.harness.services, { kind: 'backfill' });
  jwt = await startHarness({ ...JWT, DATABASE_URL: product.settings.DATABASE_URL ?? '' });
});
afterAll(async () => {
  await jwt.close();
  await product.close();
});

const db = () => product.harness.services.db.sync;

async function deliver({ type, data }: HostilePayload): Promise<string> {
  const body = jsonOf({ object: 'event', type, instance_id: 'ins_1', timestamp: 1_716_883_200, data });
  const headers = signed(body, { secret: product.stub.webhookSecret });
  const { status } = await product.harness.anonymous('POST', '/api/webhooks/clerk', body, headers);
  return status === 200 ? 'stored' : String(status);
}
async function signIn({ data }: HostilePayload): Promise<string> {
  const claims = { iss: JWT.JWT_ISSUER, aud: JWT.JWT_AUDIENCE, iat: now() - 1, exp: now() + 600, ...data };
  const token = await new SignJWT(claims).setProtectedHeader({ alg: 'HS256' }).sign(Buffer.from(JWT.JWT_SECRET));
  const { status } = await jwt.anonymous('GET', '/api/me', undefined, { authorization: `Bearer ${token}` });
  return status < 500 ? String(status) : `${status} ${JSON.stringify(data)}`;
}
const now = () => Math.floor(Date.now() / 1000);

/** Counts how the payloads were answered. */
async function send(payloads: readonly HostilePayload[]): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  const waiting = [...payloads];
  const work = async () => {
    for (let payload = waiting.shift(); payload; payload = waiting.shift()) {
      const answer = await (payload.kind === 'claims' ? signIn : deliver)(payload);
      counts[answer] = (counts[answer] ?? 0) + 1;
    }
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, work));
  return counts;
}

/** Processes every event to its end: what fails now fails for good. */
async function processAll(): Promise<Record<string, number>> {
  const { inbox } = product.harness.services;
  await inbox.idle();
  for (let round = 0; round < 9; round++) {
    await db().$executeRaw`
      UPDATE webhook_event SET next_attempt_at = clock_timestamp(), attempts = greatest(attempts, 7) WHERE status IN ('received', 'failed')`;
    if ((await inbox.sweep()) === 0) break;
  }
  const statuses = await db().webhookEvent.groupBy({ by: ['status'], _count: true });
  return Object.fromEntries(statuses.map(({ status, _count }) => [status, _count]));
}

/** Reconciles with a provider that lists these objects. */
async function reconcileWith(payloads: readonly HostilePayload[]) {
  const owner = product.stub.instance.state.users.get('user_owner');
  const listed = (kind: HostilePayload['kind']) => payloads.filter((one) => one.kind === kind).map(({ data }) => data);
  const { directory, close } = await startHostileDirectory(
    { users: [owner, ...listed('user')], organizations: listed('organization'), memberships: listed('membership') },
    jsonOf,
  );
  const run = await reconcileOnce(product.harness.services, { directory });
  close();
  return { status: run.status, error: run.error };
}

it(
  `${PAYLOADS} hostile payloads are applied, refused or dead-lettered, and break no list and no run`,
  async () => {
    const seed = Math.floor(Math.random() * 2 ** 31);
    const payloads = fc.sample(hostilePayload, { numRuns: PAYLOADS, seed });
    const answered: Record<string, number> = {};
    for (let start = 0; start < payloads.length; start += BATCH) {
      const some = payloads.slice(start, start + BATCH);
      for (const [answer, count] of Object.entries(await send(some)))
        answered[answer] = (answered[answer] ?? 0) + count;
      await processAll();
      expect(await reconcileWith(some), `seed ${seed}`).toEqual({ status: 'done', error: null });
    }
    const statuses = await processAll();
    const { answers, broken } = await walkLists(product.as('user_owner'));
    process.stdout.write(`    seed ${seed}: ${JSON.stringify({ answered, statuses, answers })}\n`);
    expect(Object.keys(statuses).filter((status) => !['applied', 'ignored', 'dead'].includes(status))).toEqual([]);
    expect(Object.keys(answered).filter((answer) => /^5/.test(answer))).toEqual([]);
    expect(broken, `seed ${seed}`).toEqual([]);
  },
  300_000 + PAYLOADS * 600,
);
