import { v7 as uuid } from 'uuid';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { aStaffMember, type TestUser } from '../fixtures/builders.ts';
import { type Harness, startHarness } from '../fixtures/harness.ts';
import { knob } from '../knobs.ts';
import { type Attack, strike } from './attacker.ts';
import { reachOf, wasHeld } from './blast-radius.ts';
import { type Arena, anArena, chance, faultsOf, somePeople, TENANT_CODES } from './escalation-fixture.ts';

const CHAINS = knob('TEST_CHAINS');
const AT_ONCE = knob('TEST_CHAINS_CONCURRENCY');
const LONGEST = 6;
const SEED = knob('TEST_CHAINS_SEED');
const MOST_ROLES = 16;
const DAY_MS = 86_400_000;

interface Ground {
  arena: Arena;
  newcomer: TestUser;
  /** Of the app's own, retired and brought back on the way. */
  code: string;
}

let harness: Harness;
let staff: TestUser;
let grounds: Ground[];

beforeAll(async () => {
  harness = await startHarness();
  const [first, ...people] = await somePeople(harness, 6);
  staff = first as TestUser;
  await aStaffMember(harness, staff, 'owner');
  const newcomers = await somePeople(harness, AT_ONCE);
  grounds = [];
  for (const newcomer of newcomers) {
    const code = `arena-${uuid().slice(-8)}:fight`;
    await staff.call('POST', '/api/admin/permissions', { code, description: code });
    grounds.push({ arena: await anArena(harness, people), newcomer, code });
  }
});
afterAll(() => harness.close());

const { below, happens, pick, some } = chance(`${SEED} of the grounds`);

/** The owner keeps enough roles in the tenant, and not too many. */
async function tend({ arena, code }: Ground): Promise<string[]> {
  const { owner, tenant } = arena;
  const mine = async () => (await arena.roles()).filter(({ isSystem }) => !isSystem);
  let custom = await mine();
  for (; custom.length < 6; custom = await mine()) {
    const parentRoleId = happens(0.4) && custom[0] ? pick(custom).id : null;
    const permissions = [...some(TENANT_CODES, 14), ...(happens(0.4) ? [code] : [])];
    const term = { attribute: 'resource.amount', operator: 'atMost', value: 50 };
    const conditions = Object.fromEntries(permissions.filter(() => happens(0.2)).map((each) => [each, [term]]));
    const made = { name: `Ground ${below(1e9)}`, permissions, conditions, parentRoleId };
    const answer = await owner.call('POST', `${tenant.path}/roles`, made);
    if (answer.body.code === 'validation_failed') await toggle(code);
  }
  for (const role of custom.slice(MOST_ROLES)) {
    await owner.call('DELETE', `${tenant.path}/roles/${role.id}?remapTo=${tenant.roleId('member')}`);
  }
  return [...custom.slice(0, MOST_ROLES).map(({ id }) => id), tenant.roleId('admin'), tenant.roleId('auditor')];
}

/** Retires the permission, from however many hold it, or brings it back. */
async function toggle(code: string): Promise<void> {
  const path = `/api/admin/permissions/${code}`;
  const { retiredAt } = (await staff.call('GET', path)).body;
  const { members } = (await staff.call('GET', `${path}/usage`)).body;
  await staff.call('PATCH', path, retiredAt ? { retired: false } : { retired: true, expectedAffectedMembers: members });
}

/** The owner gives the actor some roles, for good or for a while. */
async function arm({ owner, tenant }: Arena, actor: Arena['owner'], roleIds: readonly string[], lots: typeof lotsOf) {
  const roles = [...new Set([lots.pick(roleIds), lots.pick(roleIds), lots.pick(roleIds)])].map((roleId) => ({
    roleId,
    ...(lots.happens(0.3) ? { validUntil: new Date(Date.now() + DAY_MS / 2).toISOString() } : {}),
  }));
  const armed = await owner.call('PATCH', `${tenant.path}/members/${actor.memberId}`, { status: 'active', roles });
  expect(armed.status, JSON.stringify(armed.body)).toBe(200);
}
const lotsOf = chance(SEED);

/** One chain: only the actor and who obeys them act, with whatever the owner, or earlier chains, left them. */
async function chain(ground: Ground, number: number) {
  const { arena, newcomer, code } = ground;
  const { owner, tenant } = arena;
  const lots = chance(`${SEED} ${number}`);
  const [actor, puppet] = [lots.pick(arena.others.slice(0, 2)), lots.pick(arena.others.slice(2))];
  if (lots.happens(0.6) || number < AT_ONCE * 2) await arm(arena, actor, await tend(ground), lots);
  const obeying = [actor, puppet];
  const held = await reachOf(harness, tenant.id, obeying);
  const attack: Attack = {
    ...{ arena, chance: lots, obeying, newcomer, held, letters: [], roles: await arena.roles() },
    ...{ codes: [...TENANT_CODES, code], toggle: () => toggle(code) },
  };
  const replies = [];
  const length = 1 + lots.below(LONGEST);
  while (replies.length < length) replies.push(...(await strike(attack)));

  const story = `seed ${SEED}, chain ${number}: ${JSON.stringify(replies.map(({ status, what }) => `${status} ${what}`))}`;
  expect(
    replies.filter(({ status }) => status >= 500),
    story,
  ).toEqual([]);
  // What was refused all along has changed nothing.
  if (replies.some(({ status }) => status < 300)) {
    const holdNow = await reachOf(harness, tenant.id, [actor, puppet, newcomer]);
    expect(
      holdNow.filter((reach) => !wasHeld(reach, held)),
      story,
    ).toEqual([]);
    expect(await arena.owners(), story).toBeGreaterThan(0);
    expect(faultsOf(await arena.roles()), story).toEqual([]);
  }
  const joined = obeying.find(({ id }) => id === newcomer.id);
  if (joined) await owner.call('DELETE', `${tenant.path}/members/${joined.memberId}`);
  for (const id of attack.letters) await owner.call('POST', `${tenant.path}/invitations/${id}/revoke`, {});
  return replies;
}

it(`${CHAINS} chains of calls give nobody what they lacked, take no last owner and close no circle`, async () => {
  let next = 0;
  const statuses = new Map<number, number>();
  const run = async (ground: Ground) => {
    while (next < CHAINS) {
      for (const { status } of await chain(ground, next++)) statuses.set(status, (statuses.get(status) ?? 0) + 1);
    }
  };
  const start = performance.now();
  await Promise.all(grounds.map(run));
  const perSecond = CHAINS / ((performance.now() - start) / 1_000);
  const succeeded = [...statuses].reduce((sum, [status, count]) => sum + (status > 0 && status < 300 ? count : 0), 0);
  // An attack that never gets through to anything would prove nothing.
  expect(succeeded, JSON.stringify([...statuses])).toBeGreaterThan(CHAINS / 2);
  expect(statuses.get(403)).toBeGreaterThan(CHAINS / 4);
  process.stdout.write(`${perSecond.toFixed(1)} chains a second, ${JSON.stringify([...statuses])}\n`);
}, 36_000_000);
