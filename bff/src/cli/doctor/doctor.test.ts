import { execFile } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, inject, it, onTestFinished } from 'vitest';
import { isTransactionPooler } from '../../db/connect/transaction-pooler.ts';
import { startTransactionPooler } from '../../testing/fixtures/transaction-pooler.ts';
import type { Check } from './check.ts';
import { diagnose } from './diagnose.ts';
import { checkNode, checkSecretFiles } from './machine.ts';

const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const PEM = publicKey.export({ type: 'spki', format: 'pem' }).toString();
const CLERK = { IDENTITY_PROVIDER: 'clerk', CLERK_JWT_KEY: PEM, BOOTSTRAP_OWNER: 'user_1' };
const PLAIN = 'doctor_plain';

let dataDir: string;
let other: Server;
const takenPort = () => (other.address() as AddressInfo).port;
beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'rolecall-doctor-'));
  other = createServer((socket) => socket.end());
  await new Promise<void>((done) => other.listen(0, '127.0.0.1', done));
});
afterAll(() => {
  other.close();
  rmSync(dataDir, { recursive: true, force: true });
});

const check = (settings: Record<string, string>) => diagnose({ PORT: '0', DATA_DIR: dataDir, ...settings });
const errorsOf = (checks: Check[]) =>
  checks.filter(({ status }) => status === 'error').map(({ name, message }) => `${name}: ${message}`);
const warningsOf = (checks: Check[]) =>
  checks.filter(({ status }) => status === 'warning').map(({ message }) => message);
const ownerUrl = (change: (url: URL) => void = () => {}) => {
  const url = new URL(inject('ownerUrl'));
  change(url);
  return url.href;
};

it('finds nothing wrong with the demo of a bare machine', async () => {
  const checks = await check({});
  expect(checks.filter(({ status }) => status !== 'ok' && status !== 'warning')).toEqual([]);
  expect(checks.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['Node', 'Settings', 'Port', 'Database', 'Disk']),
  );
});

it('finds nothing wrong with a database that is ready', async () => {
  const checks = await check({ DATABASE_URL: ownerUrl() });
  expect(errorsOf(checks)).toEqual([]);
  const names = checks.filter(({ status }) => status === 'ok').map(({ name }) => name);
  expect(names).toEqual(expect.arrayContaining(['Database', 'Rights', 'Logins', 'Clock', 'Migrations']));
});

describe('wrong set-ups', () => {
  it('lists every invalid setting', async () => {
    const errors = errorsOf(await check({ IDENTITY_PROVIDER: 'jwt', PORT: '99999' }));
    expect(errors).toEqual([expect.stringContaining('PORT')]);
    expect(errorsOf(await check({ IDENTITY_PROVIDER: 'jwt' }))).toEqual(
      ['JWT_ISSUER', 'JWT_AUDIENCE', 'JWT_JWKS_URL', 'JWT_ALGORITHMS'].map((name) => expect.stringContaining(name)),
    );
  });

  it('lists values that the server would reject later', async () => {
    const errors = errorsOf(await check({ ...CLERK, CLERK_JWT_KEY: 'no key' }));
    expect(errors[0]).toBe('Settings: CLERK_JWT_KEY: not an RSA public key in PEM form');
  });

  it('names a port that another program holds', async () => {
    expect(errorsOf(await check({ PORT: String(takenPort()) }))).toEqual([
      `Port: ${takenPort()} on 127.0.0.1 is taken by another program: stop it or change PORT`,
    ]);
  });

  it('tells a database that is down from a wrong password and from a missing database', async () => {
    const errorsWith = async (url: string) => errorsOf(await check({ DATABASE_URL: url }));
    expect(await errorsWith('postgres://a:long-enough-password@127.0.0.1:1/b')).toEqual([
      expect.stringContaining('nothing listens at 127.0.0.1:1'),
    ]);
    expect(await errorsWith(ownerUrl((url) => Object.assign(url, { password: 'long-enough-password' })))).toEqual([
      expect.stringContaining('rejects the password of rolecall_owner'),
    ]);
    expect(await errorsWith(ownerUrl((url) => Object.assign(url, { pathname: '/absent' })))).toEqual([
      expect.stringContaining('CREATE DATABASE "absent" OWNER "rolecall_owner"'),
    ]);
  });

  it('names the rights that a login lacks, and the SQL that grants them', async () => {
    const owner = new pg.Client({ connectionString: ownerUrl() });
    await owner.connect();
    onTestFinished(async () => {
      await owner.query(`REVOKE CONNECT ON DATABASE rolecall FROM ${PLAIN}; DROP ROLE ${PLAIN}`);
      await owner.end();
    });
    await owner.query(`CREATE ROLE ${PLAIN} LOGIN PASSWORD 'long-enough-password'`);
    await owner.query(`GRANT CONNECT ON DATABASE rolecall TO ${PLAIN}`);
    const url = ownerUrl((plain) => Object.assign(plain, { username: PLAIN, password: 'long-enough-password' }));
    expect(errorsOf(await check({ DATABASE_URL: url }))).toEqual([
      `Database: rolecall_owner owns the database, not ${PLAIN}: use that login or, as a superuser, run ALTER DATABASE "rolecall" OWNER TO "${PLAIN}";`,
    ]);
  });

  it('names a pooler in transaction mode without DIRECT_URL, and accepts it with', async () => {
    const pooler = await startTransactionPooler(ownerUrl());
    onTestFinished(() => pooler.stop());
    const pooled = ownerUrl((url) => Object.assign(url, { port: pooler.port }));
    expect(errorsOf(await check({ DATABASE_URL: pooled }))).toEqual([
      expect.stringContaining('Pooler: DATABASE_URL leads to a pooler in transaction mode'),
    ]);
    expect(errorsOf(await check({ DATABASE_URL: pooled, DIRECT_URL: pooled }))).toEqual([
      expect.stringContaining('Pooler: DIRECT_URL leads to a pooler in transaction mode'),
    ]);
    const checks = await check({ DATABASE_URL: pooled, DIRECT_URL: ownerUrl() });
    expect(errorsOf(checks)).toEqual([]);
    expect(checks).toContainEqual({
      name: 'Pooler',
      status: 'ok',
      message: `requests pass through 127.0.0.1:${pooler.port}`,
    });
    expect(await isTransactionPooler(ownerUrl())).toBe(false);
  });

  it('says that no user can sign in with only CLERK_JWT_KEY', async () => {
    const checks = await check(CLERK);
    expect(errorsOf(checks)).toEqual([
      'Settings: CLERK_PUBLISHABLE_KEY missing: the console offers no sign-in',
      expect.stringContaining('CLERK_WEBHOOK_SIGNING_SECRET missing'),
    ]);
    expect(warningsOf(checks)).toEqual([expect.stringContaining('CLERK_SECRET_KEY missing')]);
  });

  it('notices Clerk keys of two instances', async () => {
    const keys = {
      CLERK_PUBLISHABLE_KEY: `pk_live_${btoa('clerk.example.com$')}`,
      CLERK_SECRET_KEY: 'sk_test_x',
      CLERK_WEBHOOK_SECRET: 'whsec_AAAA',
    };
    expect(errorsOf(await check({ ...CLERK, ...keys }))).toEqual([expect.stringContaining('CLERK_SECRET_KEY is live')]);
  });

  it('says that an address cannot become the owner without mail', async () => {
    const settings = { SEED: 'none', BOOTSTRAP_OWNER: 'ada@example.com' };
    expect(errorsOf(await check(settings))).toEqual([expect.stringContaining('BOOTSTRAP_OWNER is an address')]);
    expect(errorsOf(await check({ ...settings, BOOTSTRAP_OWNER: 'id-of-ada' }))).toEqual([]);
  });

  it('says that instances disagree about keys with DATABASE_URL but without SECRET_KEY', async () => {
    const aboutKey = async (settings: Record<string, string>) =>
      warningsOf(await check({ DATABASE_URL: ownerUrl(), ...settings })).filter((line) =>
        line.startsWith('SECRET_KEY'),
      );
    expect(await aboutKey({})).toEqual([expect.stringContaining('another DATA_DIR')]);
    expect(await aboutKey({ SECRET_KEY: 'a secret key of more than 32 characters' })).toEqual([]);
  });

  it('reports a mail server and an issuer that do not answer', async () => {
    const errors = errorsOf(
      await check({
        IDENTITY_PROVIDER: 'jwt',
        JWT_ISSUER: 'https://issuer.example',
        JWT_AUDIENCE: 'rolecall',
        JWT_ALGORITHMS: 'RS256',
        JWT_JWKS_URL: `http://127.0.0.1:${takenPort()}/keys`,
        SMTP_URL: `smtp://127.0.0.1:${takenPort()}`,
        BOOTSTRAP_OWNER: 'ada',
      }),
    );
    expect(errors).toEqual([expect.stringContaining('Issuer'), expect.stringContaining('Mail')]);
  });

  it('names files of secrets that others can read, and a Node that is too old', () => {
    for (const name of ['postgres-passwords.json', 'secret-key']) {
      const file = join(dataDir, name);
      writeFileSync(file, '{}', { mode: 0o644 });
      expect(checkSecretFiles({ dataDir })).toMatchObject([
        { status: 'error', message: expect.stringContaining(file) },
      ]);
      rmSync(file);
    }
    expect(checkNode('20.11.1').status).toBe('error');
  });
});

it('exits with 1 when something has to be fixed', async () => {
  const run = (settings: Record<string, string>) =>
    promisify(execFile)(process.execPath, [join(import.meta.dirname, '../doctor.ts')], {
      cwd: tmpdir(),
      env: { ...process.env, PORT: '0', DATA_DIR: dataDir, ...settings },
    });
  expect((await run({})).stdout).toContain('Rolecall can start.');
  await expect(run(CLERK)).rejects.toMatchObject({ code: 1, stdout: expect.stringContaining('2 to fix.') });
});
