import { createHmac, hkdfSync } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LOGINS, loginUrl } from '@rolecall/prisma/logins';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AppError } from '../core/errors.ts';
import { openSecrets } from '../core/secrets.ts';
import { prepareDatabase } from '../prepare-database.ts';
import { aTenant, aUser, type TestTenant, type TestUser } from './fixtures/builders.ts';
import type { DatabaseCopy } from './fixtures/database-copy.ts';
import { type Harness, ORIGIN, startHarness } from './fixtures/harness.ts';
import { ownDatabase } from './fixtures/own-database.ts';

/*
 * The attacker knows the password of the database's owner, has signed up, and knows how every release derived its keys. All that is
 * kept from them is the file secret-key.
 */
const PASSWORD = 'rolecall123';
const USES = ['identity', 'session', 'cursor', 'secret', 'sign-in', 'webhook', ''];

let dataDir: string;
let database: DatabaseCopy;
let harness: Harness;
let guesses: string[];
let attacker: TestUser;
let tenant: TestTenant;

beforeAll(async () => {
  database = await ownDatabase();
  const url = Object.assign(new URL(database.ownerUrl), { password: PASSWORD }).href;
  const owner = new pg.Client({ connectionString: database.ownerUrl });
  await owner.connect();
  await owner.query(`ALTER ROLE CURRENT_USER PASSWORD '${PASSWORD}'`);
  await owner.end();
  await prepareDatabase({ databaseUrl: url, dataDir: '' }, () => {});
  dataDir = await mkdtemp(join(tmpdir(), 'rolecall-forged-'));
  harness = await startHarness({ DATABASE_URL: url, DATA_DIR: dataDir, SECRET_KEY: '' });
  guesses = guessedKeys(url);
  attacker = await aUser(harness);
  tenant = await aTenant(harness, { owner: attacker });
});
afterAll(async () => {
  await harness?.close();
  await database?.stop();
  await rm(dataDir, { recursive: true, force: true });
});

/** Every key that follows from the password, by HMAC as in early releases or by HKDF as now, in each encoding. */
function guessedKeys(url: string): string[] {
  const logins = LOGINS.map((login) => new URL(loginUrl(url, login)).password);
  const bases = [PASSWORD, url, ...logins];
  const labels = USES.flatMap((use) => [use, `rolecall ${use}`, `rolecall secret ${use}`]);
  const derived = bases.flatMap((base) =>
    labels.flatMap((label) => [
      createHmac('sha256', base).update(label).digest(),
      Buffer.from(hkdfSync('sha256', base, '', label, 32)),
    ]),
  );
  const texts = derived.flatMap((key) => [key.toString('hex'), key.toString('base64url'), key.toString('base64')]);
  return [...bases, ...texts];
}

const [realSessionKey, realCursorKey] = [
  () => openSecrets({ secretKey: null, secretKeyPrevious: null, dataDir })('session')[0],
  () => openSecrets({ secretKey: null, secretKeyPrevious: null, dataDir })('cursor')[0],
];
const hmac = (key: string, text: string, encoding: 'base64' | 'base64url') =>
  createHmac('sha256', key).update(text).digest(encoding);

describe('a session cookie', () => {
  const nameOf = (cookie: string) => cookie.split('=')[0];
  const tokenOf = (cookie: string) => decodeURIComponent(cookie.slice(cookie.indexOf('=') + 1)).split('.');

  it('is signed with a key that does not follow from the database password', () => {
    const [token = '', signature] = tokenOf(attacker.cookie);
    expect(guesses.filter((key) => hmac(key, token, 'base64') === signature)).toEqual([]);
    expect(hmac(realSessionKey(), token, 'base64')).toBe(signature);
  });

  it('cannot be forged for a session whose token is known', async () => {
    const victim = await aUser(harness);
    const [token = ''] = tokenOf(victim.cookie);
    const userOf = async (key: string) => {
      const cookie = `${nameOf(victim.cookie)}=${encodeURIComponent(`${token}.${hmac(key, token, 'base64')}`)}`;
      try {
        return (await harness.services.identity.authenticate(new Request(ORIGIN, { headers: { cookie } }))).userId;
      } catch (error) {
        if ((error as AppError).code === 'not_signed_in') return null;
        throw error;
      }
    };
    const found = await Promise.all(guesses.map(userOf));
    expect(found.filter(Boolean)).toEqual([]);
    expect(await userOf(realSessionKey())).toBe(victim.id);
  });
});

describe('a cursor', () => {
  it('cannot be forged', async () => {
    const list = (cursor?: string) =>
      attacker.call('GET', `${tenant.path}/roles?limit=1${cursor === undefined ? '' : `&cursor=${cursor}`}`);
    const first = await list();
    const [body = '', signature] = first.body.page.nextCursor.split('.');
    const binding = `${JSON.stringify(['role.list', tenant.id, []])}\nname`;
    const signatureBy = (key: string) => hmac(key, `${binding}\n${body}`, 'base64url');
    expect(guesses.filter((key) => signatureBy(key) === signature)).toEqual([]);
    const answers = await Promise.all(guesses.slice(0, 40).map((key) => list(`${body}.${signatureBy(key)}`)));
    expect(new Set(answers.map((answer) => answer.body.code))).toEqual(new Set(['invalid_cursor']));
    expect(signatureBy(realCursorKey())).toBe(signature);
  });
});
