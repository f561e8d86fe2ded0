import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aStaffMember, aTenant, aUser, type TestTenant, type TestUser } from '../../testing/fixtures/builders.ts';
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
/** What a person names, and the request that names it. */
const NAMED = {
  tenant: (name: string) => owner.call('POST', '/api/admin/tenants', { name, slug: unique() }),
  'renamed tenant': (name: string) => owner.call('PATCH', `/api/admin/tenants/${tenant.id}`, { name }),
  role: (name: string) => owner.call('POST', `${tenant.path}/roles`, { name, key: unique() }),
  'API key': (name: string) => owner.call('POST', `${tenant.path}/api-keys`, { name, expiresInDays: 30 }),
};

describe.each(Object.entries(NAMED))('name of a %s', (_what, call) => {
  it.each(['\u200b', '\u3164', '\u202e \u2066', '\u2800', '\ufe0f', ' \u00ad '])(
    'is refused when it is invisible: %j',
    async (name) => {
      expect((await call(name)).body).toMatchObject({ status: 422, errors: { name: expect.any(Array) } });
    },
  );

  it('loses the controls that turn a sentence round', async () => {
    const made = await call('Ann \u202eremoved by\u202c דנה\u200f');
    expect(made.body).toMatchObject({ name: 'Ann removed by דנה' });
  });
});

it('strips bidi controls from descriptions and reasons too', async () => {
  const body = { name: 'Plain', key: unique(), description: 'One \u202eeno', reason: 'Why \u2067not' };
  const made = await owner.call('POST', `${tenant.path}/roles`, body);
  expect(made.body.description).toBe('One eno');
  const trail = await owner.call('GET', `${tenant.path}/audit-logs?targetId=${made.body.id}`);
  expect(trail.body.data).toMatchObject([{ reason: 'Why not' }]);
});

it('names a person who signs up invisibly by the address', async () => {
  for (const name of ['\u200b', '\u3164 \u2060']) {
    const user = await aUser(harness, { name });
    expect((await user.call('GET', '/api/me')).body.user).toMatchObject({ name: user.email });
  }
});
