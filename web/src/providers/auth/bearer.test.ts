import { beforeEach, expect, it } from 'vitest';
import { ApiError, request } from '../../core/api.ts';
import { serve } from '../../testing/server.ts';
import { setAuthHeader } from './bearer.ts';

let token: string | null;

beforeEach(() => {
  token = 'old';
  setAuthHeader(async ({ isFresh }) => {
    if (isFresh) token = 'new';
    return token;
  });
});

/** A server that knows one token. */
const serverFor = (good: string) =>
  serve(({ headers }) => ({ status: headers.get('authorization') === `Bearer ${good}` ? 200 : 401 }));
const sent = (seen: ReturnType<typeof serve>) => seen.map(({ headers }) => headers.get('authorization'));

it('tries once more with a fresh token when one has ended on its way', async () => {
  const seen = serverFor('new');
  await request('POST', '/api/x', { body: { a: 1 } });
  expect(sent(seen)).toEqual(['Bearer old', 'Bearer new']);
  expect(seen[1]?.body).toEqual({ a: 1 });
});

it('gives up when the fresh one is refused too', async () => {
  const seen = serverFor('another');
  await expect(request('GET', '/api/x')).rejects.toThrow(ApiError);
  expect(sent(seen)).toEqual(['Bearer old', 'Bearer new']);
});

it('asks once, without a token, while nobody is signed in', async () => {
  token = null;
  const seen = serverFor('new');
  await expect(request('GET', '/api/x')).rejects.toMatchObject({ statusCode: 401 });
  expect(sent(seen)).toEqual([null]);
});
