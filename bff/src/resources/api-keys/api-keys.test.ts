import pg from 'pg';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { tenantRead } from '../../db/tenant-tx.ts';
import { aMember, aTenant, aUser, type TestTenant, type TestUser } from '../../testing/fixtures/builders.ts';
import { type Harness, startHarness } from '../../testing/fixtures/harness.ts';

let harness: Harness;
let tenant: TestTenant;
let owner: TestUser;

beforeAll(async () => {
  harness = await startHarness();
  owner = await aUser(harness, { name: 'Ada Park' });
  tenant = await aTenant(harness, { owner });
});
afterAll(() => harness.close());

const create = (body: object, headers = {}) => owner.call('POST', `${tenant.path}/api-keys`, body, headers);
const check = (key: string) =>
  harness.anonymous(
    'POST',
    '/api/access/check',
    { checks: [{ userId: owner.id, tenantId: tenant.id, permission: 'members:read' }] },
    { authorization: `Bearer ${key}` },
  );

it('shows a key once and stores only its hash', async () => {
  const made = await create({ name: 'Checkout', expiresInDays: 30 });
  expect(made.status).toBe(201);
  expect(made.body.key).toMatch(/^rck_[\w-]{43}$/);
  expect(made.body).toMatchObject({
    name: 'Checkout',
    prefix: made.body.key.slice(0, 12),
    status: 'active',
    createdBy: { id: owner.id, name: 'Ada Park' },
    lastUsedAt: null,
  });
  expect(Date.parse(made.body.expiresAt) - Date.now()).toBeGreaterThan(29.9 * 86_400_000);

  const one = await owner.call('GET', `${tenant.path}/api-keys/${made.body.id}`);
  const all = await owner.call('GET', `${tenant.path}/api-keys?q=check`);
  const log = await owner.call('GET', `${tenant.path}/audit-logs?action=api-key.created`);
  expect(all.body.data.map(({ id }: { id: string }) => id)).toEqual([made.body.id]);
  expect(log.body.data[0]).toMatchObject({ target: { type: 'api-key', id: made.body.id, label: 'Checkout' } });
  const secret = made.body.key.slice(12);
  expect(JSON.stringify([one.body, all.body, log.body])).not.toContain(secret);
  const scope = { tenantId: tenant.id, userId: null };
  const stored = await tenantRead(harness.services.db.server, scope, (client) => client.apiKey.findMany());
  const text = stored
    .map(({ keyHash, ...row }) => JSON.stringify(row) + Buffer.from(keyHash).toString('latin1'))
    .join();
  expect(text).toContain(made.body.prefix);
  expect(text).not.toContain(secret);
});

it('omits the key from the response to a retry', async () => {
  const intent = { 'idempotency-key': 'one-key-please' };
  const first = await create({ name: 'Twice', expiresInDays: null }, intent);
  const again = await create({ name: 'Twice', expiresInDays: null }, intent);
  expect(first.body.key).toBeTypeOf('string');
  expect(again.body).toEqual({ ...first.body, key: null });
  const other = await create({ name: 'Another', expiresInDays: null }, intent);
  expect(other.body.code).toBe('idempotency_key_reused');
});

it.each([0, 366, 1.5, '7', undefined])('rejects a lifetime of %s days', async (expiresInDays) => {
  expect((await create({ name: 'Odd', expiresInDays })).status).toBe(422);
});

it('rejects unknown, expired and revoked keys with the same error', async () => {
  const [active, expired, revoked] = await Promise.all(
    ['Active', 'Expired', 'Revoked'].map(async (name) => (await create({ name, expiresInDays: 1 })).body),
  );
  expect((await check(active.key)).body).toEqual({ results: [{ allowed: true }] });

  await expire(expired.id);
  const revocation = await owner.call(
    'POST',
    `${tenant.path}/api-keys/${revoked.id}/revoke`,
    {},
    { 'if-match': '"1"' },
  );
  expect(revocation.body).toMatchObject({ status: 'revoked', revokedBy: { id: owner.id }, version: 2 });

  const unknown = `rck_${'a'.repeat(43)}`;
  const refusals = await Promise.all([expired.key, revoked.key, unknown, active.key.slice(0, -1), 'rck_'].map(check));
  for (const { status, body } of refusals) {
    expect(status).toBe(401);
    expect({ ...body, requestId: '' }).toEqual({ ...refusals[0]?.body, requestId: '' });
  }
  const found = await owner.call('GET', `${tenant.path}/api-keys/${expired.id}`);
  expect(found.body.status).toBe('expired');
});

it('revokes once, rejects a stale version and records the revocation', async () => {
  const { id } = (await create({ name: 'Short-lived', expiresInDays: null })).body;
  const revoke = (headers = {}) => owner.call('POST', `${tenant.path}/api-keys/${id}/revoke`, {}, headers);
  expect((await revoke({ 'if-match': '"9"' })).status).toBe(412);
  const first = await revoke();
  const second = await revoke();
  expect(second.body).toEqual(first.body);
  const log = await owner.call('GET', `${tenant.path}/audit-logs?action=api-key.revoked&targetId=${id}`);
  expect(log.body.data).toHaveLength(1);
  expect(log.body.data[0]).toMatchObject({ before: { status: 'active' }, after: { status: 'revoked' } });
});

it('records the last use at most once a minute', async () => {
  const made = (await create({ name: 'Busy', expiresInDays: null })).body;
  const lastUse = async () => (await owner.call('GET', `${tenant.path}/api-keys/${made.id}`)).body.lastUsedAt;
  await check(made.key);
  await expect.poll(lastUse).not.toBeNull();
  const first = await lastUse();
  await check(made.key);
  await new Promise((resume) => setTimeout(resume, 150));
  expect(await lastUse()).toBe(first);
});

it('requires a permission to read, create and revoke keys', async () => {
  const member = await aUser(harness);
  await aMember(harness, tenant, member, 'member');
  const { id } = (await create({ name: 'Guarded', expiresInDays: null })).body;
  const answers = await Promise.all([
    member.call('GET', `${tenant.path}/api-keys`),
    member.call('POST', `${tenant.path}/api-keys`, { name: 'Mine', expiresInDays: null }),
    member.call('POST', `${tenant.path}/api-keys/${id}/revoke`, {}),
  ]);
  expect(answers.map(({ body }) => body.permission)).toEqual(['api-keys:read', 'api-keys:create', 'api-keys:revoke']);

  const neighbour = await aUser(harness);
  const otherTenant = await aTenant(harness, { owner: neighbour });
  expect((await neighbour.call('GET', `${otherTenant.path}/api-keys/${id}`)).status).toBe(404);
  expect((await neighbour.call('POST', `${otherTenant.path}/api-keys/${id}/revoke`, {})).status).toBe(404);
});

/** Expires a key. Only the owner login can bypass the trigger that requires an audit row. */
async function expire(id: string): Promise<void> {
  const client = new pg.Client({ connectionString: inject('ownerUrl') });
  await client.connect();
  try {
    await client.query('BEGIN');
    await client.query("SELECT set_config('app.current_tenant_id', $1, true)", [tenant.id]);
    await client.query('ALTER TABLE api_key DISABLE TRIGGER check_update');
    await client.query("UPDATE api_key SET expires_at = now() - interval '1 second' WHERE id = $1", [id]);
    await client.query('ALTER TABLE api_key ENABLE TRIGGER check_update');
    await client.query('COMMIT');
  } finally {
    await client.end();
  }
}
