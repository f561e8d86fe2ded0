import { createHmac, createSign, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { ConfigError } from '../../core/config.ts';
import { knownIssuers, sessionTokenVerifier } from './session-token.ts';

const PARTY = 'https://console.example.test';
const ISSUER = 'https://clerk.example.test';
const ours = generateKeyPairSync('rsa', { modulusLength: 2048 });
const theirs = generateKeyPairSync('rsa', { modulusLength: 2048 });
const pem = ours.publicKey.export({ type: 'spki', format: 'pem' }).toString();

const settings = { jwtKey: pem, authorizedParties: [PARTY], fapiUrl: ISSUER, publishableKey: null };
const requestWith = (token: string) =>
  new Request('https://console.example.test/api/me', { headers: { authorization: `Bearer ${token}` } });
const authenticate = sessionTokenVerifier({ settings, publicOrigins: () => [] });
const verify = (token: string) => authenticate(requestWith(token));
const reasonOf = (token: string) =>
  verify(token).then(
    () => 'accepted',
    (error) => error.details.reason,
  );

const seconds = () => Math.floor(Date.now() / 1000);
const claims = (overrides: object = {}) => ({
  azp: PARTY,
  iss: ISSUER,
  sub: 'user_1',
  sid: 'sess_1',
  sts: 'active',
  iat: seconds() - 5,
  nbf: seconds() - 5,
  exp: seconds() + 60,
  ...overrides,
});
const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

function token(payload: object, { header = {}, key = ours.privateKey }: { header?: object; key?: KeyObject } = {}) {
  const signed = `${part({ alg: 'RS256', typ: 'JWT', kid: 'ins_1', ...header })}.${part(payload)}`;
  return `${signed}.${createSign('RSA-SHA256').update(signed).sign(key, 'base64url')}`;
}
function hmacToken(secret: string) {
  const signed = `${part({ alg: 'HS256', typ: 'JWT', kid: 'ins_1' })}.${part(claims())}`;
  return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`;
}

it('authenticates the user and ignores role claims', async () => {
  const identity = await verify(
    token(claims({ o: { id: 'org_1', rol: 'owner' }, role: 'owner', public_metadata: { role: 'owner' } })),
  );
  expect(identity).toEqual({ userId: 'user_1', sessionId: 'sess_1', viaCookie: false });
});

it('names the impersonator', async () => {
  const impersonated = token(claims({ act: { iss: 'https://dashboard.clerk.com', sid: 'sess_2', sub: 'user_2' } }));
  expect(await verify(impersonated)).toMatchObject({ userId: 'user_1', impersonatorId: 'user_2' });
});

describe('rejected tokens', () => {
  it.each([
    ['a token of another key', 'signature_invalid', token(claims(), { key: theirs.privateKey })],
    ['alg none', 'token_malformed', `${part({ alg: 'none', typ: 'JWT' })}.${part(claims())}.`],
    ['alg none with a signature', 'algorithm_refused', token(claims(), { header: { alg: 'none' } })],
    ['HS256 with the public key', 'algorithm_refused', hmacToken(pem)],
    [
      'a key that the token brings itself',
      'signature_invalid',
      token(claims(), { key: theirs.privateKey, header: { jwk: theirs.publicKey.export({ format: 'jwk' }) } }),
    ],
    ['an expired token', 'token_expired', token(claims({ exp: seconds() - 30 }))],
    ['a token without an end', 'claims_invalid', token(claims({ exp: undefined }))],
    ['a token of tomorrow', 'token_not_active', token(claims({ nbf: seconds() + 86_400 }))],
    ['another party', 'audience_refused', token(claims({ azp: 'https://evil.example.test' }))],
    ['no party', 'audience_refused', token(claims({ azp: undefined }))],
    ['another issuer', 'issuer_refused', token(claims({ iss: 'https://other.example.test' }))],
    ['a pending session', 'session_pending', token(claims({ sts: 'pending' }))],
    ['a token made for another service', 'claims_invalid', token(claims({ sid: undefined }))],
    ['no person', 'claims_invalid', token(claims({ sub: undefined }))],
    [
      'a changed payload',
      'signature_invalid',
      token(claims()).replace(/\.[^.]+\./, `.${part(claims({ sub: 'user_2' }))}.`),
    ],
    ['nonsense', 'token_malformed', 'a.b.c'],
    [
      'a header that is no object',
      'token_malformed',
      `${Buffer.from('null').toString('base64url')}.${part(claims())}.AAAA`,
    ],
    [
      'a payload that is no object',
      'signature_invalid',
      `${part({ alg: 'RS256', typ: 'JWT' })}.${Buffer.from('7').toString('base64url')}.AAAA`,
    ],
    ['a token of 17 kB', 'token_too_long', token(claims({ filler: 'x'.repeat(12_700) }))],
    ['a number for a user', 'claims_invalid', token(claims({ sub: 42 }))],
    ['a user that cannot be stored', 'claims_invalid', token(claims({ sub: 'user_\u0000' }))],
    ['a session that cannot be stored', 'claims_invalid', token(claims({ sid: 'sess_\ud83d' }))],
    ['an impersonator without an id', 'claims_invalid', token(claims({ act: { iss: ISSUER } }))],
    ['an impersonator that is no object', 'claims_invalid', token(claims({ act: 'user_2' }))],
  ])('answers %s with %s', async (_, reason, forged) => {
    expect(await reasonOf(forged)).toBe(reason);
  });

  it('accepts a token of 16 kB', async () => {
    const large = token(claims({ filler: 'x'.repeat(11_500) }));
    expect(large.length).toBeGreaterThan(15_900);
    expect(await reasonOf(large)).toBe('accepted');
  });

  it('rejects a cached token once it has expired', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    onTestFinished(() => void vi.useRealTimers());
    const known = token(claims());
    expect(await reasonOf(known)).toBe('accepted');
    vi.setSystemTime(Date.now() + 66_000);
    expect(await reasonOf(known)).toBe('token_expired');
  });
});

it('authorizes our own origins unless CLERK_AUTHORIZED_PARTIES is set', async () => {
  for (const authorizedParties of [null, []]) {
    const own = sessionTokenVerifier({
      settings: { ...settings, authorizedParties },
      publicOrigins: () => ['http://127.0.0.1:3000'],
    });
    await expect(own(requestWith(token(claims())))).rejects.toMatchObject({ details: { reason: 'audience_refused' } });
    await expect(own(requestWith(token(claims({ azp: 'http://127.0.0.1:3000' }))))).resolves.toBeDefined();
  }
});

it('reads a key without PEM header, and rejects an invalid one at start', () => {
  const bare = pem.replace(/-----[^-]+-----/g, '').trim();
  expect(sessionTokenVerifier({ settings: { ...settings, jwtKey: bare }, publicOrigins: () => [] })).toBeTypeOf(
    'function',
  );
  const start = () => sessionTokenVerifier({ settings: { ...settings, jwtKey: 'not a key' }, publicOrigins: () => [] });
  expect(start).toThrow(ConfigError);
});

it('derives the issuers from the publishable key and the proxy', () => {
  const publishableKey = `pk_test_${Buffer.from('happy.clerk.accounts.dev$').toString('base64')}`;
  const publicOrigins = () => ['https://console.example.test'];
  const issuers = (settings: { fapiUrl: string | null; publishableKey: string | null }) =>
    knownIssuers({ settings, publicOrigins });
  expect(issuers({ fapiUrl: null, publishableKey })).toEqual(['https://happy.clerk.accounts.dev']);
  expect(issuers({ fapiUrl: ISSUER, publishableKey })).toContain('https://console.example.test/__clerk');
  expect(issuers({ fapiUrl: null, publishableKey: null })).toEqual([]);
});
