import { createHmac } from 'node:crypto';
import { SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readConfig } from '../../core/config.ts';
import { openSecrets } from '../../core/secrets.ts';
import { aTenant, aUser } from '../../testing/fixtures/builders.ts';
import { type Harness, startHarness } from '../../testing/fixtures/harness.ts';

const OLD = 'an old secret key of more than 32 characters';
const NEW = 'a new secret key of more than 32 characters';

let before: Harness;
let during: Harness;
let after: Harness;
beforeAll(async () => {
  [before, during, after] = await Promise.all([
    startHarness({ SECRET_KEY: OLD }),
    startHarness({ SECRET_KEY: NEW, SECRET_KEY_PREVIOUS: OLD }),
    startHarness({ SECRET_KEY: NEW }),
  ]);
});
afterAll(() => Promise.all([before, during, after].map((harness) => harness.close())));

const keyOf = (secretKey: string) => openSecrets(readConfig({ SECRET_KEY: secretKey }))('session')[0];

/** The same session, in a cookie that this instance has signed. */
function signedFor(harness: Harness, cookie: string): string {
  const [name, value = ''] = cookie.split('=');
  const [token = ''] = decodeURIComponent(value).split('.');
  const key = keyOf(harness.services.config.secretKey ?? '');
  return `${name}=${encodeURIComponent(`${token}.${createHmac('sha256', key).update(token).digest('base64')}`)}`;
}

const statuses = (cookie: string) =>
  Promise.all([before, during, after].map(async (harness) => (await harness.as(cookie)('GET', '/api/me')).status));

describe('rotation of SECRET_KEY', () => {
  it('keeps sessions until SECRET_KEY_PREVIOUS is removed', async () => {
    expect(await statuses((await aUser(before)).cookie)).toEqual([200, 200, 401]);
    expect(await statuses((await aUser(during)).cookie)).toEqual([401, 200, 200]);
  });

  it('lets a user with a cookie of the previous key sign out', async () => {
    const { cookie } = await aUser(before);
    expect((await during.as(cookie)('POST', '/api/auth/sign-out', {})).status).toBe(200);
    expect(await statuses(cookie)).toEqual([401, 401, 401]);
  });

  it('accepts no cookie that the previous key has not signed', async () => {
    const { cookie } = await aUser(before);
    const [name, value = ''] = cookie.split('=');
    const [token = '', signature = ''] = decodeURIComponent(value).split('.');
    const accented = `${signature.slice(1)}é`;
    for (const forged of [
      `${token}x.${signature}`,
      `${token}.${signature.slice(1)}A`,
      token,
      `${token}.`,
      `${token}.${accented}`,
      '%',
      '',
    ]) {
      expect((await during.as(`${name}=${encodeURIComponent(forged)}`)('GET', '/api/me')).status, forged).toBe(401);
    }
  });

  it('keeps cursors until SECRET_KEY_PREVIOUS is removed', async () => {
    const statusesOfCursor = async (signer: Harness) => {
      const owner = await aUser(during);
      const list = `${(await aTenant(during, { owner })).path}/roles?limit=1`;
      const cursorOf = async (harness: Harness, cookie: string) =>
        (await harness.as(cookie)('GET', list)).body.page.nextCursor;
      // Each instance needs a session of its own key.
      const cookies = new Map([before, during, after].map((harness) => [harness, signedFor(harness, owner.cookie)]));
      const cursor = await cursorOf(signer, cookies.get(signer) ?? '');
      return Promise.all(
        [...cookies].map(
          async ([harness, cookie]) => (await harness.as(cookie)('GET', `${list}&cursor=${cursor}`)).status,
        ),
      );
    };
    expect(await statusesOfCursor(before)).toEqual([200, 200, 400]);
    expect(await statusesOfCursor(during)).toEqual([400, 200, 200]);
  });

  it('keeps the links in verification mails', async () => {
    const statusOf = async (key: string) => {
      const { email } = await aUser(during);
      const token = await new SignJWT({ email })
        .setProtectedHeader({ alg: 'HS256' })
        .setExpirationTime('1h')
        .sign(new TextEncoder().encode(key));
      return (await during.anonymous('GET', `/api/auth/verify-email?token=${token}`)).status;
    };
    const statuses = await Promise.all(
      [keyOf(NEW), keyOf(OLD), keyOf('another key of more than 32 characters')].map(statusOf),
    );
    expect(statuses).toEqual([200, 200, 401]);
  });
});
