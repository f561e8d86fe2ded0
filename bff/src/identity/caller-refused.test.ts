import pino from 'pino';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { bearerOf, clerkUser, startClerkHarness } from '../testing/fixtures/clerk-webhooks.ts';

let clerk: Awaited<ReturnType<typeof startClerkHarness>>;
let lines: Record<string, unknown>[] = [];

beforeAll(async () => {
  clerk = await startClerkHarness();
  clerk.harness.services.log = pino({}, { write: (line: string) => void lines.push(JSON.parse(line)) });
});
afterAll(() => clerk.harness.close());

async function call(headers: Record<string, string>) {
  lines = [];
  const answer = await clerk.harness.anonymous('GET', '/api/me', undefined, headers);
  return { answer, refusals: lines.filter(({ msg }) => msg === 'caller refused') };
}

it('names a user who has no account here, in the answer and in the log', async () => {
  const { answer, refusals } = await call(bearerOf('user_unknown'));
  expect(answer).toMatchObject({ status: 403, body: { code: 'account_not_provisioned' } });
  const { requestId } = answer.body;
  expect(refusals).toMatchObject([{ level: 40, code: 'account_not_provisioned', user: 'user_unknown', requestId }]);
});

it('names a user who is banned, in the answer and in the log', async () => {
  const user = clerkUser({ banned: true });
  await clerk.send('user.created', user);
  const { answer, refusals } = await call(bearerOf(user.id));
  expect(answer).toMatchObject({ status: 403, body: { code: 'account_disabled' } });
  expect(refusals).toMatchObject([{ code: 'account_disabled', user: user.id }]);
});

it.each([
  ['token_expired', { exp: 1 }],
  ['audience_refused', { azp: 'https://evil.test' }],
  ['session_pending', { sts: 'pending' }],
  ['claims_invalid', { sub: 42 }],
])('tells %s from other refusals', async (reason, claims) => {
  const { answer, refusals } = await call(bearerOf('user_1', claims));
  expect(answer).toMatchObject({ status: 401, body: { code: 'not_signed_in', reason } });
  expect(refusals).toMatchObject([{ code: 'not_signed_in', reason, requestId: answer.body.requestId }]);
});

it('writes no warning about a caller without credentials', async () => {
  const { answer, refusals } = await call({});
  expect(answer).toMatchObject({ status: 401, body: { reason: 'no_credentials' } });
  expect(refusals).toEqual([]);
});
