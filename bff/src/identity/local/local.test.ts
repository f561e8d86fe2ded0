import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aUser } from '../../testing/fixtures/builders.ts';
import { type Harness, harnessForThisTest, ORIGIN, startHarness } from '../../testing/fixtures/harness.ts';
import { PASSWORD } from '../../testing/fixtures/known-password.ts';
import { createLocalUsers } from './create-user.ts';

let harness: Harness;
beforeAll(async () => {
  harness = await startHarness();
});
afterAll(() => harness.close());

const copyOf = (id: string) => harness.services.db.sync.user.findFirst({ where: { id } });
const authenticate = (cookie: string) =>
  harness.services.identity.authenticate(new Request(ORIGIN, { headers: { cookie } }));
const ENDED = { code: 'not_signed_in', details: { reason: 'session_ended' } };

describe('local account', () => {
  it('is copied when created, with an audit row', async () => {
    const user = await aUser(harness, { name: 'Ada  Byron King' });
    expect(await copyOf(user.id)).toMatchObject({
      email: user.email,
      firstName: 'Ada',
      lastName: 'Byron King',
      emailVerified: false,
    });
    const rows = await harness.services.db.sync.auditLog.findMany({
      where: { subjectId: user.id, category: 'identity' },
    });
    expect(rows).toMatchObject([
      { action: 'user.created', actorType: 'user', actorId: user.id, requestId: expect.stringMatching(/.{36}/) },
    ]);
  });

  it('is signed in by its cookie until sign-out, on every instance', async () => {
    const user = await aUser(harness);
    const other = await startHarness();
    expect(await authenticate(user.cookie)).toMatchObject({ userId: user.id, viaCookie: true });
    const hasSession = async () => (await user.call('GET', '/api/session-info')).body.hasSession;
    expect(await hasSession()).toBe(true);
    expect((await user.call('POST', '/api/auth/sign-out', {})).status).toBe(200);
    expect(await hasSession()).toBe(false);
    const request = new Request(ORIGIN, { headers: { cookie: user.cookie } });
    await expect(other.services.identity.authenticate(request)).rejects.toMatchObject(ENDED);
    await expect(authenticate(user.cookie)).rejects.toMatchObject(ENDED);
    await other.close();
  });

  it('is not signed in by a forged or foreign cookie', async () => {
    const user = await aUser(harness);
    const [name, value = ''] = user.cookie.split('=');
    const [token] = decodeURIComponent(value).split('.');
    for (const forged of [token, `${token}.`, `${token}.AAAA`, value.slice(0, -4)]) {
      const cookie = `${name}=${encodeURIComponent(forged ?? '')}`;
      await expect(authenticate(cookie)).rejects.toMatchObject(ENDED);
    }
  });

  it('gets the password that an interrupted creation left out', async () => {
    const { authPool } = harness.services.db;
    const wanted = { email: `interrupted-${Date.now()}@example.test`, password: PASSWORD, name: 'Seeded Person' };
    const [account] = await createLocalUsers(authPool, [wanted]);
    await authPool.query('DELETE FROM auth.account WHERE "userId" = $1', [account?.id]);
    expect(await createLocalUsers(authPool, [wanted])).toMatchObject([{ id: account?.id }]);
    const { email, password } = wanted;
    expect((await harness.anonymous('POST', '/api/auth/sign-in/email', { email, password })).status).toBe(200);
  });

  it('restores a missing copy with the next request', async () => {
    const [account] = await createLocalUsers(harness.services.db.authPool, [
      { email: `seeded-${Date.now()}@example.test`, password: PASSWORD, name: 'Seeded Person' },
    ]);
    const answer = await harness.anonymous('POST', '/api/auth/sign-in/email', {
      email: account?.email,
      password: PASSWORD,
    });
    expect(answer.status).toBe(200);
    expect(await copyOf(account?.id ?? '')).toMatchObject({
      name: 'Seeded Person',
      emailVerified: true,
      lastSignInAt: expect.any(Date),
    });
  });
});

describe('routes', () => {
  it('respond alike to a wrong password and an unknown address', async () => {
    const { email } = await aUser(harness);
    const tries = [
      { email, password: 'wrong password' },
      { email: `unknown-${email}`, password: PASSWORD },
    ];
    const answers = await Promise.all(tries.map((body) => harness.anonymous('POST', '/api/auth/sign-in/email', body)));
    expect(answers.map(({ status, body }) => [status, body.code])).toEqual(
      Array(2).fill([401, 'INVALID_EMAIL_OR_PASSWORD']),
    );
  });

  it('reject cross-site requests', async () => {
    const { email } = await aUser(harness);
    const evil = { origin: 'https://evil.example.test' };
    const answer = await harness.anonymous('POST', '/api/auth/sign-in/email', { email, password: PASSWORD }, evil);
    expect([answer.status, answer.headers.getSetCookie()]).toEqual([403, []]);
  });

  it.each(['/update-user', '/delete-user', '/change-email', '/link-social', '/sign-in/social', '/update-session'])(
    'do not answer %s',
    async (path) => {
      const user = await aUser(harness);
      expect((await user.call('POST', `/api/auth${path}`, { name: 'x' })).status).toBe(404);
    },
  );

  it('reject a short password, a large body and a disabled sign-up', async () => {
    const body = { name: 'Ada', email: `x-${Date.now()}@example.test`, password: PASSWORD };
    const closed = await harnessForThisTest({ SIGN_UP: 'false' });
    const answers = [
      await harness.anonymous('POST', '/api/auth/sign-up/email', { ...body, password: 'short' }),
      await harness.anonymous('POST', '/api/auth/sign-up/email', { ...body, name: 'x'.repeat(20_000) }),
      await closed.anonymous('POST', '/api/auth/sign-up/email', body),
    ];
    expect(answers.map(({ status }) => status)).toEqual([400, 413, 400]);
  });

  it('set HttpOnly cookies, Secure on https', async () => {
    const body = { name: 'Ada', email: `c-${Date.now()}@example.test`, password: PASSWORD };
    const [plain] = (await harness.anonymous('POST', '/api/auth/sign-up/email', body)).headers.getSetCookie();
    expect(plain).toMatch(/^rolecall\.session_token=.*; HttpOnly; SameSite=Lax$/);
    const secure = await harnessForThisTest({ PUBLIC_URL: 'https://rolecall.example.test' });
    const signIn = { email: body.email, password: body.password };
    const answer = await secure.anonymous('POST', '/api/auth/sign-in/email', signIn, {
      origin: 'https://rolecall.example.test',
    });
    expect(answer.headers.getSetCookie()[0]).toMatch(
      /^__Host-rolecall\.session_token=[^;]*; Max-Age=\d+; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
    );
  });
});
