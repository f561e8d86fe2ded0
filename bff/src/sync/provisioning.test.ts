import pino from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PLATFORM_TENANT_ID } from '../access/permissions.ts';
import { insertAudit } from '../audit/record.ts';
import { readConfig } from '../core/config.ts';
import type { IdentityUser } from '../core/identity-provider.ts';
import { asOwner } from '../db/database.ts';
import { tenantTx } from '../db/tenant-tx.ts';
import { ensurePlatform } from '../ensure-platform.ts';
import { createServices } from '../services.ts';
import { CLERK_SETTINGS } from '../testing/fixtures/clerk-webhooks.ts';
import type { DatabaseCopy } from '../testing/fixtures/database-copy.ts';
import { ownDatabase } from '../testing/fixtures/own-database.ts';
import { applyUserDeleted } from './apply/user-deleted.ts';
import { contextForUser } from './context.ts';
import { createAccountListener } from './local-accounts.ts';
import { provisionUser } from './provisioning.ts';

const ORIGIN = { requestId: 'test', ip: null, userAgent: null };
let database: DatabaseCopy;
let closing: (() => Promise<void>)[] = [];

// A database of its own, because only here the platform has no owner.
beforeAll(async () => {
  database = await ownDatabase();
});
afterAll(async () => {
  await Promise.all(closing.map((close) => close()));
  await database.stop();
});

async function start(settings: Record<string, string>) {
  const config = readConfig({ SEED: 'none', DATA_DIR: database.dataDir, ...settings });
  const services = await createServices({
    config,
    ownerUrl: database.ownerUrl,
    log: pino({ level: 'silent' }),
    publicUrl: () => 'http://127.0.0.1:3000',
  });
  closing = [...closing, () => services.db.close()];
  return services;
}
const clerk = (settings: Record<string, string> = {}) => start({ ...CLERK_SETTINGS, ...settings });
const identity = (userId: string) => ({ userId, sessionId: 'sess_1', viaCookie: false });

const person = (overrides: Partial<IdentityUser>): IdentityUser => ({
  id: 'user_x',
  email: null,
  emailVerified: false,
  firstName: 'Ada',
  lastName: 'Park',
  imageUrl: null,
  banned: false,
  locked: false,
  role: 'owner',
  updatedAt: 1_716_883_200_000,
  createdAt: 1_716_883_200_000,
  lastSignInAt: null,
  ...overrides,
});

async function staff() {
  const assignments = await (await start({})).db.sync.membershipRole.findMany({
    where: { tenantId: PLATFORM_TENANT_ID, endedAt: null },
    include: { role: true, membership: true },
  });
  return assignments.map(({ userId, role, membership }) => [userId, role.key, membership.source]);
}

describe('unknown user of a valid Clerk session', () => {
  it('is not created while webhooks provision users', async () => {
    const services = await clerk();
    expect(await provisionUser(services, identity('user_unknown'), ORIGIN)).toBe(false);
    expect(await services.db.sync.user.count({ where: { id: 'user_unknown' } })).toBe(0);
  });

  it('is created once by the first request where that is enabled', async () => {
    const services = await clerk({ USER_PROVISIONING: 'first-request' });
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => provisionUser(services, identity('user_first'), ORIGIN)),
    );
    expect(answers).toEqual(Array(5).fill(true));
    expect(await services.db.sync.auditLog.count({ where: { subjectId: 'user_first' } })).toBe(1);
  });

  it('is not created again after deletion', async () => {
    const services = await clerk({ USER_PROVISIONING: 'first-request' });
    await provisionUser(services, identity('user_deleted'), ORIGIN);
    await services.db.sync.$transaction((tx) =>
      applyUserDeleted(tx, 'user_deleted', contextForUser({ id: 'x', sessionId: null }, ORIGIN, readConfig({}))),
    );
    expect(await provisionUser(services, identity('user_deleted'), ORIGIN)).toBe(false);
  });
});

describe('BOOTSTRAP_OWNER', () => {
  it('needs a verified address and applies to one user only', async () => {
    const onAccount = createAccountListener(await clerk({ BOOTSTRAP_OWNER: 'Boss@Example.test' }));
    const onUser = (user: IdentityUser, origin: typeof ORIGIN) => onAccount({ user }, origin);
    await onUser(person({ id: 'user_claims', email: 'boss@example.test' }), ORIGIN);
    await onUser(person({ id: 'user_other', email: 'other@example.test', emailVerified: true }), ORIGIN);
    // Where users choose their own ids, one may look like an address.
    await onUser(person({ id: 'Boss@Example.test', email: null }), ORIGIN);
    expect(await staff()).toEqual([]);
    await onUser(person({ id: 'user_owner', email: 'boss@example.test', emailVerified: true }), ORIGIN);
    await onUser(
      person({ id: 'user_owner', email: 'boss@example.test', emailVerified: true, updatedAt: 1_716_883_300_000 }),
      ORIGIN,
    );
    await onUser(person({ id: 'user_second', email: 'boss@example.test', emailVerified: true }), ORIGIN);
    expect(await staff()).toEqual([['user_owner', 'owner', 'bootstrap']]);

    const byId = await clerk({ BOOTSTRAP_OWNER: 'user_late' });
    expect(await provisionUser(byId, identity('user_late'), ORIGIN)).toBe(true);
    expect(await staff()).toHaveLength(1);
    const rows = await byId.db.sync.auditLog.findMany({
      where: { tenantId: PLATFORM_TENANT_ID, action: 'member.joined' },
    });
    expect(rows).toMatchObject([{ subjectId: 'user_owner', severity: 'critical' }]);
  });
});

it('creates the platform once', async () => {
  const { db } = await start({});
  const count = () => Promise.all([db.sync.auditLog.count(), db.sync.role.count(), db.sync.permission.count()]);
  const before = await count();
  await Promise.all([ensurePlatform(database.ownerUrl), ensurePlatform(database.ownerUrl)]);
  expect(await count()).toEqual(before);
  expect(before[2]).toBeGreaterThan(20);
});

it('refuses a system permission whose code belongs to the host app', async () => {
  const own = (isSystem: boolean) =>
    asOwner(database.ownerUrl, (client) =>
      tenantTx(client, { tenantId: PLATFORM_TENANT_ID, userId: null }, async (tx) => {
        await tx.$executeRaw`UPDATE permission SET is_system = ${isSystem} WHERE code = 'members:read'`;
        await insertAudit(tx, {
          tenantId: PLATFORM_TENANT_ID,
          actor: { type: 'system', id: null, sessionId: null },
          origin: ORIGIN,
          action: 'catalogue.updated',
          category: 'permission',
        });
      }),
    );
  await own(false);
  await expect(ensurePlatform(database.ownerUrl)).rejects.toThrow(/members:read/);
  await own(true);
  await ensurePlatform(database.ownerUrl);
});
