import { SignJWT } from 'jose';
import { v7 as uuid } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  aMember,
  aStaffMember,
  aTenant,
  aUser,
  type TestTenant,
  type TestUser,
} from '../../testing/fixtures/builders.ts';
import { type Harness, startHarness } from '../../testing/fixtures/harness.ts';
import { PASSWORD } from '../../testing/fixtures/known-password.ts';

const SECRET = 'a shared secret of more than 32 characters';
const JWT = {
  ...{ IDENTITY_PROVIDER: 'jwt', JWT_ISSUER: 'https://issuer.example.test/', JWT_AUDIENCE: 'rolecall' },
  ...{ JWT_SECRET: SECRET, JWT_ALGORITHMS: 'HS256', USER_PROVISIONING: 'first-request' },
};

let harness: Harness;
let withTokens: Harness;
let owner: TestUser;
let tenant: TestTenant;
let staff: TestUser;
beforeAll(async () => {
  [harness, withTokens] = await Promise.all([startHarness(), startHarness(JWT)]);
  owner = await aUser(harness);
  tenant = await aTenant(harness, { owner });
  staff = await aUser(harness);
  await aStaffMember(harness, staff, 'support');
});
afterAll(() => Promise.all([harness.close(), withTokens.close()]));

const invite = (email: string) =>
  owner.call('POST', `${tenant.path}/invitations`, { email, roleIds: [tenant.roleId('member')] });
const signUp = (email: string) =>
  harness.anonymous('POST', '/api/auth/sign-up/email', { name: 'Ada', email, password: PASSWORD });
const signIn = (email: string) => harness.anonymous('POST', '/api/auth/sign-in/email', { email, password: PASSWORD });

/** Returns the user of a token with that address, whom the first request provisions. */
async function tokenUser(email: string) {
  const sub = `auth0|${uuid()}`;
  const bearer = await new SignJWT({
    sub,
    email,
    email_verified: true,
    name: 'Ada',
    iss: JWT.JWT_ISSUER,
    aud: 'rolecall',
  })
    .setProtectedHeader({ alg: 'HS256' })
    .setIssuedAt()
    .setExpirationTime('5m')
    .sign(new TextEncoder().encode(SECRET));
  const headers = { authorization: `Bearer ${bearer}` };
  expect((await withTokens.anonymous('GET', '/api/me', undefined, headers)).body.user).toMatchObject({ email });
  return {
    id: sub,
    email,
    name: 'Ada',
    accept: (token: string) => withTokens.anonymous('POST', `/api/invitations/${token}/accept`, {}, headers),
  };
}

/** Two ways to write one address. */
const SPELLINGS = [
  ['case', 'Ada@Example.TEST', 'ada@example.test'],
  ['punycode', 'ada@Bücher.example', 'ada@xn--bcher-kva.example'],
  ['punycode of every label', 'ада@пример.рф', 'ада@xn--e1afmkfd.xn--p1ai'],
  ['Unicode composition', 'jose\u0301@example.test', 'jos\u00e9@example.test'],
] as const;
const tagged = (email: string) => (tag: string) => email.replace('@', `+${tag}@`);

describe.each(SPELLINGS)('one address in two spellings: %s', (_what, written, other) => {
  const tag = uuid().slice(-12);
  const [one, two] = [tagged(written), tagged(other)];

  it('is invited once, and shown as it was written', async () => {
    const made = await invite(one(`${tag}-once`));
    expect(made).toMatchObject({ status: 201, body: { email: one(`${tag}-once`).normalize('NFC') } });
    expect((await invite(two(`${tag}-once`))).body.code).toBe('email_already_invited');
  });

  it('is not invited where a user of a token is a member', async () => {
    const member = await tokenUser(one(`${tag}-member`));
    await aMember(harness, tenant, member, 'member');
    expect((await invite(two(`${tag}-member`))).body.code).toBe('already_a_member');
  });

  it('is that of the invitation for a user of a token', async () => {
    const { body } = await invite(one(`${tag}-token`));
    const user = await tokenUser(two(`${tag}-token`));
    expect((await user.accept(body.token)).status).toBe(200);
  });

  it('signs up, in and joins as the invited one', async () => {
    const { body } = await invite(one(`${tag}-local`));
    const made = await signUp(two(`${tag}-local`));
    expect(made.status, JSON.stringify(made.body)).toBe(200);
    const signedIn = await signIn(one(`${tag}-local`));
    expect(signedIn.status).toBe(200);
    const user = harness.as(
      signedIn.headers
        .getSetCookie()
        .map((line) => line.split(';')[0])
        .join('; '),
    );
    expect((await user('GET', '/api/me')).body.user.email).toBe(two(`${tag}-local`).normalize('NFC'));
    expect((await user('POST', `/api/invitations/${body.token}/accept`, {})).status).toBe(200);
  });

  it('is found by the filter of the list of users', async () => {
    const user = await tokenUser(one(`${tag}-list`));
    const query = new URLSearchParams({ email: two(`${tag}-list`) });
    expect((await staff.call('GET', `/api/admin/users?${query}`)).body.data).toMatchObject([{ id: user.id }]);
  });
});

describe('an address', () => {
  it.each(['a..b@x.test', '.a@x.test', '"a b"@x.test', 'ada@localhost', 'ada@exa\u200bmple.test', '\uff41da@x.test'])(
    'can neither be invited nor sign up: %j',
    async (email) => {
      expect((await invite(email)).body).toMatchObject({ status: 422, errors: { email: ['invalid_email'] } });
      expect((await signUp(email)).status).toBe(400);
    },
  );

  it.each(["o'brien", 'a!b', 'a/b=c', 'ünï', 'x'.repeat(45)])('can be invited and sign up: %j', async (local) => {
    const email = `${local}+${uuid().slice(-12)}@x.test`;
    expect((await invite(email)).status).toBe(201);
    expect((await signUp(email)).status).toBe(200);
    expect((await signIn(email)).status).toBe(200);
  });
});
