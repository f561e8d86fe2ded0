import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ClerkStub, startClerkStub } from '../server.ts';
import { ALL_FAULTS, type Fault, isApplied } from './kinds.ts';

const PATIENCE_MS = 400;
let stub: ClerkStub;
beforeAll(async () => {
  stub = await startClerkStub();
});
afterAll(() => stub.close());

const headers = () => ({ authorization: `Bearer ${stub.secretKey}`, 'content-type': 'application/json' });
let made = 0;

/** One attempt to make a person under this fault: what came back, and whether the person is there. */
async function attempt(fault: Fault | null) {
  const email = `person-${made++}@example.test`;
  stub.faults.schedule(fault);
  const response = await fetch(`${stub.url}/v1/users`, {
    method: 'POST',
    headers: headers(),
    body: JSON.stringify({ email_address: [email] }),
    signal: AbortSignal.timeout(PATIENCE_MS),
  }).catch(() => null);
  const text = response ? await response.text().catch(() => null) : null;
  return {
    status: response?.status ?? null,
    type: response?.headers.get('content-type') ?? null,
    retryAfter: response?.headers.get('retry-after') ?? null,
    isJson: isJson(text),
    isMade: stub.instance.findUserByEmail(email) !== null,
  };
}

function isJson(text: string | null): boolean {
  try {
    return text !== null && typeof JSON.parse(text) === 'object';
  } catch {
    return false;
  }
}

const JSON_TYPE = 'application/json';
const refused = (retryAfter: unknown) => ({ status: 429, type: JSON_TYPE, retryAfter, isJson: true });
const silent = { status: null, type: null, retryAfter: null, isJson: false };
const answered = (over: object) => ({ status: 200, type: JSON_TYPE, retryAfter: null, isJson: true, ...over });

const LOOKS: Record<Fault, object> = {
  'retry-after-seconds': refused('1'),
  'retry-after-date': refused(expect.stringMatching(/GMT$/)),
  'retry-after-missing': refused(null),
  'retry-after-garbage': refused('soon, perhaps'),
  'retry-after-zero': refused('0'),
  'retry-after-huge': refused('99999999999'),
  'server-error': answered({ status: 500 }),
  'html-bad-gateway': answered({ status: 502, type: 'text/html', isJson: false }),
  'never-answers': silent,
  'reset-before': silent,
  'done-but-server-error': answered({ status: 500 }),
  'done-but-never-answers': silent,
  'reset-after': silent,
  truncated: answered({ isJson: false }),
  'slow-drip': answered({ isJson: false }),
  'wrong-content-type': answered({ type: 'text/plain; charset=utf-8' }),
};

describe('a fault is seen as such, and does or does not what was asked', () => {
  it.each(ALL_FAULTS)('%s', async (fault) => {
    expect(await attempt(fault)).toEqual({ ...LOOKS[fault], isMade: isApplied(fault) });
    expect(await attempt(null)).toEqual({ ...answered({}), isMade: true });
  });
});

it('faults come by chance until they are stopped, and only where they are wanted', async () => {
  stub.faults.start({ probability: 1, among: ['server-error'], where: ({ method }) => method === 'POST' });
  expect((await fetch(`${stub.url}/v1/users`, { headers: headers() })).status).toBe(200);
  expect((await fetch(`${stub.url}/v1/users`, { method: 'POST', headers: headers() })).status).toBe(500);
  stub.faults.stop();
  expect((await attempt(null)).isMade).toBe(true);
});

it('whoever calls before Retry-After ended is found out, and whoever waited is not', async () => {
  const other = await startClerkStub();
  const ask = () => fetch(`${other.url}/v1/users`);
  const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
  other.faults.schedule('retry-after-seconds', null, 'retry-after-date');
  await ask();
  await wait(1_010);
  await ask();
  expect(other.faults.callsTooEarly()).toEqual([]);
  await ask();
  await wait(100);
  await ask();
  expect(other.faults.callsTooEarly()).toEqual([other.requests[3]]);
  await other.close();
});

it('limits requests as Clerk does: of all, and of writes to one person', async () => {
  const limited = await startClerkStub({ rateLimits: { perInstance: 20, perObject: 3 } });
  const ada = limited.instance.createUser({ email: 'ada@example.test' });
  const authorization = `Bearer ${limited.secretKey}`;
  const write = () =>
    fetch(`${limited.url}/v1/users/${ada.id}/metadata`, { method: 'PATCH', headers: { authorization }, body: '{}' });
  const statuses = [];
  for (let n = 0; n < 4; n++) statuses.push((await write()).status);
  expect(statuses).toEqual([200, 200, 200, 429]);
  expect(Number((await write()).headers.get('retry-after'))).toBeGreaterThan(0);

  const reads = [];
  for (let n = 0; n < 16; n++)
    reads.push((await fetch(`${limited.url}/v1/users`, { headers: { authorization } })).status);
  expect(reads).toEqual([...Array(15).fill(200), 429]);
  await limited.close();
});
