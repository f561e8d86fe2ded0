import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inScope } from '../../db/scope.ts';
import {
  aMember,
  aStaffMember,
  aTenant,
  aUser,
  setBan,
  type TestTenant,
  type TestUser,
} from '../../testing/builders.ts';
import { type Harness, startHarness } from '../../testing/harness.ts';
import { aMovingWorld, MOVES, type MovingWorld } from '../../testing/past-moves.ts';
import type { AccessComparison, EffectiveAccess } from './past-schema.ts';
import type { AccessExplanation, AccessHolder } from './schema.ts';

let harness: Harness;
beforeAll(async () => {
  harness = await startHarness();
});
afterAll(() => harness.close());

const clock = async () => {
  const { platform } = harness.services.db;
  const [row] = await platform.$queryRaw<{ now: string }[]>`
    SELECT to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS now`;
  return row?.now ?? '';
};
async function ask<T>(asker: TestUser, path: string, query: Record<string, string>): Promise<T> {
  const answer = await asker.call('GET', `${path}?${new URLSearchParams(query)}`);
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
  return answer.body;
}

describe('a story of one role', () => {
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

  it('is explained as it was, with the names and versions of then', async () => {
    const then = await explain(gained);
    expect(then).toMatchObject({ allowed: true, missing: null, grants: [], givers: [] });
    expect(then.paths).toMatchObject([
      { role: { id: roleId, name: 'Below', version: 1 }, isDirect: false, grantedBy: { name: 'Olga Owner' } },
    ]);
    expect(then.paths[0]?.inheritedThrough.map(({ name }) => name)).toEqual(['Below', 'Above']);
    expect((await explain(gained, 'roles:create')).missing).toEqual({ reason: 'no_role_grants' });
    expect((await explain(await clock())).missing).toEqual({ reason: 'membership_suspended' });
  });

  it('is told event by event: just before each, and just after', async () => {
    const path = `${tenant.path}/access`;
    const held = async (asOf: string) =>
      (await ask<EffectiveAccess>(owner, `${path}/effective`, { userId: member.id, asOf })).permissions.map(
        ({ code }) => code,
      );
    const story: string[] = [];
    for (const auditLogId of events) {
      const moments = await ask<{ before: string; after: string; changedAccess: boolean }>(
        owner,
        `${path}/event-moments`,
        { auditLogId },
      );
      expect(moments.changedAccess).toBe(true);
      const [before, after] = [await held(moments.before), await held(moments.after)];
      const change = await ask<AccessComparison>(owner, `${path}/compare`, { from: moments.before, to: moments.after });
      expect(change.events?.map(({ id }) => id)).toEqual([auditLogId]);
      const mover = change.data.find(({ user }) => user.id === member.id);
      expect(mover?.gains ?? []).toEqual(after.filter((code) => !before.includes(code)));
      expect(mover?.loses ?? []).toEqual(before.filter((code) => !after.includes(code)));
      story.push(`+${mover?.gains.join() ?? ''} -${mover?.loses.join() ?? ''}`);
    }
    expect(story.slice(-4)).toEqual([
      '+ -',
      '+audit:read -members:read,roles:read,tenant:read',
      '+roles:create -audit:read',
      '+ -roles:create',
    ]);
    const timeline = await ask<{ bars: { role: { name: string }; until: string | null }[]; pauses: object[] }>(
      owner,
      `${path}/timeline`,
      { userId: member.id },
    );
    expect(timeline.bars.map(({ role, until }) => [role.name, until === null])).toEqual([
      ['Member', false],
      ['Below', true],
    ]);
    expect(timeline.pauses).toMatchObject([{ reason: 'suspended', until: null }]);
  });

  it('is asked only by who may ask about today, about moments that were', async () => {
    const get = (asker: TestUser, query: string) => asker.call('GET', `${tenant.path}/access/${query}`);
    const self = `explain?userId=${owner.id}&permission=audit:read&asOf=`;
    const early = await get(owner, `${self}2001-01-01T00:00:00%2B02:00`);
    expect([early.status, early.body.errors]).toEqual([422, { asOf: ['before_the_tenant'] }]);
    const late = await get(owner, `${self}2101-01-01T00:00:00Z`);
    expect([late.status, late.body.errors]).toEqual([422, { asOf: ['in_the_future'] }]);
    expect((await get(owner, `${self}yesterday`)).status).toBe(400);
    const curious = await aUser(harness);
    await aMember(harness, tenant, curious, 'member');
    const own = await get(curious, `explain?userId=${curious.id}&permission=audit:read&asOf=${gained}`);
    expect([own.status, own.body.permission]).toEqual([403, 'access:explain']);
    const backwards = await get(owner, `compare?from=${await clock()}&to=${gained}`);
    expect(backwards.body.errors).toEqual({ from: ['after_to'] });
  });

  it('knows whose account was blocked, and tells it as something that happened elsewhere', async () => {
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
    expect(compared.elsewhere).toContainEqual(expect.objectContaining({ what: 'user_blocked', id: bea.id }));
    expect(compared.data).toMatchObject([{ user: { id: bea.id }, gains: [] }]);
  });

  it('only grows, and no login of the server may write it', async () => {
    const { server } = harness.services.db;
    const attempts = [
      () => server.$executeRaw`UPDATE access_state SET at = at - interval '1 day'`,
      () => server.$executeRaw`DELETE FROM access_state`,
      () => server.$executeRaw`INSERT INTO access_state (tenant_id, kind, entity_id, at, state)
        VALUES (${tenant.id}::uuid, 'membership', ${memberId}, clock_timestamp(), '{"status": "active"}')`,
    ];
    for (const attempt of attempts) {
      await expect(inScope({ tenantId: tenant.id, userId: null }, attempt)).rejects.toThrow(/permission denied/);
    }
  });
});

describe('every question about a moment', { timeout: 180_000 }, () => {
  let world: MovingWorld;
  const moments: string[] = [];

  beforeAll(async () => {
    world = await aMovingWorld(harness, 'questions');
    const names = Object.keys(MOVES).filter((name) => name !== 'suspendTenant');
    for (let step = 0; step < 50; step++) {
      await MOVES[step < 6 ? 'createRole' : step < 14 ? 'join' : step % 3 ? 'giveRoles' : world.random.pick(names)]?.(
        world,
      );
      if (step > 18 && step % 5 === 0) moments.push(await clock());
    }
  });

  it('gets one answer: effective, explained, backwards, by role, and compared', async () => {
    const { boss, people, codes, tenants } = world;
    const support = await aUser(harness);
    await aStaffMember(harness, support, 'support');
    let allowed = 0;
    let changed = 0;
    for (const { path } of tenants) {
      const held: Map<string, string[]>[] = [];
      for (const asOf of moments) {
        const effective = new Map<string, string[]>();
        const byRole = new Map<string, Set<string>>();
        for (const { id } of people) {
          const answer = await ask<EffectiveAccess>(boss, `${path}/access/effective`, { userId: id, asOf });
          effective.set(
            id,
            answer.permissions.map(({ code }) => code).filter((code) => codes.includes(code)),
          );
          for (const way of answer.permissions.flatMap(({ paths }) => paths)) {
            if (way.via === 'tenant') byRole.set(way.role.id, (byRole.get(way.role.id) ?? new Set()).add(id));
          }
          const code = codes[0] ?? '';
          const told = await ask<AccessExplanation>(support, `${path}/access/explain`, {
            userId: id,
            permission: code,
            asOf,
          });
          expect(told.allowed, `${asOf} ${id}`).toBe(effective.get(id)?.includes(code));
          const ways = answer.permissions.find((one) => one.code === code)?.paths ?? [];
          expect(told.paths.map(({ role }) => role.id)).toEqual(ways.map(({ role }) => role.id));
          allowed += Number(told.allowed);
        }
        for (const permission of codes.slice(0, 3)) {
          const { data } = await ask<{ data: AccessHolder[] }>(boss, `${path}/access/holders`, {
            permission,
            asOf,
            limit: '100',
          });
          const listed = people.filter(({ id }) => data.some(({ user }) => user?.id === id));
          const members = people.filter(({ id }) => effective.get(id)?.includes(permission));
          // Staff who are not members are not named.
          expect(members.map(({ id }) => id)).toEqual(expect.arrayContaining(listed.map(({ id }) => id)));
          for (const { id } of members) {
            if (![...byRole.values()].some((holders) => holders.has(id))) continue;
            expect(
              listed.some((person) => person.id === id) || data.some(({ user }) => user === null),
              `${asOf} ${permission}`,
            ).toBe(true);
          }
        }
        for (const [roleId, holders] of byRole) {
          const { data } = await ask<{ data: { user: { id: string } }[] }>(boss, `${path}/access/role-holders`, {
            roleId,
            asOf,
            limit: '100',
          });
          expect(data.map(({ user }) => user.id)).toEqual(expect.arrayContaining([...holders]));
        }
        held.push(effective);
      }
      for (let index = 1; index < moments.length; index++) {
        const [from = '', to = ''] = [moments[index - 1], moments[index]];
        const compared = await ask<AccessComparison>(boss, `${path}/access/compare`, { from, to, limit: '100' });
        for (const { user, gains, loses } of compared.data.filter(({ user }) =>
          people.some(({ id }) => id === user.id),
        )) {
          const [before = [], after = []] = [held[index - 1]?.get(user.id), held[index]?.get(user.id)];
          const ours = (list: string[]) => list.filter((code) => codes.includes(code));
          expect(ours(gains), `${from} ${to}`).toEqual(after.filter((code) => !before.includes(code)));
          expect(ours(loses), `${from} ${to}`).toEqual(before.filter((code) => !after.includes(code)));
          changed += 1;
        }
      }
    }
    expect(allowed).toBeGreaterThan(2);
    expect(changed).toBeGreaterThan(1);
  });
});
