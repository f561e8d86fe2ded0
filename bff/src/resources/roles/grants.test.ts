import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aMember, aTenant, aUser, type TestTenant, type TestUser } from '../../testing/fixtures/builders.ts';
import { type Harness, startHarness } from '../../testing/fixtures/harness.ts';

let harness: Harness;
let tenant: TestTenant;
let owner: TestUser;
let roles: string;

beforeAll(async () => {
  harness = await startHarness();
  owner = await aUser(harness);
  tenant = await aTenant(harness, { owner });
  roles = `${tenant.path}/roles`;
});
afterAll(() => harness.close());

let made = 0;
const create = async (by: TestUser, body: object) => by.call('POST', roles, { name: `Role ${made++}`, ...body });
const role = async (body: object): Promise<string> => {
  const answer = await create(owner, body);
  expect(answer.status, JSON.stringify(answer.body)).toBe(201);
  return answer.body.id;
};
const change = (by: TestUser, id: string, body: object) => by.call('PATCH', `${roles}/${id}`, body);
const assignRoles = (by: TestUser, memberId: string, wanted: object[]) =>
  by.call('PATCH', `${tenant.path}/members/${memberId}`, { roles: wanted });
const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString();

/** Creates a user who manages roles and members and has these roles too. */
async function manager(...held: object[]): Promise<TestUser & { memberId: string }> {
  const user = await aUser(harness);
  const memberId = await aMember(harness, tenant, user, 'admin');
  const all = [{ roleId: tenant.roleId('admin') }, ...held];
  expect((await assignRoles(owner, memberId, all)).status).toBe(200);
  return { ...user, memberId };
}
const newcomer = async () => aMember(harness, tenant, await aUser(harness), 'member');

const CODE = 'tenant:update';
const small = { attribute: 'resource.amount', operator: 'atMost', value: 50 };
const own = { attribute: 'resource.ownerId', operator: 'equals', value: { attribute: 'user.id' } };
const if_ = (...terms: object[]) => ({ permissions: [CODE], conditions: { [CODE]: terms } });
const refusal = { status: 403, body: { code: 'grant_exceeds_own', permission: CODE } };

describe('a conditional grant', () => {
  it('is stored, shown, versioned and restored', async () => {
    const id = await role({ ...if_(small), permissions: [CODE, 'roles:read'] });
    expect((await change(owner, id, { permissions: [CODE] })).body.permissions).toMatchObject([
      { code: CODE, conditions: [small], isConditional: true, isRetired: false },
    ]);
    expect((await change(owner, id, { conditions: {} })).body.permissions).toMatchObject([
      { code: CODE, conditions: null, isConditional: false },
    ]);
    const versions = (await owner.call('GET', `${roles}/${id}/versions`)).body.data;
    expect(versions.map(({ snapshot }: { snapshot: { conditions: object } }) => snapshot.conditions)).toEqual([
      ...[{}, { [CODE]: [small] }, { [CODE]: [small] }],
    ]);
    expect((await owner.call('POST', `${roles}/${id}/versions/2/restore`, {})).body).toMatchObject({
      ...{ version: 4, permissions: [{ conditions: [small] }] },
    });
    const copy = await owner.call('POST', `${roles}/${id}/clone`, { name: `Role ${made++}` });
    expect(copy.body.permissions).toMatchObject([{ code: CODE, conditions: [small] }]);
  });

  it('is rejected for a permission that is not granted, and when malformed', async () => {
    const stray = await create(owner, { permissions: [], conditions: { [CODE]: [small] } });
    expect(stray.body).toMatchObject({ status: 422, errors: { conditions: ['not_granted'] } });
    const broken = await create(owner, if_({ ...small, operator: 'matches' }));
    expect(broken.status).toBe(422);
  });

  it('may be granted as strictly or more strictly, never more loosely', async () => {
    const held = await role(if_(small));
    const always = await role({ permissions: [CODE] });
    const by = await manager({ roleId: held });
    expect((await create(by, if_(small))).status).toBe(201);
    const strict = await create(by, if_(own, small));
    expect(strict.status).toBe(201);
    expect(await create(by, { permissions: [CODE] })).toMatchObject(refusal);
    expect(await create(by, if_({ ...small, value: 60 }))).toMatchObject(refusal);
    expect(await change(by, strict.body.id, { conditions: {} })).toMatchObject(refusal);
    expect(await change(by, strict.body.id, { conditions: { [CODE]: [own] } })).toMatchObject(refusal);
    expect((await change(by, strict.body.id, { conditions: { [CODE]: [small] } })).status).toBe(200);
    expect(await change(by, strict.body.id, { parentRoleId: always })).toMatchObject(refusal);
    const person = await newcomer();
    expect((await assignRoles(by, person, [{ roleId: strict.body.id }])).status).toBe(200);
    expect(await assignRoles(by, person, [{ roleId: always }])).toMatchObject(refusal);
    const email = `invitee-${made++}@example.test`;
    const invite = { email, roleIds: [always] };
    expect(await by.call('POST', `${tenant.path}/invitations`, invite)).toMatchObject(refusal);
    expect(await by.call('POST', `${roles}/${always}/clone`, { name: `Role ${made++}` })).toMatchObject(refusal);
    expect(await by.call('DELETE', `${roles}/${strict.body.id}?remapTo=${always}`)).toMatchObject(refusal);
  });

  it('for another user cannot be granted by its holder', async () => {
    const other = await aUser(harness);
    const held = await role(if_({ attribute: 'user.email', operator: 'equals', value: other.email }));
    const by = await manager({ roleId: held });
    const otherId = await aMember(harness, tenant, other, 'member');
    expect(await assignRoles(by, otherId, [{ roleId: held }])).toMatchObject(refusal);
  });

  it('is marked as conditional in a preview', async () => {
    const id = await role({ permissions: [CODE] });
    await assignRoles(owner, await newcomer(), [{ roleId: id }]);
    const preview = await owner.call('PATCH', `${roles}/${id}?dryRun=true`, { conditions: { [CODE]: [small] } });
    expect(preview.body).toMatchObject({
      affected: 1,
      gains: [{ code: CODE, count: 1, conditional: true }],
      loses: [{ code: CODE, count: 1 }],
    });
    expect(preview.body.loses[0].conditional).toBeUndefined();
  });
});

describe('an assignment with an end', () => {
  it('cannot be granted for longer', async () => {
    const held = await role({ permissions: [CODE] });
    const by = await manager({ roleId: held, validUntil: inDays(2) });
    const person = await newcomer();
    expect((await assignRoles(by, person, [{ roleId: held, validUntil: inDays(1) }])).status).toBe(200);
    expect(await assignRoles(by, person, [{ roleId: held, validUntil: inDays(3) }])).toMatchObject(refusal);
    const forGood = await assignRoles(by, person, [{ roleId: held }]);
    expect(forGood).toMatchObject(refusal);
    expect(forGood.body.detail).toContain('without an end');
    expect(await assignRoles(by, by.memberId, [{ roleId: held }, { roleId: tenant.roleId('admin') }])).toMatchObject(
      refusal,
    );
    const starting = [{ roleId: held, validFrom: inDays(3), validUntil: inDays(4) }];
    expect(await assignRoles(by, await newcomer(), starting)).toMatchObject(refusal);

    expect(await create(by, { permissions: [CODE] })).toMatchObject(refusal);
    expect(await by.call('POST', `${roles}/${held}/clone`, { name: `Role ${made++}` })).toMatchObject(refusal);
    const empty = await create(by, {});
    expect(await change(by, empty.body.id, { permissions: [CODE] })).toMatchObject(refusal);
    expect(await change(by, empty.body.id, { parentRoleId: held })).toMatchObject(refusal);
    expect(await change(by, held, { isDefault: true })).toMatchObject(refusal);
    expect(await by.call('DELETE', `${roles}/${empty.body.id}?remapTo=${held}`)).toMatchObject(refusal);
    const invite = { email: `invitee-${made++}@example.test`, roleIds: [held] };
    expect(await by.call('POST', `${tenant.path}/invitations`, invite)).toMatchObject(refusal);
    expect((await change(by, held, { description: 'Only words' })).status).toBe(200);
  });

  it('may be granted without end by an actor who holds it through another role', async () => {
    const [soon, lasting] = [await role({ permissions: [CODE] }), await role({ permissions: [CODE] })];
    const by = await manager({ roleId: soon, validUntil: inDays(2) });
    const person = await newcomer();
    await assignRoles(owner, person, [{ roleId: soon }]);
    const wanted = [{ roleId: soon }, { roleId: tenant.roleId('member') }];
    expect((await assignRoles(by, person, wanted)).status).toBe(200);
    await assignRoles(owner, by.memberId, [
      ...[{ roleId: tenant.roleId('admin') }, { roleId: soon, validUntil: inDays(2) }, { roleId: lasting }],
    ]);
    expect((await assignRoles(by, await newcomer(), [{ roleId: soon }])).status).toBe(200);
  });

  it('keeps its start when only its end changes', async () => {
    const later = await role({ permissions: [CODE] });
    const person = await newcomer();
    const validFrom = inDays(5);
    await assignRoles(owner, person, [{ roleId: later, validFrom }]);
    const answer = await assignRoles(owner, person, [{ roleId: later, validUntil: inDays(9) }]);
    expect(Date.parse(answer.body.roles[0].validFrom)).toBe(Date.parse(validFrom));
    const tooShort = await assignRoles(owner, person, [{ roleId: later, validUntil: inDays(4) }]);
    expect(tooShort.body).toMatchObject({ status: 422, errors: { roles: ['ends_before_it_begins'] } });
  });
});

describe('the default role', () => {
  const versionsOf = async (id: string): Promise<{ number: number; snapshot: { isDefault: boolean } }[]> =>
    (await owner.call('GET', `${roles}/${id}/versions`)).body.data;
  const states = async (id: string) => (await versionsOf(id)).map(({ snapshot }) => snapshot.isDefault);

  it('records a version of the role that it replaces', async () => {
    const first = await role({ isDefault: true });
    const second = await role({ isDefault: true });
    expect((await owner.call('GET', `${roles}/${first}`)).body).toMatchObject({ isDefault: false, version: 2 });
    expect(await states(first)).toEqual([false, true]);
    expect((await change(owner, first, { isDefault: true })).body).toMatchObject({ isDefault: true, version: 3 });
    expect(await states(first)).toEqual([true, false, true]);
    expect(await states(second)).toEqual([false, true]);
    const [ended] = (await owner.call('GET', `${roles}/${second}/versions?limit=1`)).body.data;
    expect(ended).toMatchObject({ number: 2, changedBy: { id: owner.id } });
  });

  it('passes to the role that replaces a deleted default role', async () => {
    const deleted = await role({ isDefault: true });
    const next = await role({});
    expect((await owner.call('DELETE', `${roles}/${deleted}?remapTo=${next}`)).status).toBe(204);
    expect((await owner.call('GET', `${roles}/${next}`)).body).toMatchObject({ isDefault: true, version: 2 });
    expect(await states(next)).toEqual([true, false]);
  });
});
