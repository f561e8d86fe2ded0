import { v7 as uuid } from 'uuid';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { aStaffMember, type TestUser } from '../fixtures/builders.ts';
import { type Harness, startHarness } from '../fixtures/harness.ts';
import { knob } from '../knobs.ts';
import { type AttackCase, performRandomAction } from './attacker.ts';
import { heldGrantsOf, isCovered } from './blast-radius.ts';
import {
  createEscalationFixture,
  createUsers,
  type EscalationFixture,
  graphViolations,
  type RandomSource,
  randomSource,
  TENANT_CODES,
} from './escalation-fixture.ts';

const CHAINS = knob('TEST_CHAINS');
const CONCURRENCY = knob('TEST_CHAINS_CONCURRENCY');
const MAX_ACTIONS = 6;
const SEED = knob('TEST_CHAINS_SEED');
const MAX_ROLES = 16;
const DAY_MS = 86_400_000;

interface ChainFixture {
  fixture: EscalationFixture;
  invitee: TestUser;
  /** A permission of the host app that is retired and restored during the chains. */
  code: string;
}

let harness: Harness;
let staff: TestUser;
let chainFixtures: ChainFixture[];

beforeAll(async () => {
  harness = await startHarness();
  const [first, ...users] = await createUsers(harness, 6);
  staff = first as TestUser;
  await aStaffMember(harness, staff, 'owner');
  const invitees = await createUsers(harness, CONCURRENCY);
  chainFixtures = [];
  for (const invitee of invitees) {
    const code = `chain-${uuid().slice(-8)}:act`;
    await staff.call('POST', '/api/admin/permissions', { code, description: code });
    chainFixtures.push({ fixture: await createEscalationFixture(harness, users), invitee, code });
  }
});
afterAll(() => harness.close());

const { below, happens, pick, some } = randomSource(`${SEED} setup`);

/** Lets the owner create or delete roles, so that the tenant has enough and not too many. Returns assignable ones. */
async function prepareRoles({ fixture, code }: ChainFixture): Promise<string[]> {
  const { owner, tenant } = fixture;
  const customRoles = async () => (await fixture.roles()).filter(({ isSystem }) => !isSystem);
  let custom = await customRoles();
  for (; custom.length < 6; custom = await customRoles()) {
    const parentRoleId = happens(0.4) && custom[0] ? pick(custom).id : null;
    const permissions = [...some(TENANT_CODES, 14), ...(happens(0.4) ? [code] : [])];
    const term = { attribute: 'resource.amount', operator: 'atMost', value: 50 };
    const conditions = Object.fromEntries(permissions.filter(() => happens(0.2)).map((each) => [each, [term]]));
    const body = { name: `Setup ${below(1e9)}`, permissions, conditions, parentRoleId };
    const response = await owner.call('POST', `${tenant.path}/roles`, body);
    if (response.body.code === 'validation_failed') await toggleRetired(code);
  }
  for (const role of custom.slice(MAX_ROLES)) {
    await owner.call('DELETE', `${tenant.path}/roles/${role.id}?remapTo=${tenant.roleId('member')}`);
  }
  return [...custom.slice(0, MAX_ROLES).map(({ id }) => id), tenant.roleId('admin'), tenant.roleId('auditor')];
}

/** Retires or restores the permission. */
async function toggleRetired(code: string): Promise<void> {
  const path = `/api/admin/permissions/${code}`;
  const { retiredAt } = (await staff.call('GET', path)).body;
  const { members } = (await staff.call('GET', `${path}/usage`)).body;
  await staff.call('PATCH', path, retiredAt ? { retired: false } : { retired: true, expectedAffectedMembers: members });
}

/** Lets the owner assign random roles to the actor, permanently or temporarily. */
async function assignRandomRoles(
  { owner, tenant }: EscalationFixture,
  actor: EscalationFixture['owner'],
  roleIds: readonly string[],
  random: RandomSource,
) {
  const roles = [...new Set([random.pick(roleIds), random.pick(roleIds), random.pick(roleIds)])].map((roleId) => ({
    roleId,
    ...(random.happens(0.3) ? { validUntil: new Date(Date.now() + DAY_MS / 2).toISOString() } : {}),
  }));
  const response = await owner.call('PATCH', `${tenant.path}/members/${actor.memberId}`, { status: 'active', roles });
  expect(response.status, JSON.stringify(response.body)).toBe(200);
}

/** Runs one chain of calls by the actor and the controlled users, starting from what earlier chains left. */
async function chain(chainFixture: ChainFixture, number: number) {
  const { fixture, invitee, code } = chainFixture;
  const { owner, tenant } = fixture;
  const random = randomSource(`${SEED} ${number}`);
  const [actor, controlledUser] = [random.pick(fixture.others.slice(0, 2)), random.pick(fixture.others.slice(2))];
  if (random.happens(0.6) || number < CONCURRENCY * 2)
    await assignRandomRoles(fixture, actor, await prepareRoles(chainFixture), random);
  const controlledUsers = [actor, controlledUser];
  const held = await heldGrantsOf(harness, tenant.id, controlledUsers);
  const attackCase: AttackCase = {
    fixture,
    random,
    controlledUsers,
    invitee,
    initialGrants: held,
    codes: [...TENANT_CODES, code],
    toggle: () => toggleRetired(code),
    roles: await fixture.roles(),
    invitationIds: [],
  };
  const results = [];
  const length = 1 + random.below(MAX_ACTIONS);
  while (results.length < length) results.push(...(await performRandomAction(attackCase)));

  const description = `seed ${SEED}, chain ${number}: ${JSON.stringify(results.map(({ status, description }) => `${status} ${description}`))}`;
  expect(
    results.filter(({ status }) => status >= 500),
    description,
  ).toEqual([]);
  // A chain of denied calls changes nothing.
  if (results.some(({ status }) => status < 300)) {
    const finalGrants = await heldGrantsOf(harness, tenant.id, [actor, controlledUser, invitee]);
    expect(
      finalGrants.filter((grant) => !isCovered(grant, held)),
      description,
    ).toEqual([]);
    expect(await fixture.owners(), description).toBeGreaterThan(0);
    expect(graphViolations(await fixture.roles()), description).toEqual([]);
  }
  const joined = controlledUsers.find(({ id }) => id === invitee.id);
  if (joined) await owner.call('DELETE', `${tenant.path}/members/${joined.memberId}`);
  for (const id of attackCase.invitationIds) await owner.call('POST', `${tenant.path}/invitations/${id}/revoke`, {});
  return results;
}

it(`grants no user what they lacked and keeps an owner in ${CHAINS} chains of calls`, async () => {
  let next = 0;
  const statuses = new Map<number, number>();
  const run = async (chainFixture: ChainFixture) => {
    while (next < CHAINS) {
      for (const { status } of await chain(chainFixture, next++)) statuses.set(status, (statuses.get(status) ?? 0) + 1);
    }
  };
  const start = performance.now();
  await Promise.all(chainFixtures.map(run));
  const perSecond = CHAINS / ((performance.now() - start) / 1_000);
  const succeeded = [...statuses].reduce((sum, [status, count]) => sum + (status > 0 && status < 300 ? count : 0), 0);
  // Chains in which no call succeeds would prove nothing.
  expect(succeeded, JSON.stringify([...statuses])).toBeGreaterThan(CHAINS / 2);
  expect(statuses.get(403)).toBeGreaterThan(CHAINS / 4);
  process.stdout.write(`${perSecond.toFixed(1)} chains a second, ${JSON.stringify([...statuses])}\n`);
}, 36_000_000);
