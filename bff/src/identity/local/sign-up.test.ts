import { describe, expect, it, onTestFinished } from 'vitest';
import { aTenant, aUser } from '../../testing/fixtures/builders.ts';
import { type Harness, harnessForThisTest } from '../../testing/fixtures/harness.ts';
import { PASSWORD } from '../../testing/fixtures/known-password.ts';
import { startMailServer } from '../../testing/fixtures/mail-server.ts';

const address = () => `a-${crypto.randomUUID().slice(-12)}@example.test`;

const post = (harness: Harness, path: string, body: object, cookie = '') =>
  harness.as(cookie)('POST', `/api/auth/${path}`, body);
const signUp = (harness: Harness, email: string, more: object = {}) =>
  post(harness, 'sign-up/email', { name: 'Ada', email, password: PASSWORD, ...more });
const cookieOf = ({ headers }: { headers: Headers }) => headers.getSetCookie()[0]?.split(';')[0] ?? '';
const isSignedIn = async (harness: Harness, cookie: string) =>
  (await harness.as(cookie)('GET', '/api/me')).status === 200;

async function withMail() {
  const server = await startMailServer();
  onTestFinished(() => server.close());
  return { server, harness: await harnessForThisTest({ SMTP_URL: server.url }) };
}
const linkIn = (mail: string) => new URL(/https?:\/\/\S+/.exec(mail.replaceAll('=\n', ''))?.[0] ?? '');

describe('sign-up by invitation while it is closed', () => {
  async function invited() {
    const open = await harnessForThisTest({});
    const closed = await harnessForThisTest({ SIGN_UP: 'false' });
    const owner = await aUser(open);
    const tenant = await aTenant(open, { owner });
    const invite = async (email: string) =>
      (await owner.call('POST', `${tenant.path}/invitations`, { email, roleIds: [tenant.roleId('member')] })).body;
    return { closed, owner, tenant, invite };
  }

  it('makes the one account that the invitation is for, which then joins', async () => {
    const { closed, invite } = await invited();
    const email = address();
    const { token } = await invite(email.toUpperCase());
    const refused = [await signUp(closed, email), await signUp(closed, address(), { invitation: token })];
    expect(refused.map(({ status, body }) => [status, body.code])).toEqual(Array(2).fill([400, 'SIGN_UP_DISABLED']));

    const made = await signUp(closed, email, { invitation: token });
    expect(made.status).toBe(200);
    const accepted = await closed.as(cookieOf(made))('POST', `/api/invitations/${token}/accept`, {});
    expect(accepted.status).toBe(200);
    expect((await signUp(closed, address(), { invitation: token })).status).toBe(400);
  });

  it('is refused by a token that is revoked, used, unknown or of a suspended tenant', async () => {
    const { closed, owner, tenant, invite } = await invited();
    const email = address();
    const { id, token } = await invite(email);
    await owner.call('POST', `${tenant.path}/invitations/${id}/revoke`, {});
    for (const invitation of [token, 'x'.repeat(43), '', 7, null, {}, '\ud83d'.toWellFormed()])
      expect((await signUp(closed, email, { invitation })).body.code, String(invitation)).toBe('SIGN_UP_DISABLED');
  });
});

describe('sign-up with an address', () => {
  it('is answered alike, with mail, whether the account exists or not', async () => {
    const { server, harness } = await withMail();
    const email = address();
    const first = await signUp(harness, email);
    expect(await server.mailTo(email)).toContain('verify-email');
    const second = await signUp(harness, email.toUpperCase(), { password: 'another long password' });
    expect(await server.mailTo(email)).toContain('/sign-in');
    const shapes = [first, second].map(({ status, headers, body }) => ({
      status,
      cookies: headers.getSetCookie(),
      token: body.token,
      fields: Object.keys(body.user).sort(),
      verified: body.user.emailVerified,
    }));
    expect(shapes[1]).toEqual(shapes[0]);
    expect(shapes[0]).toMatchObject({ status: 200, cookies: [], token: null });
    expect((await post(harness, 'sign-in/email', { email, password: 'another long password' })).status).toBe(401);
  });

  it('takes as long for an account that exists', async () => {
    const { harness } = await withMail();
    const email = address();
    await signUp(harness, email);
    const time = async (to: () => string) => {
      const times = [];
      for (let count = 0; count < 9; count++) {
        const started = performance.now();
        // Not the password that fixtures hash only once.
        await signUp(harness, to(), { password: 'a horse of this test' });
        times.push(performance.now() - started);
      }
      return times.sort((a, b) => a - b)[4] ?? 0;
    };
    const [known, unknown] = [await time(() => email), await time(address)];
    expect(known / unknown).toBeGreaterThan(0.4);
    expect(known / unknown).toBeLessThan(2.5);
  }, 60_000);

  it('is refused, without mail, in words that tell nothing of an account', async () => {
    const harness = await harnessForThisTest({});
    const { email } = await aUser(harness);
    const refused = await signUp(harness, email);
    expect([refused.status, refused.body.code, JSON.stringify(refused.body).match(/exist|taken/i)]).toEqual([
      ...[400, 'sign_up_refused', null],
    ]);
  });
});

it('ends every session when the address is verified, and asks for the password', async () => {
  const { server, harness } = await withMail();
  const email = address();
  await signUp(harness, email);
  const link = linkIn(await server.mailTo(email));
  const signedIn = await post(harness, 'sign-in/email', { email, password: PASSWORD });
  const cookie = cookieOf(signedIn);
  expect(await isSignedIn(harness, cookie)).toBe(true);

  const opened = await harness.anonymous('GET', `${link.pathname}${link.search}`);
  expect([opened.status, opened.headers.getSetCookie()]).toEqual([302, []]);
  expect(await isSignedIn(harness, cookie)).toBe(false);
  expect((await post(harness, 'sign-in/email', { email, password: PASSWORD })).body.user.emailVerified).toBe(true);
});

describe('a new password', () => {
  it('ends all other sessions when it is changed, whatever the caller asks for', async () => {
    const harness = await harnessForThisTest({});
    const user = await aUser(harness);
    const other = cookieOf(await post(harness, 'sign-in/email', { email: user.email, password: PASSWORD }));
    expect(await isSignedIn(harness, other)).toBe(true);
    const change = { currentPassword: PASSWORD, newPassword: 'a wholly new password', revokeOtherSessions: false };
    const changed = await post(harness, 'change-password', change, user.cookie);
    expect(changed.status).toBe(200);
    expect([await isSignedIn(harness, other), await isSignedIn(harness, user.cookie)]).toEqual([false, false]);
    expect(await isSignedIn(harness, cookieOf(changed))).toBe(true);
  });

  it('ends all sessions when it is reset', async () => {
    const { server, harness } = await withMail();
    const email = address();
    await signUp(harness, email);
    await server.mailTo(email);
    const cookie = cookieOf(await post(harness, 'sign-in/email', { email, password: PASSWORD }));
    await post(harness, 'request-password-reset', { email, redirectTo: '/reset' });
    const token = linkIn(await server.mailTo(email))
      .pathname.split('/')
      .at(-1);
    const refused = await post(harness, 'reset-password', { newPassword: 'password1', token });
    expect([refused.status, refused.body.code]).toEqual([400, 'PASSWORD_COMMON']);
    expect((await post(harness, 'reset-password', { newPassword: 'a wholly new password', token })).status).toBe(200);
    expect(await isSignedIn(harness, cookie)).toBe(false);
  });

  it.each(['password', 'Password1', '12345678', 'QWERTYUIOP', 'iloveyou1', 'ｐassword1'])(
    'is refused when it is common: %s',
    async (password) => {
      const harness = await harnessForThisTest({});
      const { email, cookie } = await aUser(harness);
      const change = { currentPassword: PASSWORD, newPassword: password };
      const answers = [
        await signUp(harness, address(), { password }),
        await signUp(harness, email, { password }),
        await post(harness, 'change-password', change, cookie),
      ];
      expect(answers.map(({ status, body }) => [status, body.code])).toEqual(Array(3).fill([400, 'PASSWORD_COMMON']));
    },
  );
});
