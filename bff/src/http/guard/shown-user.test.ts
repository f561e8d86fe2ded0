import { afterAll, beforeAll, expect, it } from 'vitest';
import { aTenant, aUser, type TestUser } from '../../testing/fixtures/builders.ts';
import { type Harness, startHarness } from '../../testing/fixtures/harness.ts';

let harness: Harness;
let ada: TestUser;
let path: string;

beforeAll(async () => {
  harness = await startHarness();
  ada = await aUser(harness);
  path = (await aTenant(harness, { owner: ada })).path;
});
afterAll(() => harness.close());

const rename = (name: string, headers: Record<string, string>) =>
  ada.call('POST', `${path}/roles`, { name, permissions: [] }, headers);
const roleNames = async () =>
  (await ada.call('GET', `${path}/roles`)).body.data.map(({ name }: { name: string }) => name);

it('refuses a change from a page that shows another user, and changes nothing', async () => {
  const answer = await rename('Stale', { 'x-rolecall-user': 'another-user' });
  expect(answer).toMatchObject({ status: 409, body: { code: 'session_user_changed' } });
  expect(await roleNames()).not.toContain('Stale');
});

it('accepts a change from a page that shows this user, and from callers without a page', async () => {
  expect((await rename('Shown', { 'x-rolecall-user': encodeURIComponent(ada.id) })).status).toBe(201);
  expect((await rename('Scripted', {})).status).toBe(201);
});

it('reads whatever the page shows', async () => {
  expect((await ada.call('GET', '/api/me', undefined, { 'x-rolecall-user': 'another-user' })).body.user.id).toBe(
    ada.id,
  );
});
