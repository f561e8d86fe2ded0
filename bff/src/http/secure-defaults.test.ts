import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readConfig } from '../core/config.ts';
import { CLERK_SETTINGS } from '../testing/fixtures/clerk-webhooks.ts';
import { type Harness, harnessForThisTest, startHarness } from '../testing/fixtures/harness.ts';

const PUBLIC = { HOST: '0.0.0.0', PUBLIC_URL: 'https://access.example.test' };

let harness: Harness;
beforeAll(async () => {
  harness = await startHarness();
});
afterAll(() => harness.close());

describe('the demo', () => {
  it('is seeded without SEED only where no other machine can connect', () => {
    expect(readConfig({}).seedDemo).toBe(true);
    expect(readConfig(PUBLIC).seedDemo).toBe(false);
    expect(readConfig({ ...PUBLIC, SEED: 'demo' }).seedDemo).toBe(true);
  });

  it('shows its password to this machine only', async () => {
    const demoOf = async (settings: Record<string, string>) => {
      const { services, anonymous } = await harnessForThisTest(settings);
      services.demoAccounts = [{ email: 'owner@acme.test', name: 'Ada', role: 'owner', tenant: 'Acme' }];
      return (await anonymous('GET', '/api/session-info')).body.demo;
    };
    expect(await demoOf({})).toMatchObject({ password: 'rolecall-demo' });
    expect(await demoOf({ HOST: '0.0.0.0' })).toBeNull();
  });
});

describe('pictures of users', () => {
  const JWT = {
    IDENTITY_PROVIDER: 'jwt',
    JWT_ISSUER: 'https://issuer.example.test/realms/a',
    JWT_AUDIENCE: 'rolecall',
    JWT_SECRET: 'a shared secret of more than 32 characters',
    JWT_ALGORITHMS: 'HS256',
  };

  it.each([
    ['none in local mode', {}, "img-src 'self' data:;"],
    ["Clerk's in Clerk mode", CLERK_SETTINGS, "img-src 'self' data: https://img.clerk.com;"],
    ["the issuer's in JWT mode", JWT, "img-src 'self' data: https://issuer.example.test;"],
    [
      'those named',
      { ...JWT, JWT_ISSUER: 'issuer', JWT_PICTURE_HOSTS: '*.pictures.test, s.gravatar.com' },
      "img-src 'self' data: https://*.pictures.test https://s.gravatar.com;",
    ],
  ])('come from no other host: %s', async (_, settings, sources) => {
    const { anonymous } = await harnessForThisTest(settings);
    expect((await anonymous('GET', '/healthz')).headers.get('content-security-policy')).toContain(sources);
  });

  it.each(['https:', "'unsafe-inline'", 'a.test; script-src *', '*', 'https://a.test', 'a.test/path'])(
    'are refused from %s at start',
    (host) => expect(() => readConfig({ ...JWT, JWT_PICTURE_HOSTS: host })).toThrow('JWT_PICTURE_HOSTS: must be'),
  );
});

describe('answers of the API', () => {
  it('are never stored by caches', async () => {
    for (const path of ['/api/me', '/api/session-info', '/api/unknown'])
      expect((await harness.anonymous('GET', path)).headers.get('cache-control')).toBe('no-store');
  });

  it.each(['/api/unknown', '/metrics', '/metrics/unknown', '/.well-known/unknown'])(
    '%s is a problem, not a page',
    async (path) => {
      const answer = await harness.anonymous('GET', path);
      expect([answer.status, answer.headers.get('content-type')]).toEqual([404, 'application/problem+json']);
    },
  );
});
