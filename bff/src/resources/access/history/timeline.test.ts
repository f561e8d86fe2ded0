import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AccessExplanation } from '../../../access/explain/schema.ts';
import type { EffectiveAccess } from '../../../access/history/schema.ts';
import { inScope } from '../../../db/scope.ts';
import { aMember, aTenant, aUser, setBan, type TestTenant, type TestUser } from '../../../testing/fixtures/builders.ts';
import { type Harness, startHarness } from '../../../testing/fixtures/harness.ts';
import { ask, exactClock } from '../../../testing/property/history-actions.ts';
import type { AccessComparison } from './schema.ts';

let harness: Harness;
beforeAll(async () => {
  harness = await startHarness();
});
afterAll(() => harness.close());

const clock = () => exactClock(harness);

describe('the history of one role', () => {
  let owner: TestUser;
  let member: TestUser;
  let tenant: TestTenant;
  let memberId: string;
  let roleId: string;
  let events: string[];
  let gained: string;

  beforeAll(async () => {
    owner = await aUser(harness, { name: 'Olga Owner' });
    tenant = await aTenant(harness, { owner });
    member = await aUser(harness, { name: 'Mia Member' });
    memberId = await aMember(harness, tenant, member, 'member');
    const parent = await owner.call('POST', `${tenant.path}/roles`, { name: 'Above', permissions: ['audit:read'] });
    const body = { name: 'Below', permissions: [], parentRoleId: parent.body.id };
    roleId = (await owner.call('POST', `${tenant.path}/roles`, body)).body.id;
    await owner.call('PATCH', `${tenant.path}/members/${memberId}`, { roles: [{ roleId }] });
    gained = await clock();
    await owner.call('PATCH', `${tenant.path}/roles/${parent.body.id}`, {
      permissions: ['roles:create'],
      name: 'Renamed',
    });
    await owner.call('PATCH', `${tenant.path}/members/${memberId}`, { status: 'suspended' });
    const log = await owner.call('GET', `${tenant.path}/audit-logs?sort=createdAt&limit=100`);
    events = log.body.data
      .filter(({ action }: { action: string }) => !['tenant.created', 'member.joined'].includes(action))
      .map(({ id }: { id: string }) => id);
  });
  const explain = (asOf: string, permission = 'audit:read', asker = owner) =>
    ask<AccessExplanation>(asker, `${tenant.path}/access/explain`, { userId: member.id, permission, asOf });

  it('is explained with the names and versions of that time', async () => {
    const then = await explain(gained);
    expect(then).toMatchObject({ allowed: true, missing: null, grants: [], eligibleGrantors: [] });
    expect(then.paths).toMatchObject([
      { role: { id: roleId, name: 'Below', version: 1 }, isDirect: false, grantedBy: { name: 'Olga Owner' } },
    ]);
    expect(then.paths[0]?.inheritedThrough.map(({ name }) => name)).toEqual(['Below', 'Above']);
    expect((await explain(gained, 'roles:create')).missing).toEqual({ reason: 'no_role_grants' });
    expect((await explain(await clock())).missing).toEqual({ reason: 'membership_suspended' });
  });

  it('is compared before and after each event', async () => {
    const path = `${tenant.path}/access`;
    const held = async (asOf: string) =>
      (await ask<EffectiveAccess>(owner, `${path}/effective`, { userId: member.id, asOf })).permissions.map(
        ({ code }) => code,
      );
    const changes: string[] = [];
    for (const auditLogId of events) {
      const instants = await ask<{ before: string; after: string; changedAccess: boolean }>(
        owner,
        `${path}/event-instants`,
        { auditLogId },
      );
      expect(instants.changedAccess).toBe(true);
      const [before, after] = [await held(instants.before), await held(instants.after)];
      const change = await ask<AccessComparison>(owner, `${path}/compare`, {
        from: instants.before,
        to: instants.after,
      });
      expect(change.events?.map(({ id }) => id)).toEqual([auditLogId]);
      const delta = change.data.find(({ user }) => user.id === member.id);
      expect(delta?.gains ?? []).toEqual(after.filter((code) => !before.includes(code)));
      expect(delta?.loses ?? []).toEqual(before.filter((code) => !after.includes(code)));
      changes.push(`+${delta?.gains.join() ?? ''} -${delta?.loses.join() ?? ''}`);
    }
    expect(changes.slice(-4)).toEqual([
      '+ -',
      '+audit:read -members:read,roles:read,tenant:read',
      '+roles:create -audit:read',
      '+ -roles:create',
    ]);
    const timeline = await ask<{
      assignments: { role: { name: string }; until: string | null }[];
      interruptions: object[];
    }>(owner, `${path}/timeline`, { userId: member.id });
    expect(timeline.assignments.map(({ role, until }) => [role.name, until === null])).toEqual([
      ['Member', false],
      ['Below', true],
    ]);
    expect(timeline.interruptions).toMatchObject([{ reason: 'suspended', until: null }]);
  });

  it('needs the permission and an instant in the past of the tenant', async () => {
    const get = (asker: TestUser, query: string) => asker.call('GET', `${tenant.path}/access/${query}`);
    const self = `explain?userId=${owner.id}&permission=audit:read&asOf=`;
    const early = await get(owner, `${self}2001-01-01T00:00:00%2B02:00`);
    expect([early.status, early.body.errors]).toEqual([422, { asOf: ['before_the_tenant'] }]);
    const late = await get(owner, `${self}2101-01-01T00:00:00Z`);
    expect([late.status, late.body.errors]).toEqual([422, { asOf: ['in_the_future'] }]);
    expect((await get(owner, `${self}yesterday`)).status).toBe(400);
    const plainMember = await aUser(harness);
    await aMember(harness, tenant, plainMember, 'member');
    const own = await get(plainMember, `explain?userId=${plainMember.id}&permission=audit:read&asOf=${gained}`);
    expect([own.status, own.body.permission]).toEqual([403, 'access:explain']);
    const past = await get(plainMember, `effective?userId=${plainMember.id}&asOf=${gained}`);
    expect([past.status, past.body.permission]).toEqual([403, 'access:explain']);
    const backwards = await get(owner, `compare?from=${await clock()}&to=${gained}`);
    expect(backwards.body.errors).toEqual({ from: ['after_to'] });
  });

  it('shows members their own access of today, and who can give more', async () => {
    const mona = await aUser(harness, { name: 'Mona Member' });
    await aMember(harness, tenant, mona, 'member');
    const own = await mona.call('GET', `${tenant.path}/access/effective?userId=${mona.id}`);
    expect(own.body).toMatchObject({ blocked: null, eligibleGrantors: [{ id: owner.id, name: 'Olga Owner' }] });
    expect(own.body.permissions.map(({ code }: { code: string }) => code)).toContain('members:read');
    const { assignments } = (await mona.call('GET', `${tenant.path}/access/timeline?userId=${mona.id}`)).body;
    expect(assignments).toMatchObject([{ role: { key: 'member' }, until: null }]);
    for (const view of ['effective', 'timeline'])
      expect((await mona.call('GET', `${tenant.path}/access/${view}?userId=${owner.id}`)).status).toBe(403);
  });

  it('reports a blocked account as an external change', async () => {
    const bea = await aUser(harness, { name: 'Bea Blocked' });
    await aMember(harness, tenant, bea, 'member');
    const before = await clock();
    await setBan(harness, bea.id, true);
    const after = await clock();
    const path = `${tenant.path}/access`;
    const at = (asOf: string) => ask<EffectiveAccess>(owner, `${path}/effective`, { userId: bea.id, asOf });
    expect(await at(before)).toMatchObject({ blocked: null, permissions: [{ code: 'members:read' }, {}, {}] });
    expect(await at(after)).toMatchObject({ blocked: 'user_banned', permissions: [] });
    const compared = await ask<AccessComparison>(owner, `${path}/compare`, { from: before, to: after });
    expect(compared.externalChanges).toContainEqual(expect.objectContaining({ type: 'user_blocked', id: bea.id }));
    expect(compared.data).toMatchObject([{ user: { id: bea.id }, gains: [] }]);
  });

  it('is append-only for the logins of the server', async () => {
    const { server } = harness.services.db;
    const attempts = [
      () => server.$executeRaw`UPDATE access_history SET at = at - interval '1 day'`,
      () => server.$executeRaw`DELETE FROM access_history`,
      () => server.$executeRaw`INSERT INTO access_history (tenant_id, kind, entity_id, at, state)
        VALUES (${tenant.id}::uuid, 'membership', ${memberId}, clock_timestamp(), '{"status": "active"}')`,
    ];
    for (const attempt of attempts) {
      await expect(inScope({ tenantId: tenant.id, userId: null }, attempt)).rejects.toThrow(/permission denied/);
    }
  });
});
