import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, type JWTHeaderParameters, type JWTPayload, SignJWT } from 'jose';
import pino from 'pino';
import { v7 as uuid } from 'uuid';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { type ConfigError, readConfig } from '../../core/config.ts';
import { type Harness, harnessForThisTest, startHarness } from '../../testing/fixtures/harness.ts';

const ISSUER = 'https://issuer.example.test/';
const RULES = { IDENTITY_PROVIDER: 'jwt', JWT_ISSUER: ISSUER, JWT_AUDIENCE: 'rolecall' };
const SECRET = 'a shared secret of more than 32 characters';

const ours = await generateKeyPair('RS256');
const theirs = await generateKeyPair('RS256');
const publicKey = { ...(await exportJWK(ours.publicKey)), kid: 'key-1', alg: 'RS256' };
const issuer = { requests: 0, isDown: false, keys: [publicKey] as object[] };
const server = createServer((_, response) => {
  issuer.requests++;
  response.writeHead(issuer.isDown ? 500 : 200, { 'content-type': 'application/json' });
  response.end(JSON.stringify({ keys: issuer.keys }));
});
let harness: Harness;
let jwksUrl: string;

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  jwksUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/jwks`;
  harness = await startHarness({ ...RULES, JWT_JWKS_URL: jwksUrl, JWT_ALGORITHMS: 'RS256' });
});
afterAll(async () => {
  await harness.close();
  server.close();
});

const now = () => Math.floor(Date.now() / 1000);
const claims = (overrides: JWTPayload = {}): JWTPayload => ({
  iss: ISSUER,
  aud: 'rolecall',
  sub: `auth0|${uuid()}`,
  iat: now() - 1,
  exp: now() + 60,
  ...overrides,
});
const token = (payload: JWTPayload, header: Partial<JWTHeaderParameters> = {}, key = ours.privateKey) =>
  new SignJWT(payload).setProtectedHeader({ alg: 'RS256', kid: 'key-1', ...header }).sign(key);
const hmac = (payload: JWTPayload, secret: string) =>
  new SignJWT(payload).setProtectedHeader({ alg: 'HS256', kid: 'key-1' }).sign(new TextEncoder().encode(secret));
/** jose signs no token with an extension that it does not know. */
const critical = async (payload: JWTPayload) => {
  const header = Buffer.from('{"alg":"RS256","kid":"key-1","crit":["x"],"x":1}').toString('base64url');
  return [header, ...(await token(payload)).split('.').slice(1)].join('.');
};
const me = async (bearer: string, at = harness) =>
  at.anonymous('GET', '/api/me', undefined, { authorization: `Bearer ${bearer}` });

describe('token authentication', () => {
  it('copies the user from the first token and updates from later ones', async () => {
    const sub = `auth0|${uuid()}`;
    const person = { sub, email: 'ada@example.test', email_verified: true, name: 'Ada Park', role: 'owner' };
    const first = await me(await token(claims(person)));
    expect(first.body.user).toMatchObject({ id: sub, name: 'Ada Park', email: 'ada@example.test' });
    expect([first.body.memberships, first.body.platform.permissions]).toEqual([[], []]);

    const married = claims({ ...person, given_name: 'Ada', family_name: 'Lindt', iat: now() });
    expect((await me(await token(married))).body.user.name).toBe('Ada Lindt');
    expect((await me(await token(claims({ ...person, iat: now() - 30 })))).body.user.name).toBe('Ada Lindt');
  });

  it('treats email_verified: false as unverified whatever the settings', async () => {
    const settings = { JWT_SECRET: SECRET, JWT_ALGORITHMS: 'HS256', JWT_EMAILS_ARE_VERIFIED: 'true' };
    const trusting = await harnessForThisTest({ ...RULES, ...settings });
    const isVerified = async (extra: JWTPayload) => {
      const all = claims({ email: 'ada@example.test', ...extra });
      expect((await me(await hmac(all, SECRET), trusting)).status).toBe(200);
      const known = await trusting.services.db.sync.user.findFirstOrThrow({ where: { id: all.sub ?? '' } });
      return known.emailVerified;
    };
    expect(await isVerified({})).toBe(true);
    for (const email_verified of [false, 'false', 'no', 0, null]) {
      expect(await isVerified({ email_verified }), String(email_verified)).toBe(false);
    }
  });

  it('rejects a token that lacks any required claim or a valid signature', async () => {
    const good = claims();
    const { exp, ...endless } = good;
    const { aud, ...withoutAudience } = good;
    const bare = (await token(good)).split('.');
    const none = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${bare[1]}.`;
    const jwk = await exportJWK(theirs.publicKey);
    const refused: [reason: string, what: string, bearer: string][] = [
      ['signature_invalid', 'another key', await token(good, {}, theirs.privateKey)],
      ['signature_invalid', 'a key it brings itself', await token(good, { jwk }, theirs.privateKey)],
      ['key_unknown', 'an unknown key id', await token(good, { kid: 'key-2' })],
      ['algorithm_refused', 'HS256 with the public key', await hmac(good, JSON.stringify(publicKey))],
      ['token_malformed', 'alg none', none],
      ['issuer_refused', 'another issuer', await token(claims({ iss: 'https://evil.example.test/' }))],
      ['audience_refused', 'another audience', await token(claims({ aud: 'other' }))],
      ['claims_invalid', 'no audience', await token(withoutAudience)],
      ['claims_invalid', 'no end', await token(endless)],
      ['token_expired', 'its end 30 s ago', await token(claims({ exp: now() - 30 }))],
      ['token_not_active', 'a beginning tomorrow', await token(claims({ nbf: now() + 86_400 }))],
      ['claims_invalid', 'an empty subject', await token({ ...good, sub: '' })],
      ['claims_invalid', 'a number for a subject', await token({ ...good, sub: 42 as never })],
      ['claims_invalid', 'a list for a subject', await token({ ...good, sub: ['a'] as never })],
      ['claims_invalid', 'a subject with NUL', await token({ ...good, sub: 'a\u0000b' })],
      ['claims_invalid', 'half a character', await token({ ...good, sub: 'a\ud83d' })],
      ['claims_invalid', 'an invisible subject', await token({ ...good, sub: '\u200b' })],
      ['claims_invalid', 'a subject that turns the text', await token({ ...good, sub: '\u202eadmin' })],
      ['claims_invalid', 'a subject of two lines', await token({ ...good, sub: 'a\u2028b' })],
      ['claims_invalid', 'a subject that no path can name', await token({ ...good, sub: '..' })],
      ['claims_invalid', 'a subject of 300 characters', await token({ ...good, sub: 'a'.repeat(300) })],
      ['claims_invalid', 'an unreadable actor', await token({ ...good, act: 'support' })],
      ['claims_invalid', 'an iat that is no number', await token({ ...good, iat: 'yesterday' as never })],
      ['token_type_refused', 'another type', await token(good, { typ: 'logout+jwt' })],
      ['token_malformed', 'an unknown critical extension', await critical(good)],
      ['token_malformed', 'two parts', 'a.b'],
      ['token_too_long', '17 kB', await token(claims({ filler: 'x'.repeat(12_700) }))],
    ];
    for (const [reason, what, bearer] of refused) {
      const { status, body, headers } = await me(bearer);
      expect([status, body.code, body.reason], what).toEqual([401, 'not_signed_in', reason]);
      expect(headers.get('www-authenticate')).toBe(`Bearer error="invalid_token", error_description="${reason}"`);
    }
    expect((await harness.anonymous('GET', '/api/me')).body.reason).toBe('no_credentials');
    expect((await me(await token(good))).status).toBe(200);
  });

  it('accepts tokens of 16 kB', async () => {
    const large = await token(claims({ filler: 'x'.repeat(11_500) }));
    expect(large.length).toBeGreaterThan(15_900);
    expect((await me(large)).status).toBe(200);
  });

  it('tries each key for a token that names none', async () => {
    const second = await generateKeyPair('RS256');
    issuer.keys = [publicKey, { ...(await exportJWK(second.publicKey)), kid: 'key-2', alg: 'RS256' }];
    onTestFinished(() => {
      issuer.keys = [publicKey];
    });
    const fresh = await harnessForThisTest({ ...RULES, JWT_JWKS_URL: jwksUrl, JWT_ALGORITHMS: 'RS256' });
    const reason = async (key: typeof ours.privateKey, payload = claims()) =>
      (await me(await token(payload, { kid: undefined as never }, key), fresh)).body.reason;
    expect(await reason(ours.privateKey)).toBeUndefined();
    expect(await reason(second.privateKey)).toBeUndefined();
    expect(await reason(second.privateKey, claims({ exp: now() - 30 }))).toBe('token_expired');
    expect(await reason(theirs.privateKey)).toBe('signature_invalid');
  });

  it('keeps the name and the address that a later token does not repeat', async () => {
    const sub = `auth0|${uuid()}`;
    const person = { sub, email: 'ada@example.test', email_verified: true, given_name: 'Ada', family_name: 'Park' };
    await me(await token(claims({ ...person, iat: now() - 20 })));
    const userAfter = async (payload: JWTPayload) => (await me(await token(claims({ sub, ...payload })))).body.user;
    const known = { name: 'Ada Park', email: 'ada@example.test' };
    expect(await userAfter({ iat: now() - 15 })).toMatchObject(known);
    expect(await userAfter({ iat: now() - 14, email: null, name: null, picture: 7 })).toMatchObject(known);
    expect(await userAfter({ iat: now() - 13, name: 'Ada Lindt' })).toMatchObject({ ...known, name: 'Ada Lindt' });
    expect(await userAfter({ iat: now() - 12, email: 'lindt@example.test' })).toMatchObject({
      name: 'Ada Lindt',
      email: 'lindt@example.test',
    });
    expect(await userAfter({ iat: now() - 11, email: '' })).toMatchObject({ name: 'Ada Lindt', email: null });
  });

  it.each([
    ['milliseconds', () => Date.now()],
    ['next year', () => now() + 31_536_000],
    ['the year 50000', () => 1.5e12],
    ['a negative number', () => -1e15],
  ])('keeps every list of users readable after an iat in %s', async (_, iat) => {
    const sub = `auth0|${uuid()}`;
    expect((await me(await token(claims({ sub, name: 'Ada Park', iat: iat() as number })))).status).toBe(200);
    const user = await harness.services.db.sync.user.findFirstOrThrow({ where: { id: sub } });
    expect(user.createdAt.getTime()).toBeLessThanOrEqual(Date.now());
    expect(user.identityUpdatedAt).toBeLessThanOrEqual(Date.now());
  });

  it('logs why a token was refused, with the id of the request', async () => {
    const lines: Record<string, unknown>[] = [];
    const { log } = harness.services;
    harness.services.log = pino({}, { write: (line: string) => void lines.push(JSON.parse(line)) });
    onTestFinished(() => {
      harness.services.log = log;
    });
    const answers = [
      await me(await token(claims({ exp: now() - 30 }))),
      await me(await token(claims({ aud: 'other' }))),
    ];
    await harness.anonymous('GET', '/api/me');
    const refusals = lines.filter(({ msg }) => msg === 'caller refused');
    expect(refusals).toMatchObject([
      { level: 40, code: 'not_signed_in', reason: 'token_expired', requestId: answers[0]?.body.requestId },
      { reason: 'audience_refused', explanation: 'unexpected "aud" claim value' },
    ]);
  });

  it('fetches keys at most every 30 s and works while the issuer is down', async () => {
    const before = issuer.requests;
    for (let flood = 0; flood < 50; flood++) await me(await token(claims(), { kid: `key-${uuid()}` }));
    expect(issuer.requests - before).toBeLessThanOrEqual(2);
    issuer.isDown = true;
    expect((await me(await token(claims()))).status).toBe(200);
    issuer.isDown = false;
  });
});

it('accepts tokens of the previous shared secret during a rotation, and checks their claims', async () => {
  const [old, other] = ['the shared secret of before, 32 characters', 'a secret that was never shared with us'];
  const settings = { JWT_SECRET: SECRET, JWT_SECRET_PREVIOUS: old, JWT_ALGORITHMS: 'HS256' };
  const rotating = await harnessForThisTest({ ...RULES, ...settings });
  const tokens = [
    ...(await Promise.all([SECRET, old, other].map((secret) => hmac(claims(), secret)))),
    await hmac(claims({ exp: now() - 30 }), old),
  ];
  const answers = await Promise.all(tokens.map((bearer) => me(bearer, rotating)));
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 401, 401]);
});

it('accepts a shared secret, and rejects all while no key was ever fetched', async () => {
  const shared = await startHarness({ ...RULES, JWT_SECRET: SECRET, JWT_ALGORITHMS: 'HS256' });
  expect((await me(await hmac(claims(), SECRET), shared)).status).toBe(200);
  expect((await me(await hmac(claims(), `${SECRET}!`), shared)).status).toBe(401);
  await shared.close();
  const silent = await startHarness({ ...RULES, JWT_JWKS_URL: 'http://127.0.0.1:9/jwks', JWT_ALGORITHMS: 'RS256' });
  expect((await me(await token(claims()), silent)).status).toBe(503);
  await silent.close();
});

it('reports missing and contradictory settings at start', () => {
  const errorsOf = (settings: Record<string, string>) => {
    try {
      readConfig({ IDENTITY_PROVIDER: 'jwt', ...settings });
      return [];
    } catch (error) {
      return (error as ConfigError).errors.map((line) => line.split(':')[0]);
    }
  };
  expect(errorsOf({})).toEqual(['JWT_ISSUER', 'JWT_AUDIENCE', 'JWT_JWKS_URL, JWT_SECRET', 'JWT_ALGORITHMS']);
  const secret = { JWT_ISSUER: 'x', JWT_AUDIENCE: 'y', JWT_SECRET: SECRET };
  expect(errorsOf({ ...secret, JWT_ALGORITHMS: 'HS256' })).toEqual([]);
  expect(errorsOf({ ...secret, JWT_ALGORITHMS: 'HS256,RS256' })).toEqual(['JWT_ALGORITHMS']);
  const url = { JWT_ISSUER: 'x', JWT_AUDIENCE: 'y', JWT_ALGORITHMS: 'RS256' };
  const keySet = { ...url, JWT_JWKS_URL: 'https://issuer.example.test/jwks' };
  expect(errorsOf({ ...keySet, JWT_SECRET_PREVIOUS: SECRET })).toEqual(['JWT_SECRET_PREVIOUS']);
  expect(errorsOf({ ...url, JWT_JWKS_URL: 'http://issuer.example.test/jwks' })).toEqual(['JWT_JWKS_URL']);
});
