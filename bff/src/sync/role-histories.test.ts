import { PrismaPg } from '@prisma/adapter-pg';
import { PrismaClient } from '@rolecall/prisma/client';
import { loginUrl } from '@rolecall/prisma/logins';
import fc from 'fast-check';
import { v7 as uuid } from 'uuid';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { joinOrRejoinTenant } from '../access/assignments/join-tenant.ts';
import { replaceAssignments } from '../access/assignments/replace.ts';
import { insertAudit } from '../audit/record.ts';
import { createWebhookSender } from '../clerk-stub/webhooks/sender.ts';
import { lockTenant } from '../db/locks.ts';
import { type Tx, tenantTx } from '../db/tenant-tx.ts';
import { CLERK_SETTINGS } from '../testing/fixtures/clerk-webhooks.ts';
import type { DatabaseCopy } from '../testing/fixtures/database-copy.ts';
import { type Harness, startHarness } from '../testing/fixtures/harness.ts';
import { ownDatabase } from '../testing/fixtures/own-database.ts';
import { waitUntilProcessed } from '../testing/fixtures/processed-events.ts';
import { knob } from '../testing/knobs.ts';
import { directoryOf, type Refusal, writableDirectory } from '../testing/oracles/provider-parity.ts';
import { takenByAbsence, unexplainedDifferences } from '../testing/oracles/role-parity.ts';
import {
  createProvider,
  type History,
  PREFIX_LENGTH,
  type Provider,
  type ProviderAction,
  replay,
  roleHistories,
} from '../testing/property/delivery-histories.ts';
import { NO_TENANT } from './context.ts';
import { ensureDefaultTenant } from './ensure-default-tenant.ts';
import { pushPending } from './outbox/push.ts';
import { reconcileOnce } from './reconcile/runner.ts';

const HISTORIES = knob('TEST_ROLE_HISTORIES');
const CONCURRENCY = 8;
const MAX_ACTIONS = 24;
const TROUBLE = { duplicate: 0.2, reorder: 0.3, lose: 0.05 };
const REFUSALS: Refusal[] = [null, null, null, null, 'not-found', 'conflict', 'unprocessable'];
const ROLES = ['admin', 'auditor', 'teacher', 'member'];

let database: DatabaseCopy;
let app: Harness;
/** Waits for a connection as long as it takes. */
let db: PrismaClient;
let defaultTenantId: string;
const providers = new Map<string, Provider>();
const providerOf = (id: string): Provider => {
  const prefix = id.slice(id.indexOf('_') + 1, id.indexOf('_') + 1 + PREFIX_LENGTH);
  const provider = providers.get(prefix);
  if (!provider) throw new Error(`unknown id ${id}`);
  return provider;
};
let writes = 0;

beforeAll(async () => {
  database = await ownDatabase();
  db = new PrismaClient({ adapter: new PrismaPg({ connectionString: loginUrl(database.ownerUrl, 'sync'), max: 4 }) });
  const settings = { DATABASE_URL: database.ownerUrl, DEFAULT_TENANT: 'school', CLERK_SECRET_KEY: 'sk_test_x' };
  app = await startHarness({ ...CLERK_SETTINGS, ...settings });
  const instanceOf = (id: string) => providerOf(id).instance;
  const all = () => [...providers.values()].map(({ instance }) => instance);
  const refusalOf = () => REFUSALS[writes++ % REFUSALS.length] ?? null;
  const directory = writableDirectory(directoryOf(instanceOf, all), instanceOf, refusalOf);
  Object.assign(app.services.identity, { directory });
  await ensureDefaultTenant(app.services.db, app.services.config);
  defaultTenantId = (await db.tenant.findFirstOrThrow({ where: { slug: 'school' } })).id;
  await inTenant(defaultTenantId, async (tx) => {
    const names = { key: 'teacher', name: 'Teacher', description: '', identityRole: 'INSTRUCTOR' };
    await tx.role.create({ data: { tenantId: defaultTenantId, id: uuid(), ...names, isSelfAssignable: true } });
  });
});
afterAll(async () => {
  await app.close();
  await db.$disconnect();
  await database.stop();
});

/** Changes a tenant as its owner does. */
const inTenant = (tenantId: string, work: (tx: Tx) => Promise<unknown>) =>
  tenantTx(db, NO_TENANT, async (tx) => {
    await lockTenant(tx, tenantId);
    await work(tx);
    await insertAudit(tx, {
      ...{ tenantId, actor: { type: 'user', id: 'user_owner', sessionId: null }, action: 'member.roles_changed' },
      ...{ origin: { requestId: 'test', ip: null, userAgent: null }, category: 'membership' },
    });
  });

/** Performs an action in our copy, where it has what the action is about. */
async function performHere({ instance, prefix }: Provider, { kind, userIndex, targetIndex }: ProviderAction) {
  const userIds = [...instance.state.users.values()].map(({ id }) => id);
  const userId = userIds[userIndex % Math.max(1, userIds.length)] ?? '';
  const key = ROLES[targetIndex % ROLES.length] ?? '';
  const tenants = await db.tenant.findMany({
    where: { identityOrgId: { startsWith: `org_${prefix}` }, status: { not: 'archived' } },
    orderBy: { identityOrgId: 'asc' },
  });
  const tenantId = kind === 'assign-here' ? defaultTenantId : tenants[targetIndex % Math.max(1, tenants.length)]?.id;
  if (!tenantId || (await db.user.count({ where: { id: userId, deletedAt: null } })) === 0) return;
  await inTenant(tenantId, async (tx) => {
    const member = await tx.membership.findFirst({ where: { tenantId, userId, status: 'active' } });
    const role = await tx.role.findFirst({ where: { tenantId, key } });
    if (!role || (kind === 'join-here') === (member !== null)) return;
    const grant = { tenantId, userId };
    if (member) {
      const wanted = [{ roleId: role.id, isPrimary: true, validUntil: null }];
      const owner = await tx.membershipRole.findFirst({
        where: { tenantId, membershipId: member.id, endedAt: null, role: { isOwner: true } },
      });
      if (!owner) await replaceAssignments(tx, { ...grant, memberId: member.id, by: 'user_owner', wanted });
    } else {
      await joinOrRejoinTenant(tx, { ...grant, source: 'invitation', roleIds: [role.id], grantedBy: 'user_owner' });
    }
  });
}

async function run(history: History): Promise<Provider> {
  const provider = createProvider(history.announcesCascades);
  providers.set(provider.prefix, provider);
  const sender = createWebhookSender({
    instance: provider.instance,
    secret: CLERK_SETTINGS.CLERK_WEBHOOK_SIGNING_SECRET,
    to: (body, headers) => app.anonymous('POST', '/api/webhooks/clerk', body, headers),
    ...{ chaos: TROUBLE, seed: String(history.seed), retryFactor: 0.001, concurrency: 4 },
  });
  await replay(provider, history, async (action) => {
    await sender.idle();
    await app.services.inbox.idle();
    await performHere(provider, action);
    if (action.userIndex % 2 === 0) await push();
  });
  await push();
  await sender.idle();
  await sender.close();
  const events = { id: { startsWith: `msg_${provider.prefix}` } };
  await waitUntilProcessed(db, events, () => app.services.inbox.sweep());
  return provider;
}

/** Pushes what waits, now: the delays that the provider asks for are tested elsewhere. */
async function push(): Promise<void> {
  const { config, log, identity } = app.services;
  if (!identity.directory) throw new Error('Clerk has one');
  await db.$executeRaw`UPDATE identity_push SET next_attempt_at = clock_timestamp() WHERE status = 'pending' AND attempts = 0`;
  await pushPending({ config, db: app.services.db, log, directory: identity.directory }, AbortSignal.timeout(60_000));
}

it(
  `${HISTORIES} histories of roles end in agreement, or in drift with its reason`,
  async () => {
    const seed = Math.floor(Math.random() * 2 ** 31);
    const histories = fc.sample(roleHistories(MAX_ACTIONS), { numRuns: HISTORIES, seed });
    const lived: { provider: Provider; history: History }[] = [];
    const waiting = [...histories];
    const live = async () => {
      for (let history = waiting.shift(); history; history = waiting.shift())
        lived.push({ provider: await run(history), history });
    };
    await Promise.all(Array.from({ length: CONCURRENCY }, live));
    await push();
    const reconciled = await reconcileOnce(app.services);
    expect(reconciled).toMatchObject({ status: 'done', error: null });
    const differences: object[] = [];
    for (const { provider, history } of lived) {
      const found = await unexplainedDifferences(db, reconciled.id, provider);
      differences.push(...found.map((difference) => ({ difference, history })));
    }
    const notes = await db.syncDrift.groupBy({ by: ['note', 'state'], where: { runId: reconciled.id }, _count: true });
    const found = notes.map(({ note, state, _count }) => `${state} ${note ?? ''}: ${_count}`);
    process.stdout.write(`    seed ${seed}, ${writes} writes, drift: ${found.sort().join(', ')}\n`);
    expect(differences, `seed ${seed}`).toEqual([]);
    expect(await takenByAbsence(db), `seed ${seed}`).toEqual([]);
  },
  120_000 + HISTORIES * 4_000,
);
