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
const verify = sessionTokenVerifier({ settings, publicOrigins: () => [] });

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

describe('rejected tokens', () => {
  it.each([
    ['a token of another key', token(claims(), { key: theirs.privateKey })],
    ['alg none', `${part({ alg: 'none', typ: 'JWT' })}.${part(claims())}.`],
    ['alg none with a signature', token(claims(), { header: { alg: 'none' } })],
    ['HS256 with the public key', hmacToken(pem)],
    [
      'a key that the token brings itself',
      token(claims(), { key: theirs.privateKey, header: { jwk: theirs.publicKey.export({ format: 'jwk' }) } }),
    ],
    ['an expired token', token(claims({ exp: seconds() - 30 }))],
    ['a token without an end', token(claims({ exp: undefined }))],
    ['a token of tomorrow', token(claims({ nbf: seconds() + 86_400 }))],
    ['another party', token(claims({ azp: 'https://evil.example.test' }))],
    ['no party', token(claims({ azp: undefined }))],
    ['another issuer', token(claims({ iss: 'https://other.example.test' }))],
    ['a pending session', token(claims({ sts: 'pending' }))],
    ['a token made for another service', token(claims({ sid: undefined }))],
    ['no person', token(claims({ sub: undefined }))],
    ['a changed payload', token(claims()).replace(/\.[^.]+\./, `.${part(claims({ sub: 'user_2' }))}.`)],
    ['nonsense', 'a.b.c'],
    ['a header that is no object', `${Buffer.from('null').toString('base64url')}.${part(claims())}.AAAA`],
    [
      'a payload that is no object',
      `${part({ alg: 'RS256', typ: 'JWT' })}.${Buffer.from('7').toString('base64url')}.AAAA`,
    ],
    ['a huge token', token(claims({ filler: 'x'.repeat(9_000) }))],
  ])('%s', async (_, forged) => {
    expect(await verify(forged)).toBeNull();
  });

  it('rejects a cached token once it has expired', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    onTestFinished(() => void vi.useRealTimers());
    const known = token(claims());
    expect(await verify(known)).not.toBeNull();
    vi.setSystemTime(Date.now() + 66_000);
    expect(await verify(known)).toBeNull();
  });
});

it('authorizes our own origins unless CLERK_AUTHORIZED_PARTIES is set', async () => {
  for (const authorizedParties of [null, []]) {
    const own = sessionTokenVerifier({
      settings: { ...settings, authorizedParties },
      publicOrigins: () => ['http://127.0.0.1:3000'],
    });
    expect(await own(token(claims()))).toBeNull();
    expect(await own(token(claims({ azp: 'http://127.0.0.1:3000' })))).not.toBeNull();
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
