import { expect, it } from 'vitest';
import { knob } from '../../testing/knobs.ts';
import { createClerkInstance } from '../state/instance.ts';
import { createBackendApi } from './api.ts';

const KEY = 'sk_test_paging';
const MANY = knob('TEST_STUB_USERS');

it(`pages through ${MANY} users once in both directions during changes`, async () => {
  const instance = createClerkInstance();
  // Several per millisecond, as after an import.
  const created = Array.from(
    { length: MANY },
    (_, n) => instance.createUser({ createdAt: 1.7e12 + Math.floor(n / 3) }).id,
  );
  const api = createBackendApi({ instance, secretKey: KEY });
  const list = async (query: string): Promise<{ id: string }[]> => {
    const response = await api.request(`/v1/users?limit=500&${query}`, { headers: { authorization: `Bearer ${KEY}` } });
    expect(response.status).toBe(200);
    return (await response.json()) as { id: string }[];
  };
  const walk = async (order: string, between: () => void) => {
    const seen: string[] = [];
    for (let last: string | undefined; ; last = seen.at(-1)) {
      const page = await list(`order_by=${encodeURIComponent(order)}${last ? `&starting_after=${last}` : ''}`);
      seen.push(...page.map(({ id }) => id));
      if (page.length < 500) return seen;
      between();
    }
  };

  const toDelete = created.filter((_, n) => n % 100 === 7);
  const upwards = await walk('+created_at', () => {
    instance.createUser();
    instance.deleteUser(toDelete.pop() ?? '');
  });
  const remaining = new Set(instance.state.users.values().map(({ id }) => id));
  const seen = new Set(upwards);
  expect(seen.size).toBe(upwards.length);
  expect([...remaining].filter((id) => !seen.has(id))).toEqual([]);

  const downwards = await walk('-created_at', () => undefined);
  expect(downwards).toEqual([...remaining].reverse());
  expect(await list('offset=500&order_by=created_at')).toEqual(instance.state.users.values().slice(500, 1000));
});
