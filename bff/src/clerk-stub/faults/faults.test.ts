import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ClerkStub, startClerkStub } from '../server.ts';
import { ALL_FAULTS, type Fault, isProcessed, REFUSALS } from './kinds.ts';

const TIMEOUT_MS = 400;
let stub: ClerkStub;
beforeAll(async () => {
  stub = await startClerkStub();
});
afterAll(() => stub.close());

const headers = () => ({ authorization: `Bearer ${stub.secretKey}`, 'content-type': 'application/json' });
let attempts = 0;

/** Creates a user under a fault; returns the response and whether the user was created. */
async function attempt(fault: Fault | null) {
  const email = `person-${attempts++}@example.test`;
  stub.faults.schedule(fault);
  const response = await fetch(`${stub.url}/v1/users`, {
    method: 'POST',
    headers: headers(),
    body: JSON.stringify({ email_address: [email] }),
    signal: AbortSignal.timeout(TIMEOUT_MS),
  }).catch(() => null);
  const text = response ? await response.text().catch(() => null) : null;
  return {
    status: response?.status ?? null,
    type: response?.headers.get('content-type') ?? null,
    retryAfter: response?.headers.get('retry-after') ?? null,
    isJson: isJson(text),
    isCreated: stub.instance.findUserByEmail(email) !== null,
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
const tooMany = (retryAfter: unknown) => ({ status: 429, type: JSON_TYPE, retryAfter, isJson: true });
const noResponse = { status: null, type: null, retryAfter: null, isJson: false };
const responded = (over: object) => ({ status: 200, type: JSON_TYPE, retryAfter: null, isJson: true, ...over });

const EXPECTED: Record<Fault, object> = {
  'retry-after-seconds': tooMany('1'),
  'retry-after-date': tooMany(expect.stringMatching(/GMT$/)),
  'retry-after-missing': tooMany(null),
  'retry-after-garbage': tooMany('soon, perhaps'),
  'retry-after-zero': tooMany('0'),
  'retry-after-huge': tooMany('99999999999'),
  'server-error': responded({ status: 500 }),
  'html-bad-gateway': responded({ status: 502, type: 'text/html', isJson: false }),
  'no-response': noResponse,
  'reset-before': noResponse,
  'processed-server-error': responded({ status: 500 }),
  'processed-no-response': noResponse,
  'reset-after': noResponse,
  truncated: responded({ isJson: false }),
  'slow-drip': responded({ isJson: false }),
  'not-found': responded({ status: 404 }),
  conflict: responded({ status: 409 }),
  unprocessable: responded({ status: 422 }),
  'wrong-content-type': responded({ type: 'text/plain; charset=utf-8' }),
};

describe('injected faults', () => {
  it.each([...ALL_FAULTS, ...REFUSALS])('%s has its response and its effect', async (fault) => {
    expect(await attempt(fault)).toEqual({ ...EXPECTED[fault], isCreated: isProcessed(fault) });
    expect(await attempt(null)).toEqual({ ...responded({}), isCreated: true });
  });
});

it('injects random faults into the selected requests until stopped', async () => {
  stub.faults.start({ probability: 1, among: ['server-error'], where: ({ method }) => method === 'POST' });
  expect((await fetch(`${stub.url}/v1/users`, { headers: headers() })).status).toBe(200);
  expect((await fetch(`${stub.url}/v1/users`, { method: 'POST', headers: headers() })).status).toBe(500);
  stub.faults.stop();
  expect((await attempt(null)).isCreated).toBe(true);
});

it('reports requests sent before Retry-After has ended', async () => {
  const other = await startClerkStub();
  const request = () => fetch(`${other.url}/v1/users`);
  const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
  other.faults.schedule('retry-after-seconds', null, 'retry-after-date');
  await request();
  await wait(1_010);
  await request();
  expect(other.faults.requestsBeforeRetryAfter()).toEqual([]);
  await request();
  await wait(100);
  await request();
  expect(other.faults.requestsBeforeRetryAfter()).toEqual([other.requests[3]]);
  await other.close();
});

it('limits requests per instance and writes per user', async () => {
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
