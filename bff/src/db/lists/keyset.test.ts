import { afterAll, beforeAll, expect, it } from 'vitest';
import { aMember, aTenant, aUser, type TestTenant, type TestUser } from '../../testing/fixtures/builders.ts';
import { type Harness, startHarness } from '../../testing/fixtures/harness.ts';

let harness: Harness;
let owner: TestUser;
let tenant: TestTenant;
const ids = new Map<string, string>();

beforeAll(async () => {
  harness = await startHarness();
  owner = await aUser(harness, { name: 'Owner' });
  tenant = await aTenant(harness, { owner });
  for (const name of ['Page A', 'Page B', 'Page C', 'Page D', 'Page E']) {
    ids.set(name, await aMember(harness, tenant, await aUser(harness, { name }), 'member'));
  }
});
afterAll(() => harness.close());

const pageAt = async (cursor: string | null) => {
  const query = `limit=2&q=page&sort=name${cursor ? `&cursor=${cursor}` : ''}`;
  const { status, body } = await owner.call('GET', `${tenant.path}/members?${query}`);
  expect(status, JSON.stringify(body)).toBe(200);
  return { names: body.data.map((row: { user: { name: string } }) => row.user.name), ...body.page };
};
const remove = (name: string) => owner.call('DELETE', `${tenant.path}/members/${ids.get(name)}`);

it('leads from a page whose rows were removed to the last page that has rows', async () => {
  const second = await pageAt((await pageAt(null)).nextCursor);
  const third = second.nextCursor;
  expect((await pageAt(third)).names).toEqual(['Page E']);
  expect((await remove('Page E')).status).toBe(204);

  const empty = await pageAt(third);
  expect(empty).toMatchObject({ names: [], nextCursor: null, total: 4 });
  const last = await pageAt(empty.prevCursor);
  expect(last).toMatchObject({ names: ['Page C', 'Page D'], nextCursor: null });
  expect((await pageAt(last.prevCursor)).names).toEqual(['Page A', 'Page B']);

  for (const name of ['Page A', 'Page B', 'Page C', 'Page D']) await remove(name);
  expect(await pageAt(third)).toMatchObject({ names: [], nextCursor: null });
  expect(await pageAt(empty.prevCursor)).toMatchObject({ names: [], nextCursor: null, prevCursor: null, total: 0 });
});
