import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { insertAudit } from '../../audit/record.ts';
import { tenantTx } from '../../db/tenant-tx.ts';
import { aMember, aTenant, aUser, type TestTenant, type TestUser } from '../../testing/fixtures/builders.ts';
import { type Harness, startHarness } from '../../testing/fixtures/harness.ts';

let harness: Harness;
let owner: TestUser;
let tenant: TestTenant;
let invitations: string;
let next = 0;

beforeAll(async () => {
  harness = await startHarness();
  owner = await aUser(harness, { name: 'Ines Inviter' });
  tenant = await aTenant(harness, { owner, name: 'Inviting' });
  invitations = `${tenant.path}/invitations`;
});
afterAll(() => harness.close());

const newAddress = () => `new-${tenant.slug}-${next++}@example.test`;
const invite = (email: string, { by = owner, role = 'member', headers = {} } = {}) =>
  by.call('POST', invitations, { email, roleIds: [tenant.roleId(role)] }, headers);
const accept = (user: TestUser, token: string) => user.call('POST', `/api/invitations/${token}/accept`, {});

describe('invitation', () => {
  it('makes the invited user a member and records who accepted it', async () => {
    const email = newAddress();
    const made = await invite(email.toUpperCase());
    expect(made.status, JSON.stringify(made.body)).toBe(201);
    expect(made.body).toMatchObject({
      email: email.toUpperCase(),
      status: 'pending',
      deliveryStatus: 'not-configured',
    });
    const shown = await harness.anonymous('GET', `/api/invitations/${made.body.token}`);
    expect(shown.body).toMatchObject({
      tenant: { name: 'Inviting' },
      email: email.toUpperCase(),
      inviterName: 'Ines Inviter',
    });

    const user = await aUser(harness, { email });
    const accepted = await accept(user, made.body.token);
    expect(accepted.body).toMatchObject({ tenantId: tenant.id, tenantSlug: tenant.slug });
    expect((await user.call('GET', '/api/me')).body.memberships).toMatchObject([
      { tenantId: tenant.id, roles: [{ key: 'member' }] },
    ]);
    expect((await owner.call('GET', `${invitations}/${made.body.id}`)).body).toMatchObject({
      status: 'accepted',
      acceptedBy: { id: user.id },
    });
    expect((await harness.anonymous('GET', `/api/invitations/${made.body.token}`)).status).toBe(404);
    const trail = await owner.call('GET', `${tenant.path}/audit-logs?targetId=${made.body.id}`);
    expect(trail.body.data).toHaveLength(2);
    expect(trail.body.data).toMatchObject([
      {
        action: 'invitation.accepted',
        actor: { id: user.id },
        before: { status: 'pending' },
        after: { status: 'accepted', roles: [{ name: 'Member' }] },
      },
      {
        action: 'invitation.created',
        actor: { id: owner.id },
        after: { email: email.toUpperCase(), roles: [{ name: 'Member' }] },
      },
    ]);
  });

  it('never stores its token', async () => {
    const { token } = (await invite(newAddress())).body;
    const rows = await tenantTx(
      harness.services.db.server,
      { tenantId: tenant.id, userId: null },
      (tx) =>
        tx.$queryRaw<{ text: string }[]>`
        SELECT invitation::text AS text FROM invitation UNION ALL SELECT audit_log::text FROM audit_log
        UNION ALL SELECT idempotency_key::text FROM idempotency_key`,
    );
    expect(rows.length).toBeGreaterThan(2);
    expect(rows.filter(({ text }) => text.includes(token))).toEqual([]);
  });

  it('is accepted once by twenty concurrent requests', async () => {
    const email = newAddress();
    const { token } = (await invite(email)).body;
    const user = await aUser(harness, { email });
    const answers = await Promise.all(Array.from({ length: 20 }, () => accept(user, token)));
    const statuses = answers.map(({ status }) => status);
    expect(statuses.filter((status) => status === 200)).toHaveLength(1);
    expect(statuses.filter((status) => status === 409)).toHaveLength(19);
  });

  it('rejects another address and records the denial', async () => {
    const { token } = (await invite(newAddress())).body;
    const stranger = await aUser(harness);
    expect((await accept(stranger, token)).body).toMatchObject({ status: 403, code: 'invitation_other_email' });
    const denials = await harness.services.db.platform.auditLog.findMany({
      where: { actorId: stranger.id, outcome: 'denied' },
    });
    expect(denials).toMatchObject([
      {
        action: 'invitation.accept',
        outcome: 'denied',
        category: 'access',
        severity: 'warning',
        reason: 'invitation_other_email',
      },
    ]);
    expect((await stranger.call('GET', '/api/me')).body.memberships).toEqual([]);
  });

  it('cannot be accepted once revoked or expired', async () => {
    const email = newAddress();
    const made = (await invite(email)).body;
    expect((await owner.call('POST', `${invitations}/${made.id}/revoke`, {})).body.status).toBe('revoked');
    const user = await aUser(harness, { email });
    expect((await accept(user, made.token)).body.code).toBe('invitation_closed');

    const second = (await invite(email)).body;
    await tenantTx(harness.services.db.server, { tenantId: tenant.id, userId: null }, async (tx) => {
      await insertAudit(tx, {
        tenantId: tenant.id,
        actor: { type: 'system', id: 'test', sessionId: null },
        origin: { requestId: 'test', ip: null, userAgent: null },
        action: 'invitation.aged',
        category: 'invitation',
      });
      await tx.$executeRaw`UPDATE invitation SET expires_at = now() - interval '1 second' WHERE id = ${second.id}::uuid`;
    });
    expect((await accept(user, second.token)).body.code).toBe('invitation_closed');
    expect((await harness.anonymous('GET', `/api/invitations/${second.token}`)).status).toBe(404);
    expect((await owner.call('GET', `${invitations}?status=expired`)).body.data).toMatchObject([{ id: second.id }]);
    expect((await accept(user, 'x'.repeat(43))).status).toBe(404);
  });

  it('fails when the inviter may no longer assign the role', async () => {
    const admin = await aUser(harness);
    const adminRow = await aMember(harness, tenant, admin, 'admin');
    const email = newAddress();
    const { token } = (await invite(email, { by: admin, role: 'admin' })).body;
    await owner.call('PATCH', `${tenant.path}/members/${adminRow}`, { roles: [{ roleId: tenant.roleId('member') }] });
    const user = await aUser(harness, { email });
    expect((await accept(user, token)).body).toMatchObject({ status: 409, code: 'inviter_permission_lost' });
  });
});

describe('invitation creation', () => {
  it('rejects members, pending invitations and invalid addresses', async () => {
    const email = newAddress();
    await invite(email);
    expect((await invite(email)).body).toMatchObject({ status: 409, code: 'email_already_invited' });
    expect((await invite(owner.email)).body).toMatchObject({ status: 409, code: 'already_a_member' });
    expect((await invite('not an address')).body).toMatchObject({ status: 422, errors: { email: ['invalid_email'] } });
  });

  it('rejects roles that grant more than the inviter holds', async () => {
    const admin = await aUser(harness);
    await aMember(harness, tenant, admin, 'admin');
    expect((await invite(newAddress(), { by: admin, role: 'owner' })).body.code).toBe('grant_exceeds_own');
  });

  it('requires roles:assign for non-default roles, also on acceptance', async () => {
    const role = async (key: string, permissions: string[]) =>
      (await owner.call('POST', `${tenant.path}/roles`, { name: key, permissions })).body.id;
    const plain = await role('Plain', ['members:read']);
    const inviters = await role('Inviters', ['members:invite', 'tenant:read', 'members:read', 'roles:read']);
    const assigners = await role('Assigners', ['roles:assign']);
    const inviter = await aUser(harness);
    const row = await aMember(harness, tenant, inviter, 'member');
    const hold = (...ids: string[]) =>
      owner.call('PATCH', `${tenant.path}/members/${row}`, { roles: ids.map((roleId) => ({ roleId })) });
    const inviteWith = (email: string, ...roleIds: string[]) => inviter.call('POST', invitations, { email, roleIds });

    await hold(inviters);
    expect((await inviteWith(newAddress(), tenant.roleId('member'))).status).toBe(201);
    const refused = await inviteWith(newAddress(), tenant.roleId('member'), plain);
    expect(refused.body).toMatchObject({ code: 'permission_denied', permission: 'roles:assign' });

    await hold(inviters, assigners);
    const email = newAddress();
    const { token } = (await inviteWith(email, plain)).body;
    await hold(inviters);
    expect((await accept(await aUser(harness, { email }), token)).body.code).toBe('inviter_permission_lost');
  });

  it('creates one invitation per Idempotency-Key', async () => {
    const email = newAddress();
    const headers = { 'idempotency-key': `key-${email}` };
    const first = await invite(email, { headers });
    const retry = await invite(email, { headers });
    expect(retry.status).toBe(201);
    expect(retry.body).toMatchObject({ id: first.body.id, token: null, acceptUrl: null });
    expect((await invite(newAddress(), { headers })).body.code).toBe('idempotency_key_reused');
  });
});
