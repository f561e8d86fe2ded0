import { describe, expect, it } from 'vitest';
import { ConfigError, type Environment, readConfig } from '../config.ts';

const CLERK_KEY = `pk_test_${btoa('happy.clerk.accounts.dev$')}`;
const SECRET = 'a shared secret of more than 32 characters';

function errorsOf(environment: Environment): readonly string[] {
  try {
    readConfig(environment);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.errors;
    throw error;
  }
}

describe('settings that are normalised', () => {
  it('drops spaces and line ends around every value', () => {
    const settings = {
      JWT_SECRET: ` ${SECRET}\r\n`,
      JWT_ISSUER: 'https://issuer.example/ ',
      CLERK_SECRET_KEY: 'sk_test_abc ',
      CLERK_WEBHOOK_SIGNING_SECRET: '\twhsec_AAAA\n',
      CLERK_PUBLISHABLE_KEY: ` ${CLERK_KEY}`,
      SMTP_URL: ' smtp://mail.example.com ',
      BOOTSTRAP_OWNER: ' ada@example.com ',
      DATA_DIR: ' .data ',
      LOG_LEVEL: ' warn',
    };
    const trimmed = Object.fromEntries(Object.entries(settings).map(([name, value]) => [name, value.trim()]));
    expect(readConfig(settings)).toEqual(readConfig(trimmed));
    expect(readConfig(settings).jwt.secrets).toEqual([SECRET]);
  });

  it('counts a value of spaces as unset', () => {
    expect(readConfig({ JWT_SECRET: ' ', PUBLIC_URL: '\n' })).toMatchObject({ publicUrl: null, jwt: { secrets: [] } });
  });

  it('writes origins as browsers send them', () => {
    const parties = 'https://a.example/, HTTPS://B.example:443 ,http://localhost:3000,chrome-extension://abcdef/';
    expect(readConfig({ CLERK_AUTHORIZED_PARTIES: parties }).clerk.authorizedParties).toEqual([
      'https://a.example',
      'https://b.example',
      'http://localhost:3000',
      'chrome-extension://abcdef',
    ]);
    expect(readConfig({ PUBLIC_URL: 'https://Access.Example/' }).publicUrl).toBe('https://access.example');
  });

  it('reads switches in the usual spellings', () => {
    for (const value of ['true', 'TRUE', '1', 'yes', 'on']) expect(readConfig({ SIGN_UP: value }).signUp).toBe(true);
    for (const value of ['false', 'False', '0', 'no', 'off']) expect(readConfig({ SIGN_UP: value }).signUp).toBe(false);
  });

  it('listens on a bracketed IPv6 address', () => {
    expect(readConfig({ HOST: '[::1]' })).toMatchObject({ host: '::1', isLoopback: true });
  });
});

describe('settings that are refused at start', () => {
  it.each([
    ['PORT', '3e3'],
    ['PORT', '70000'],
    ['HOST', 'http://0.0.0.0'],
    ['HOST', '0.0.0.0:3000'],
    ['PUBLIC_URL', 'https://access.example/rolecall'],
    ['PUBLIC_URL', 'https://access.example/?tenant=1'],
    ['PUBLIC_URL', 'https://user:secret-word@access.example'],
    ['PUBLIC_URL', 'access.example'],
    ['PUBLIC_URL', 'localhost:3000'],
    ['PUBLIC_URL', 'ftp://access.example'],
    ['PUBLIC_URL', 'https://*.example'],
    ['PUBLIC_URL', 'https://access..example'],
    ['METRICS_TOKEN', 'secret-wörd-of-more-than-16'],
    ['METRICS_TOKEN', 'secret-word of more than 16'],
    ['DEFAULT_TENANT', 'acme-'],
    ['DEFAULT_TENANT', 'acme--one'],
    ['DATABASE_URL', 'mysql://owner:secret-word@db/rolecall'],
    ['DATABASE_URL', 'postgres://owner:secret-word@db'],
    ['DATABASE_URL', 'postgres://owner@db/rolecall'],
    ['DATABASE_URL', 'postgres://owner:50%secret-word@db/rolecall'],
    ['DATABASE_URL', 'postgres://owner:p/secret-word@db/rolecall'],
    ['DATABASE_URL', 'host=db user=owner password=secret-word'],
    ['DIRECT_URL', 'postgres://owner@db/rolecall'],
    ['DIRECT_URL', 'postgres://owner:secret-word@db/rolecall'],
    ['DATABASE_LOGIN_PREFIX', 'my-app'],
    ['DATABASE_LOGIN_PREFIX', 'x; DROP ROLE y'],
    ['SMTP_URL', 'smtp://'],
    ['SMTP_URL', 'mail.example.com:25'],
    ['SMTP_URL', 'smtp://user:50%secret-word@mail.example.com'],
    ['SMTP_URL', 'smtp://mail.example.com?from=Rolecall'],
    ['DEMO_PASSWORD', 'x'.repeat(200)],
    ['CLERK_PUBLISHABLE_KEY', 'pk_test_nothing'],
    ['CLERK_PUBLISHABLE_KEY', 'sk_test_secret-word'],
    ['CLERK_SECRET_KEY', 'sk_test_'],
    ['CLERK_SECRET_KEY', '"sk_test_secret-word"'],
    ['CLERK_SECRET_KEY', 'sk_test_secret-word\u200b'],
    ['CLERK_WEBHOOK_SIGNING_SECRET', 'whsec_abc'],
    ['CLERK_WEBHOOK_SIGNING_SECRET', 'whsec_abcde='],
    ['CLERK_AUTHORIZED_PARTIES', 'https://a.example/app'],
    ['CLERK_AUTHORIZED_PARTIES', 'a.example'],
    ['CLERK_AUTHORIZED_PARTIES', '*'],
    ['CLERK_AUTHORIZED_PARTIES', 'https://*.example'],
    ['CLERK_API_URL', 'https://api.clerk.com/v1'],
    ['JWT_SECRET', `'${SECRET}'`],
    ['JWT_JWKS_URL', 'issuer.example/jwks'],
    ['JWT_JWKS_URL', 'https://user:secret-word@issuer.example/jwks'],
    ['JWT_ALGORITHMS', 'rs256'],
    ['SIGN_UP', 'maybe'],
  ])('%s=%s', (name, value) => {
    const errors = errorsOf({ [name]: value, IDENTITY_PROVIDER: name.startsWith('JWT') ? 'jwt' : 'local' });
    expect(errors.join('\n')).toContain(`${name}: `);
    expect(errors.join('\n')).not.toContain('secret-word');
  });
});
