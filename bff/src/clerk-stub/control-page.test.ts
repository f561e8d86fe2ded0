import { expect, it } from 'vitest';
import { controlPage } from './control-page.ts';
import { createClerkInstance } from './state/instance.ts';

const ORIGIN = 'http://127.0.0.1:4000';

it('does at "Clerk" what is pressed on it, and nothing that another page presses', async () => {
  const instance = createClerkInstance();
  const { id } = instance.createUser({ email: 'ada@example.test', firstName: '<b>Ada</b>' });
  const page = controlPage(instance);
  const press = (deed: string, origin: string) =>
    page.request(`${ORIGIN}/${deed}`, { method: 'POST', headers: { origin }, body: new URLSearchParams({ user: id }) });

  expect((await press('ban', 'http://evil.test')).status).toBe(404);
  expect(instance.state.users.get(id)?.banned).toBe(false);
  expect((await press('ban', ORIGIN)).status).toBe(302);
  expect(instance.state.users.get(id)?.banned).toBe(true);

  const shown = await (await page.request(`${ORIGIN}/`)).text();
  expect(shown).toContain('&lt;b&gt;Ada');
  expect(shown).toContain('Unban');
});
