import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { holds, readAccess } from '../../access/actor.ts';
import { PLATFORM_TENANT_ID } from '../../access/permissions.ts';
import { insertAudit } from '../../audit/record.ts';
import { tenantRead, tenantTx } from '../../db/tenant-tx.ts';
import { readOracle } from '../../testing/access-oracle.ts';
import { aStaffMember, aUser, type TestUser } from '../../testing/builders.ts';
import { type Harness, startHarness } from '../../testing/harness.ts';
import { type RoleGraphs, someRoleGraphs } from '../../testing/role-graphs.ts';
import type { AccessExplanation, AccessHolder } from './schema.ts';

interface Triple {
  user: TestUser;
  code: string;
  tenantId: string;
}

const LEAST_APPLIED = 120;
const SLOW = 180_000;

let harness: Harness;
let graphs: RoleGraphs;
let boss: TestUser;
let triples: Triple[];

beforeAll(async () => {
  harness = await startHarness();
  boss = await aUser(harness);
  await aStaffMember(harness, boss, 'owner');
  graphs = await someRoleGraphs(harness, 'agreement', boss);
  const { random, users, codes, tenantIds } = graphs;
  const asked = [...codes, ...codes, 'members:read', 'access:explain', 'tenants:read', 'nobody:knows'];
  triples = Array.from({ length: 1_000 }, () => ({
    user: random.pick(users),
    code: random.pick(asked),
    tenantId: random.pick([...tenantIds, PLATFORM_TENANT_ID]),
  }));
});
afterAll(() => harness.close());

const pathOf = (tenantId: string) => `/api/admin/tenants/${tenantId}`;
const guardAllows = async ({ user, code, tenantId }: Triple) =>
  holds(await tenantRead(harness.services.db.server, { tenantId, userId: user.id }, readAccess), code);
async function explain({ user, code, tenantId }: Triple): Promise<AccessExplanation> {
  const answer = await boss.call('GET', `${pathOf(tenantId)}/access/explain?userId=${user.id}&permission=${code}`);
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
  return answer.body;
}
async function holders(code: string, tenantId: string): Promise<AccessHolder[]> {
  const answer = await boss.call('GET', `${pathOf(tenantId)}/access/holders?permission=${code}&limit=100`);
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
  return answer.body.data;
}
const sorted = (list: Iterable<string>) => [...new Set(list)].sort();
const inBatches = async <T>(list: T[], work: (item: T) => Promise<void>) => {
  for (let start = 0; start < list.length; start += 8) await Promise.all(list.slice(start, start + 8).map(work));
};

describe('1,000 random questions over generated role graphs', { timeout: SLOW }, () => {
  it('get one answer from the rows, the guard and its explanation, through the same roles', async () => {
    const oracle = await readOracle(harness);
    let allowed = 0;
    let longest = 0;
    await inBatches(triples, async (triple) => {
      const { user, code, tenantId } = triple;
      const expected = oracle.allows(user.id, code, tenantId);
      const say = JSON.stringify({ user: user.name, code, tenantId });
      const told = await explain(triple);
      expect(await guardAllows(triple), say).toBe(expected);
      expect(told.allowed, say).toBe(expected);
      expect(told.missing === null && told.grants.length === 0, say).toBe(expected);
      const through = (via: string) => sorted(told.paths.flatMap((path) => (path.via === via ? [path.role.id] : [])));
      const isPlatform = tenantId === PLATFORM_TENANT_ID;
      expect(through('tenant'), say).toEqual(sorted(oracle.own(user.id, code, tenantId)));
      expect(through('platform'), say).toEqual(isPlatform ? [] : sorted(oracle.platform(user.id, code)));
      for (const { role, inheritedThrough } of told.paths) {
        const chain = role.isOwner ? [] : oracle.chain(role.id, code);
        expect(
          inheritedThrough.map(({ id }) => id),
          say,
        ).toEqual(chain.length > 1 ? chain : []);
        longest = Math.max(longest, chain.length);
      }
      allowed += Number(expected);
    });
    expect(allowed).toBeGreaterThan(150);
    expect(allowed).toBeLessThan(850);
    expect(longest).toBeGreaterThan(5);
  });

  it('are answered backwards alike: who may do it here', async () => {
    const oracle = await readOracle(harness);
    const questions = [...new Set(triples.map(({ code, tenantId }) => `${code} ${tenantId}`))];
    const memberships = await harness.services.db.platform.membership.findMany({ where: { status: { not: 'left' } } });
    await inBatches(questions, async (question) => {
      const [code = '', tenantId = ''] = question.split(' ');
      const rows = await holders(code, tenantId);
      const members = memberships.filter((member) => member.tenantId === tenantId).map((member) => member.userId);
      const expected = members.filter((userId) => oracle.allows(userId, code, tenantId));
      expect(sorted(rows.flatMap(({ user }) => (user ? [user.id] : []))), question).toEqual(sorted(expected));
      for (const { user, roles } of rows) {
        if (!user) continue;
        const giving = [...oracle.own(user.id, code, tenantId), ...oracle.platform(user.id, code)];
        expect(sorted(roles.map(({ id }) => id)), question).toEqual(sorted(giving));
      }
      const staff = memberships.filter((member) => member.tenantId === PLATFORM_TENANT_ID);
      const platformRoles = staff.flatMap(({ userId }) => oracle.platform(userId, code));
      const nameless = rows.filter(({ user }) => user === null).flatMap(({ roles }) => roles.map(({ id }) => id));
      expect(sorted(nameless), question).toEqual(tenantId === PLATFORM_TENANT_ID ? [] : sorted(platformRoles));
    });
  });
});

describe('what a refusal proposes', { timeout: SLOW }, () => {
  it('turns it into an allow, done by somebody it names', async () => {
    const done: Record<string, number> = {};
    let byMembers = 0;
    for (const triple of triples) {
      if (triple.tenantId === PLATFORM_TENANT_ID) continue;
      let told = await explain(triple);
      for (let step = 0; !told.allowed && told.grants.length > 0; step++) {
        const [grant] = told.grants;
        if (!grant || step > 3) throw new Error(`no end in sight: ${JSON.stringify(told)}`);
        const giver = graphs.users.find(({ id }) => told.givers.some((person) => person.id === id));
        await perform(grant, triple, giver ?? boss);
        done[grant.kind] = (done[grant.kind] ?? 0) + 1;
        byMembers += Number(giver !== undefined);
        const after = await explain(triple);
        // What a banned person holds as staff is nobody's to know before the ban is lifted.
        if (grant.kind !== 'lift_ban' || grant.isEnough) {
          expect({ grant, allowed: after.allowed }).toEqual({ grant, allowed: grant.isEnough });
        }
        expect(await guardAllows(triple)).toBe(after.allowed);
        told = after;
      }
      if (Object.values(done).reduce((sum, count) => sum + count, 0) > LEAST_APPLIED) break;
    }
    const kinds = ['assign_role', 'invite', 'lift_ban', 'reactivate_member', 'reactivate_tenant', 'renew_role'];
    expect(Object.keys(done).sort()).toEqual(kinds);
    expect(byMembers).toBeGreaterThan(LEAST_APPLIED / 4);
  });
});

type Grant = AccessExplanation['grants'][number];

/** Does what was proposed through the API, as `by`. */
async function perform(grant: Grant, { user, tenantId }: Triple, by: TestUser): Promise<void> {
  const expectOk = async (answer: ReturnType<TestUser['call']>) => {
    const { status, body } = await answer;
    expect(status, JSON.stringify({ grant, by: by.name, body })).toBeLessThan(300);
    return body;
  };
  if (grant.kind === 'lift_ban') return liftBan(user.id);
  if (grant.kind === 'reactivate_tenant') {
    await expectOk(by.call('PATCH', pathOf(tenantId), { status: 'active' }));
    return;
  }
  if (grant.kind === 'invite') {
    const made = await expectOk(
      by.call('POST', `${pathOf(tenantId)}/invitations`, { email: user.email, roleIds: [grant.role.id] }),
    );
    await expectOk(user.call('POST', `/api/invitations/${made.token}/accept`, {}));
    return;
  }
  const { data } = await expectOk(
    boss.call('GET', `${pathOf(tenantId)}/members?userId=${encodeURIComponent(user.id)}`),
  );
  const member = data[0];
  if (grant.kind === 'reactivate_member') {
    await expectOk(by.call('PATCH', `${pathOf(tenantId)}/members/${member.id}`, { status: 'active' }));
    return;
  }
  type Held = { id: string; isPrimary: boolean; validUntil: string | null };
  const kept = (member.roles as Held[]).filter(({ id }) => id !== grant.role.id);
  const validUntil = new Date(Date.now() + 86_400_000 * 300).toISOString();
  const roles = [
    ...kept.map(({ id, isPrimary, validUntil: until }) => ({ roleId: id, isPrimary, validUntil: until })),
    { roleId: grant.role.id, isPrimary: false, validUntil },
  ];
  await expectOk(by.call('PATCH', `${pathOf(tenantId)}/members/${member.id}`, { roles }));
}

/** Bans are the identity provider's; here it takes one back. */
const liftBan = (userId: string) =>
  tenantTx(harness.services.db.sync, { tenantId: PLATFORM_TENANT_ID, userId: null }, async (tx) => {
    await tx.user.update({ where: { id: userId }, data: { banned: false } });
    await insertAudit(tx, {
      tenantId: PLATFORM_TENANT_ID,
      actor: { type: 'system', id: 'test', sessionId: null },
      origin: { requestId: 'test', ip: null, userAgent: null },
      action: 'user.updated',
      category: 'identity',
    });
  });
