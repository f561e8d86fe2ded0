import { afterAll, beforeAll, expect, it } from 'vitest';
import { aMember, aTenant, aUser, type TestTenant, type TestUser } from '../../../testing/fixtures/builders.ts';
import { type Harness, startHarness } from '../../../testing/fixtures/harness.ts';
import type { MatrixRole } from './schema.ts';

let harness: Harness;
let owner: TestUser;
let admin: TestUser;
let tenant: TestTenant;
let matrix: string;
let roles: string;

beforeAll(async () => {
  harness = await startHarness();
  owner = await aUser(harness);
  tenant = await aTenant(harness, { owner });
  admin = await aUser(harness);
  await aMember(harness, tenant, admin, 'admin');
  roles = `${tenant.path}/roles`;
  matrix = `${roles}/matrix`;
});
afterAll(() => harness.close());

const create = async (name: string, permissions: string[], more: object = {}) => {
  const answer = await owner.call('POST', roles, { name, permissions, ...more });
  expect(answer.status, JSON.stringify(answer.body)).toBe(201);
  return answer.body as { id: string; name: string; version: number };
};
const column = async (id: string): Promise<MatrixRole | undefined> =>
  (await owner.call('GET', matrix)).body.roles.find((role: MatrixRole) => role.id === id);
const own = async (id: string) => (await column(id))?.own.map(({ code }) => code);
const want = (role: { id: string; version: number }, permissions: string[]) => ({
  roleId: role.id,
  version: role.version,
  permissions,
});
const trailOf = async (id: string) =>
  (await owner.call('GET', `${tenant.path}/audit-logs?targetId=${id}&action=role.updated`)).body.data;

it('lists all roles with own and inherited permissions', async () => {
  const top = await create('Top', ['members:read', 'audit:read']);
  const middle = await create('Middle', ['audit:read', 'roles:read'], { parentRoleId: top.id });
  const below = await create('Below', ['access:explain'], { parentRoleId: middle.id });
  const answer = await owner.call('GET', matrix);
  expect(answer.body.roles[0]).toMatchObject({ key: 'owner', isOwner: true, own: [] });
  expect(await column(below.id)).toMatchObject({
    parent: { id: middle.id },
    own: [{ code: 'access:explain', isConditional: false }],
    inherited: [
      { code: 'audit:read', from: { id: middle.id } },
      { code: 'members:read', from: { id: top.id } },
      { code: 'roles:read', from: { id: middle.id } },
    ],
  });
});

it('changes several roles in one request, with a version and audit row for each', async () => {
  const [one, two] = [await create('One', ['audit:read']), await create('Two', [])];
  const same = await create('Same', ['members:read']);
  const body = {
    roles: [want(one, []), want(same, ['members:read']), want(two, ['audit:read', 'members:read'])],
    reason: 'New term',
  };
  const effect = await owner.call('PATCH', `${matrix}?dryRun=true`, body);
  expect(effect).toMatchObject({ status: 200, body: { affected: 0 } });
  expect(await own(one.id)).toEqual(['audit:read']);

  const saved = await owner.call('PATCH', matrix, body);
  expect(saved.status, JSON.stringify(saved.body)).toBe(200);
  expect(await own(one.id)).toEqual([]);
  expect(await own(two.id)).toEqual(['audit:read', 'members:read']);
  expect(await column(same.id)).toMatchObject({ version: 1 });

  const [[first], [second]] = [await trailOf(one.id), await trailOf(two.id)];
  expect(first).toMatchObject({ reason: 'New term', target: { label: 'One' }, after: { permissions: [] } });
  expect(second).toMatchObject({ reason: 'New term', requestId: first.requestId, target: { label: 'Two' } });
  expect(await trailOf(same.id)).toEqual([]);
  const { body: versions } = await owner.call('GET', `${roles}/${two.id}/versions`);
  expect(versions.data[0]).toMatchObject({ number: 2, reason: 'New term', changedBy: { id: owner.id } });

  // A client that missed the response can repeat the request.
  expect((await owner.call('PATCH', matrix, body)).status).toBe(200);
  expect(await trailOf(one.id)).toHaveLength(1);
});

it('previews the combined effect of all changes', async () => {
  const [from, to] = [await create('From', ['audit:read']), await create('To', ['members:read'])];
  const holder = await aUser(harness);
  const member = await aMember(harness, tenant, holder, 'member');
  await owner.call('PATCH', `${tenant.path}/members/${member}`, { roles: [{ roleId: from.id }, { roleId: to.id }] });
  const body = { roles: [want(from, []), want(to, ['audit:read', 'invitations:read'])] };
  const effect = await owner.call('PATCH', `${matrix}?dryRun=true`, body);
  // One role loses what the other grants, so no member loses it.
  expect(effect.body).toMatchObject({
    affected: 1,
    gains: [{ code: 'invitations:read', count: 1 }],
    loses: [{ code: 'members:read', count: 1 }],
  });
});

it.each([
  ['exceeds what its maker holds', 'grant_exceeds_own', () => create('Strong', ['tenant:update'])],
  ['is a system role', 'role_is_system', async () => ({ id: tenant.roleId('auditor'), version: 1 })],
])('changes nothing when one in the middle %s, and says which', async (_, code, make) => {
  const [before, after] = [await create(`Before ${code}`, ['audit:read']), await create(`After ${code}`, [])];
  const middle = await make();
  const body = { roles: [want(before, []), want(middle, ['audit:read']), want(after, ['audit:read'])] };
  const refused = await admin.call('PATCH', matrix, body);
  expect(refused.body).toMatchObject({ code, errors: { 'roles.1': [code] } });
  expect(await column(before.id)).toMatchObject({ version: 1, own: [{ code: 'audit:read' }] });
  expect(await column(after.id)).toMatchObject({ version: 1, own: [] });
  expect(await trailOf(before.id)).toEqual([]);
});

it('is rejected with both versions of every role that was changed concurrently', async () => {
  const [stale, alsoStale, fresh] = [
    await create('Stale', []),
    await create('Stale too', []),
    await create('Fresh', []),
  ];
  await owner.call('PATCH', `${roles}/${stale.id}`, { permissions: ['members:read'] });
  await owner.call('PATCH', `${roles}/${alsoStale.id}`, { description: 'Other' });
  const body = { roles: [stale, fresh, alsoStale].map((role) => want(role, ['audit:read'])) };
  const refused = await owner.call('PATCH', matrix, body);
  expect(refused.body).toMatchObject({
    status: 412,
    code: 'stale_version',
    current: [
      { id: stale.id, name: 'Stale', seenVersion: 1, version: 2, permissions: ['members:read'] },
      { id: alsoStale.id, name: 'Stale too', seenVersion: 1, version: 2, permissions: [] },
    ],
  });
  expect(await own(fresh.id)).toEqual([]);
});

it('accepts each role once, and only roles of this tenant', async () => {
  const role = await create('Once', []);
  const twice = await owner.call('PATCH', matrix, { roles: [want(role, []), want(role, ['audit:read'])] });
  expect(twice.body).toMatchObject({ status: 422, errors: { roles: ['named_twice'] } });
  const unknown = await owner.call('PATCH', matrix, { roles: [want({ id: tenant.id, version: 1 }, [])] });
  expect(unknown.status).toBe(404);
});
