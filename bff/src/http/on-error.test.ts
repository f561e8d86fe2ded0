import { Hono } from 'hono';
import { expect, it } from 'vitest';
import type { AppEnv } from './env.ts';
import { onError } from './on-error.ts';

/** Returns status and body of a request whose statement fails with this SQLSTATE, as Prisma reports it. */
async function failWith(originalCode: string) {
  const app = new Hono<AppEnv>();
  app.onError(onError);
  app.get('/', () => {
    throw Object.assign(new Error('invalid input: secret'), {
      code: 'P2010',
      meta: { driverAdapterError: { cause: { originalCode } } },
    });
  });
  const response = await app.request('/');
  return { status: response.status, text: await response.text() };
}

it('answers a value that PostgreSQL cannot work with as a malformed request', async () => {
  for (const state of ['22001', '22003', '22007', '22008', '22009', '22021', '22023', '2201W', '22P02', '22P05']) {
    const { status, text } = await failWith(state);
    expect([status, JSON.parse(text).code], state).toEqual([400, 'malformed_request']);
    expect(text).not.toContain('secret');
  }
  expect((await failWith('42703')).status).toBe(500);
});
