import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tenantTx } from '../../db/tenant-tx.ts';
import { aMember, aTenant, aUser, type TestTenant, type TestUser } from '../../testing/fixtures/builders.ts';
import { type Harness, startHarness } from '../../testing/fixtures/harness.ts';
import { startBulkRoles } from './bulk-job.ts';

let harness: Harness;
let owner: TestUser;
let tenant: TestTenant;
let memberIds: string[];
let path: string;
beforeAll(async () => {
  harness = await startHarness();
  await startBulkRoles(harness.services);
  owner = await aUser(harness);
  tenant = await aTenant(harness, { owner });
  path = `${tenant.path}/members/bulk-roles`;
  memberIds = [];
  for (let index = 0; index < 12; index++) {
    const user = await aUser(harness, { name: 'Many People' });
    memberIds.push(await aMember(harness, tenant, user, 'member'));
  }
});
afterAll(() => harness.close());

const runToEnd = async (caller: TestUser, body: object, headers = {}) => {
  const requested = await caller.call('POST', path, body, headers);
  return requested.body.id ? progressTo(caller, requested.body.id) : requested.body;
};
async function progressTo(caller: TestUser, id: string) {
  for (;;) {
    const { body: progress } = await caller.call('GET', `${path}/${id}`);
    if (progress.status === 'done' || progress.status === 'failed') return progress;
    await new Promise((resume) => setTimeout(resume, 50));
  }
}
const rolesOf = async (memberId: string) =>
  (await owner.call('GET', `${tenant.path}/members/${memberId}`)).body.roles.map(
    ({ key, isPrimary }: { key: string; isPrimary: boolean }) => `${key}${isPrimary ? '*' : ''}`,
  );
const role = (key: string) => tenant.roleId(key);

describe('bulk role change', () => {
  it('previews the effect, then runs as a job with an audit row per member', async () => {
    const body = { filter: { q: 'many' }, add: [role('auditor')], remove: [role('member')], reason: 'new term' };
    const preview = await owner.call('POST', `${path}?dryRun=true`, body);
    expect(preview.body).toMatchObject({
      affected: 12,
      gains: expect.arrayContaining([{ code: 'audit:read', count: 12 }]),
    });
    expect(await rolesOf(memberIds[0] ?? '')).toEqual(['member*']);

    const progress = await runToEnd(owner, body);
    expect(progress).toMatchObject({ status: 'done', total: 12, done: 12, changed: 12, refused: [], error: null });
    for (const id of memberIds) expect(await rolesOf(id)).toEqual(['auditor*']);
    const rows = await harness.services.db.sync.auditLog.findMany({
      where: { tenantId: tenant.id, action: 'member.roles_changed' },
    });
    expect(rows).toHaveLength(12);
    expect(rows[0]).toMatchObject({
      actorId: owner.id,
      reason: 'new term',
      before: { roles: [{ name: 'Member' }] },
      after: { roles: [{ name: 'Auditor' }] },
      context: { bulkRoleChange: progress.id },
    });
  });

  it('has no effect as a dry run that retries a finished request', async () => {
    const change = { memberIds: memberIds.slice(10), add: [role('admin')] };
    const key = { 'idempotency-key': `bulk-${tenant.id}` };
    const preview = (body: object, headers = {}) => owner.call('POST', `${path}?dryRun=true`, body, headers);
    expect((await preview(change, key)).body).toMatchObject({ affected: 2 });
    // The dry run has not used up the key.
    const { id } = await runToEnd(owner, change, key);
    await runToEnd(owner, { memberIds: change.memberIds, remove: [role('admin')] });

    expect((await preview(change)).body).toMatchObject({ affected: 2 });
    const none = { affected: 0, gains: [], loses: [], members: [] };
    expect(await preview(change, key)).toMatchObject({ status: 200, body: none });
    expect(await runToEnd(owner, change, key)).toMatchObject({ id });
    expect((await preview({ ...change, add: [role('auditor')] }, key)).body.code).toBe('idempotency_key_reused');
  });

  it('records nothing when nothing changes', async () => {
    expect(await runToEnd(owner, { memberIds: memberIds.slice(0, 3), add: [role('auditor')] })).toMatchObject({
      status: 'done',
      done: 3,
      changed: 0,
    });
  });

  it('keeps the primary role when its end date changes', async () => {
    const [id = ''] = memberIds;
    const validUntil = new Date(Date.now() + 86_400_000).toISOString();
    await runToEnd(owner, { memberIds: [id], add: [role('member'), role('auditor')], validUntil });
    expect(await rolesOf(id)).toEqual(['auditor*', 'member']);
    await runToEnd(owner, { memberIds: [id], add: [role('auditor')], remove: [role('member')] });
    expect(await rolesOf(id)).toEqual(['auditor*']);
    for (const end of [{ validUntil }, {}]) {
      const progress = await runToEnd(owner, { memberIds: [id], add: [role('auditor')], ...end });
      expect(progress).toMatchObject({ status: 'done', changed: 1 });
    }
  });
});

describe('bulk role change by an actor with fewer permissions', () => {
  let admin: TestUser;
  beforeAll(async () => {
    admin = await aUser(harness);
    await aMember(harness, tenant, admin, 'admin');
  });

  it('rejects roles beyond the actor and skips members who hold more', async () => {
    expect(await runToEnd(admin, { memberIds, add: [role('owner')] })).toMatchObject({ code: 'grant_exceeds_own' });
    const { body } = await owner.call('GET', `${tenant.path}/members?userId=${owner.id}`);
    const ownerMember = body.data[0].id;
    const progress = await runToEnd(admin, { memberIds: [ownerMember, memberIds[1]], add: [role('member')] });
    expect(progress).toMatchObject({
      status: 'done',
      changed: 1,
      refused: [{ memberId: ownerMember, name: body.data[0].user.name, code: 'grant_exceeds_own' }],
    });
  });

  it('rejects removing the last owner', async () => {
    const { body } = await owner.call('GET', `${tenant.path}/members?userId=${owner.id}`);
    const progress = await runToEnd(owner, { memberIds: [body.data[0].id], remove: [role('owner')] });
    expect(progress).toMatchObject({ status: 'failed', error: 'last_owner', changed: 0 });
  });

  it('fails once the actor has lost the permission', async () => {
    const { db, queue } = harness.services;
    const id = crypto.randomUUID();
    const request = { memberIds, add: [role('admin')], remove: [], validUntil: null, reason: null, sessionId: null };
    // The job waits in the queue while the permission is revoked.
    await tenantTx(db.server, { tenantId: tenant.id, userId: null }, (tx) =>
      tx.bulkRoleChange.create({
        data: { tenantId: tenant.id, id, actorId: admin.id, request, total: memberIds.length },
      }),
    );
    const { body } = await owner.call('GET', `${tenant.path}/members?userId=${admin.id}`);
    await owner.call('PATCH', `${tenant.path}/members/${body.data[0].id}`, { roles: [{ roleId: role('member') }] });
    await queue.send('member-roles', { tenantId: tenant.id, id });
    await expect
      .poll(async () => (await owner.call('GET', `${path}/${id}`)).body, { timeout: 10_000 })
      .toMatchObject({ status: 'failed', changed: 0, error: 'permission_denied' });
    const denied = { tenantId: tenant.id, actorId: admin.id, outcome: 'denied', action: 'member.bulk-roles' };
    expect(await db.sync.auditLog.count({ where: { ...denied, permission: 'roles:assign' } })).toBe(1);
  });

  it('requires members:read for the filter and the progress', async () => {
    const assigner = await aUser(harness);
    const made = await owner.call('POST', `${tenant.path}/roles`, { name: 'Assigner', permissions: ['roles:assign'] });
    const memberId = await aMember(harness, tenant, assigner, 'member');
    await owner.call('PATCH', `${tenant.path}/members/${memberId}`, { roles: [{ roleId: made.body.id }] });
    const denied = { status: 403, body: { permission: 'members:read' } };
    const body = { filter: { q: owner.email }, add: [made.body.id] };
    expect(await assigner.call('POST', path, body)).toMatchObject(denied);
    expect(await assigner.call('POST', `${path}?dryRun=true`, body)).toMatchObject(denied);
    const { body: job } = await owner.call('POST', path, { memberIds: [memberId], add: [made.body.id] });
    expect(await assigner.call('GET', `${path}/${job.id}`)).toMatchObject(denied);
  });
});

it('a bulk role change waits while other changes take longer than a request may wait', async () => {
  const member = await aMember(harness, tenant, await aUser(harness), 'member');
  const requested = await owner.call('POST', path, { memberIds: [member], add: [role('auditor')] });
  expect(requested.body.id).toBeDefined();
  await harness.services.tenantQueue.run(tenant.id, () => new Promise((resume) => setTimeout(resume, 5_000)));
  expect(await progressTo(owner, requested.body.id)).toMatchObject({ status: 'done', error: null });
});

describe('preview of roles with dates', () => {
  const start = new Date(Date.now() + 5 * 86_400_000).toISOString();
  const end = new Date(Date.now() + 9 * 86_400_000).toISOString();
  const later = new Date(Date.now() + 20 * 86_400_000).toISOString();
  const code = 'audit:read';
  const preview = async (memberId: string, roles: object[]) => {
    const { body } = await owner.call('PATCH', `${tenant.path}/members/${memberId}?dryRun=true`, { roles });
    const about = (counts: { code: string; count: number }[]) =>
      counts.filter((each) => each.code === code).map(({ count }) => count);
    return {
      affected: body.affected,
      now: [about(body.gains), about(body.loses)],
      later: body.later.map(({ at, ...step }: { at: string } & Record<string, { code: string; count: number }[]>) => [
        at,
        ...Object.entries(step).flatMap(([verb, counts]) => (about(counts).length > 0 ? [verb] : [])),
      ]),
    };
  };

  it('states what ends, starts, goes on and no longer starts, with the dates', async () => {
    const memberId = await aMember(harness, tenant, await aUser(harness), 'member');
    const [base, auditor] = [{ roleId: role('member') }, role('auditor')];
    const hold = (roles: object[]) => owner.call('PATCH', `${tenant.path}/members/${memberId}`, { roles });

    const untilEnd = [base, { roleId: auditor, validUntil: end }];
    expect(await preview(memberId, untilEnd)).toEqual({ affected: 1, now: [[1], []], later: [[end, 'loses']] });
    const fromStart = [base, { roleId: auditor, validFrom: start }];
    expect(await preview(memberId, fromStart)).toEqual({ affected: 1, now: [[], []], later: [[start, 'gains']] });

    await hold(untilEnd);
    expect(await preview(memberId, untilEnd)).toEqual({ affected: 0, now: [[], []], later: [] });
    expect(await preview(memberId, [base, { roleId: auditor, validUntil: later }])).toEqual({
      affected: 1,
      now: [[], []],
      later: [
        [end, 'keeps'],
        [later, 'loses'],
      ],
    });
    expect(await preview(memberId, [base])).toEqual({ affected: 1, now: [[], [1]], later: [] });

    await hold([base]);
    await hold(fromStart);
    expect(await preview(memberId, [base])).toEqual({ affected: 1, now: [[], []], later: [[start, 'forgoes']] });
  });
});
