import { expect, it } from 'vitest';
import { controlPage } from './control-page.ts';
import { createClerkInstance } from './state/instance.ts';

const ORIGIN = 'http://127.0.0.1:4000';

it('performs actions of its own page and rejects those of another origin', async () => {
  const instance = createClerkInstance();
  const { id } = instance.createUser({ email: 'ada@example.test', firstName: '<b>Ada</b>' });
  const page = controlPage(instance);
  const submit = (action: string, origin: string) =>
    page.request(`${ORIGIN}/${action}`, {
      method: 'POST',
      headers: { origin },
      body: new URLSearchParams({ user: id }),
    });

  expect((await submit('ban', 'http://evil.test')).status).toBe(404);
  expect(instance.state.users.get(id)?.banned).toBe(false);
  expect((await submit('ban', ORIGIN)).status).toBe(302);
  expect(instance.state.users.get(id)?.banned).toBe(true);

  const content = await (await page.request(`${ORIGIN}/`)).text();
  expect(content).toContain('&lt;b&gt;Ada');
  expect(content).toContain('Unban');
});
