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

/** A server that accepts one token. */
const serverFor = (good: string) =>
  serve(({ headers }) => ({ status: headers.get('authorization') === `Bearer ${good}` ? 200 : 401 }));
const sent = (seen: ReturnType<typeof serve>) => seen.map(({ headers }) => headers.get('authorization'));

it('retries once with a fresh token after a 401', async () => {
  const seen = serverFor('new');
  await request('POST', '/api/x', { body: { a: 1 } });
  expect(sent(seen)).toEqual(['Bearer old', 'Bearer new']);
  expect(seen[1]?.body).toEqual({ a: 1 });
});

it('returns the 401 when the fresh token is rejected too', async () => {
  const seen = serverFor('another');
  await expect(request('GET', '/api/x')).rejects.toThrow(ApiError);
  expect(sent(seen)).toEqual(['Bearer old', 'Bearer new']);
});

it('sends one request without a token while signed out', async () => {
  token = null;
  const seen = serverFor('new');
  await expect(request('GET', '/api/x')).rejects.toMatchObject({ statusCode: 401 });
  expect(sent(seen)).toEqual([null]);
});
