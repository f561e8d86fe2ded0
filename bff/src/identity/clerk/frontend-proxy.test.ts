import { createServer, type IncomingMessage, type Server } from 'node:http';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type ConfigError, readConfig } from '../../core/config.ts';
import { closeServer, listen } from '../../http/listen/listen.ts';
import { CLERK_SETTINGS } from '../../testing/fixtures/clerk-webhooks.ts';
import { harnessForThisTest, ORIGIN } from '../../testing/fixtures/harness.ts';

const HOST = 'happy-1.clerk.accounts.dev';
const KEYS = {
  ...CLERK_SETTINGS,
  CLERK_PUBLISHABLE_KEY: `pk_test_${Buffer.from(`${HOST}$`).toString('base64')}`,
  CLERK_SECRET_KEY: 'sk_test_frontend',
};

let clerk: Server;
let clerkUrl: string;
let received: IncomingMessage;
let receivedBody = '';

beforeAll(async () => {
  clerk = createServer(async (request, response) => {
    received = request;
    receivedBody = '';
    for await (const chunk of request) receivedBody += chunk;
    response.writeHead(422, { 'content-type': 'application/json', 'set-cookie': ['__client=a; Path=/', 'b=c'] });
    response.end('{"errors":[]}');
  });
  clerkUrl = await listen(clerk, { host: '127.0.0.1', port: 0 });
});
afterAll(() => closeServer(clerk));

const policy = async (settings: Record<string, string>) => {
  const { anonymous } = await harnessForThisTest(settings);
  return (await anonymous('GET', '/healthz')).headers.get('content-security-policy') ?? '';
};

it('proxies requests to Clerk and strips headers that a caller could forge', async () => {
  const { anonymous } = await harnessForThisTest({ ...KEYS, CLERK_FAPI_URL: clerkUrl });
  const answer = await anonymous('POST', '/__clerk/v1/client/sign_ins?x=1', '{"identifier":"a"}', {
    authorization: 'Bearer ours',
    'clerk-secret-key': 'sk_test_mine',
    'clerk-proxy-url': 'https://evil.test/__clerk',
    'x-forwarded-host': 'evil.test',
    'x-forwarded-for': '6.6.6.6',
    'cf-connecting-ip': '6.6.6.6',
  });
  expect([answer.status, answer.body]).toEqual([422, { errors: [] }]);
  expect(answer.headers.getSetCookie()).toEqual(['__client=a; Path=/', 'b=c']);
  expect([received.url, receivedBody]).toEqual(['/v1/client/sign_ins?x=1', '{"identifier":"a"}']);
  expect(received.headers).toMatchObject({
    'clerk-secret-key': KEYS.CLERK_SECRET_KEY,
    'clerk-proxy-url': `${ORIGIN}/__clerk`,
    'x-forwarded-host': new URL(ORIGIN).host,
  });
  expect(received.headers.authorization).toBeUndefined();
  expect(JSON.stringify(received.headers)).not.toMatch(/6\.6\.6\.6|evil/);
});

it('is disabled by default', async () => {
  const { anonymous } = await harnessForThisTest(KEYS);
  expect((await anonymous('GET', '/__clerk/v1/environment')).status).toBe(404);
  expect((await anonymous('GET', '/api/session-info')).body.clerkProxyPath).toBeNull();
});

it("allows Clerk's host in the CSP only without the proxy", async () => {
  const [local, proxied, direct] = [
    await policy({}),
    await policy({ ...KEYS, CLERK_FAPI_URL: clerkUrl }),
    await policy(KEYS),
  ];
  expect(local).toContain("script-src 'self';");
  expect(local).not.toMatch(/clerk|blob:|frame-src/);
  expect(proxied).toContain("script-src 'self';");
  expect(proxied).toContain("connect-src 'self';");
  expect(proxied.replace('https://img.clerk.com', '')).not.toMatch(/clerk|cloudflare/);
  expect(direct).toContain(`script-src 'self' https://${HOST} https://challenges.cloudflare.com`);
  expect(direct).toContain(`connect-src 'self' https://${HOST}`);
});

it('never exposes the secret key', () => {
  const errorsOf = (settings: Record<string, string>) => {
    try {
      readConfig({ ...KEYS, ...settings });
      return [];
    } catch (error) {
      return (error as ConfigError).errors;
    }
  };
  expect(errorsOf({ CLERK_FAPI_URL: 'http://clerk.example.test' })).toEqual([
    'CLERK_FAPI_URL: must be https or a loopback address, because the secret key is sent to it',
  ]);
  expect(errorsOf({ CLERK_API_URL: 'http://10.0.0.1' })).toHaveLength(1);
  expect(errorsOf({ CLERK_FAPI_URL: 'https://frontend-api.clerk.services' })).toEqual([]);
  expect(errorsOf({ CLERK_FAPI_URL: clerkUrl, CLERK_SECRET_KEY: '' })).toHaveLength(1);
});
