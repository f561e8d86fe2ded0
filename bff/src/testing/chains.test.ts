import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Arena, anArena, chance, faultsOf, somePeople, TENANT_CODES } from './arena.ts';
import { type Attack, strike } from './attacker.ts';
import type { TestUser } from './builders.ts';
import { type Harness, startHarness } from './harness.ts';

const CHAINS = Number(process.env.CHAINS ?? 200);
const AT_ONCE = 3;
const LONGEST = 6;
const SEED = process.env.CHAIN_SEED ?? 'chains';
const MOST_ROLES = 16;

let harness: Harness;
let grounds: { arena: Arena; newcomer: TestUser }[];

beforeAll(async () => {
  harness = await startHarness();
  grounds = [];
  const people = await somePeople(harness, 5);
  const newcomers = await somePeople(harness, AT_ONCE);
  for (const newcomer of newcomers) grounds.push({ arena: await anArena(harness, people), newcomer });
});
afterAll(() => harness.close());

const { below, happens, pick, some } = chance(`${SEED} of the grounds`);

/** The owner keeps enough roles in the tenant, and not too many. */
async function tend({ owner, tenant, ...arena }: Arena): Promise<string[]> {
  const mine = async () => (await arena.roles()).filter(({ isSystem }) => !isSystem);
  let custom = await mine();
  for (; custom.length < 6; custom = await mine()) {
    const parentRoleId = happens(0.4) && custom[0] ? pick(custom).id : null;
    const body = { name: `Ground ${below(1e9)}`, permissions: some(TENANT_CODES, 14), parentRoleId };
    await owner.call('POST', `${tenant.path}/roles`, body);
  }
  for (const role of custom.slice(MOST_ROLES)) {
    await owner.call('DELETE', `${tenant.path}/roles/${role.id}?remapTo=${tenant.roleId('member')}`);
  }
  return [...custom.slice(0, MOST_ROLES).map(({ id }) => id), tenant.roleId('admin'), tenant.roleId('auditor')];
}

async function heldByAll(arena: Arena, people: readonly TestUser[]): Promise<string[]> {
  const held = await Promise.all(people.map((person) => arena.heldBy(person)));
  return [...new Set(held.flatMap((codes) => [...codes]))].sort();
}

/** One chain: the owner gives the actor some roles, then only the actor and who obeys them act. */
async function chain(ground: (typeof grounds)[number], number: number) {
  const { arena, newcomer } = ground;
  const { owner, tenant } = arena;
  const roleIds = await tend(arena);
  const lots = chance(`${SEED} ${number}`);
  const [actor, puppet] = [lots.pick(arena.others.slice(0, 2)), lots.pick(arena.others.slice(2))];
  const given = [...new Set([lots.pick(roleIds), lots.pick(roleIds), lots.pick(roleIds)])].map((roleId) => ({
    roleId,
  }));
  const armed = await owner.call('PATCH', `${tenant.path}/members/${actor.memberId}`, {
    status: 'active',
    roles: given,
  });
  expect(armed.status, JSON.stringify(armed.body)).toBe(200);
  const obeying = [actor, puppet];
  const held = await heldByAll(arena, obeying);
  const attack: Attack = { arena, chance: lots, obeying, newcomer, held, letters: [] };
  const replies = [];
  const length = 1 + lots.below(LONGEST);
  while (replies.length < length) replies.push(...(await strike(attack)));

  const story = `seed ${SEED}, chain ${number}: ${JSON.stringify(replies.map(({ status, what }) => `${status} ${what}`))}`;
  const holdNow = await heldByAll(arena, [actor, puppet, newcomer]);
  expect(
    holdNow.filter((code) => !held.includes(code)),
    story,
  ).toEqual([]);
  expect(await arena.owners(), story).toBeGreaterThan(0);
  expect(faultsOf(await arena.roles()), story).toEqual([]);
  expect(
    replies.filter(({ status }) => status >= 500),
    story,
  ).toEqual([]);

  const joined = obeying.find(({ id }) => id === newcomer.id);
  if (joined) await owner.call('DELETE', `${tenant.path}/members/${joined.memberId}`);
  for (const id of attack.letters) await owner.call('POST', `${tenant.path}/invitations/${id}/revoke`, {});
  return replies;
}

it(`${CHAINS} chains of calls give nobody what they lacked, take no last owner and close no circle`, async () => {
  let next = 0;
  const statuses = new Map<number, number>();
  const run = async (ground: (typeof grounds)[number]) => {
    while (next < CHAINS) {
      for (const { status } of await chain(ground, next++)) statuses.set(status, (statuses.get(status) ?? 0) + 1);
    }
  };
  await Promise.all(grounds.map(run));
  const succeeded = [...statuses].reduce((sum, [status, count]) => sum + (status < 300 ? count : 0), 0);
  // An attack that never gets through to anything would prove nothing.
  expect(succeeded, JSON.stringify([...statuses])).toBeGreaterThan(CHAINS / 2);
  expect(statuses.get(403)).toBeGreaterThan(CHAINS / 4);
}, 1_200_000);
