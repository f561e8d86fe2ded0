import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  aMember,
  aStaffMember,
  aTenant,
  aUser,
  type TestTenant,
  type TestUser,
} from '../../testing/fixtures/builders.ts';
import { type Harness, startHarness } from '../../testing/fixtures/harness.ts';

let harness: Harness;
let owner: TestUser;
let tenant: TestTenant;
beforeAll(async () => {
  harness = await startHarness();
  owner = await aUser(harness);
  await aStaffMember(harness, owner, 'owner');
  tenant = await aTenant(harness, { owner });
});
afterAll(() => harness.close());

const unique = () => `n${Math.random().toString(36).slice(2, 12)}`;
const names = async (path: string, q: string) => {
  const found = await owner.call('GET', `${path}${path.includes('?') ? '&' : '?'}${new URLSearchParams({ q })}`);
  expect(found.status, JSON.stringify(found.body)).toBe(200);
  return found.body.data.map((row: { name?: string; user?: { name: string } }) => row.name ?? row.user?.name);
};

/** How a name is spelled, and what is typed to find it. */
const TYPED = [
  ['Łukasz', 'lukasz'],
  ['Groß', 'gross'],
  ['O’Brien', "o'brien"],
  ["O'Connor", 'o’connor'],
  ['Développeur', 'developpeur'],
  ['Иван', 'ivan'],
  ['Zoe\u0308', 'ZOË'],
] as const;

describe.each(TYPED)('%s', (name, q) => {
  it(`is found by ${q} in every list`, async () => {
    const tag = unique();
    const user = await aUser(harness, { name: `${name} ${tag}` });
    await aMember(harness, tenant, user, 'member');
    const path = tenant.path;
    const spelled = `${name} ${tag}`;
    const made = [
      await owner.call('POST', '/api/admin/tenants', { name: spelled, slug: tag }),
      await owner.call('POST', `${path}/roles`, { name: spelled, key: tag }),
      await owner.call('POST', `${path}/api-keys`, { name: spelled, expiresInDays: 30 }),
    ];
    expect(made.map(({ status }) => status)).toEqual([201, 201, 201]);
    const lists = ['/api/admin/users', '/api/admin/tenants', `${path}/members`, `${path}/roles`, `${path}/api-keys`];
    for (const list of lists) expect(await names(list, `${q} ${tag}`), list).toEqual([spelled]);

    const { data } = (await owner.call('GET', `${path}/audit-logs?${new URLSearchParams({ q: `${q} ${tag}` })}`)).body;
    expect(data.map((event: { action: string }) => event.action).sort()).toEqual([
      'api-key.created',
      'member.joined',
      'role.created',
    ]);
  });
});

describe('search', () => {
  it('follows a new name', async () => {
    const tag = unique();
    const other = await aTenant(harness, { owner, name: tag });
    await owner.call('PATCH', `/api/admin/tenants/${other.id}`, { name: `Łódź ${tag}` });
    const role = (await owner.call('POST', `${other.path}/roles`, { name: tag })).body;
    const headers = { 'if-match': `"${role.version}"` };
    await owner.call('PATCH', `${other.path}/roles/${role.id}`, { name: `Größe ${tag}` }, headers);
    expect(await names('/api/admin/tenants', `lodz ${tag}`)).toEqual([`Łódź ${tag}`]);
    expect(await names(`${other.path}/roles`, `grosse ${tag}`)).toEqual([`Größe ${tag}`]);
  });

  it('of text that folds to nothing finds nothing', async () => {
    for (const path of ['/api/admin/users', `${tenant.path}/members`, `${tenant.path}/roles`])
      expect(await names(path, '\u0301'), path).toEqual([]);
  });

  it('finds the address of an invitation as it was written', async () => {
    const local = unique();
    const email = `${local}@Bücher.example`;
    await owner.call('POST', `${tenant.path}/invitations`, { email, roleIds: [tenant.roleId('member')] });
    for (const q of [`${local}@bucher`, `${local}@BÜCHER.example`, local.toUpperCase()]) {
      const found = await owner.call('GET', `${tenant.path}/invitations?${new URLSearchParams({ q })}`);
      expect(found.body.data, q).toMatchObject([{ email }]);
    }
  });
});

it('sorts names without case and accents', async () => {
  const other = await aTenant(harness, { owner });
  const wanted = ['able', 'Änderung', 'Łatka', 'Zoo'];
  for (const name of wanted.toReversed()) await owner.call('POST', `${other.path}/roles`, { name });
  const { data } = (await owner.call('GET', `${other.path}/roles?sort=name&isSystem=false`)).body;
  expect(data.map((role: { name: string }) => role.name)).toEqual(wanted);
});

it.each([
  ['Développeur', 'developpeur'],
  ['2. Łódź & Groß', 'lodz-gross'],
  ['Разработчик', 'razrabotchik'],
])('derives the key of the role %s', async (name, key) => {
  const other = await aTenant(harness, { owner });
  expect((await owner.call('POST', `${other.path}/roles`, { name })).body.key).toBe(key);
});
