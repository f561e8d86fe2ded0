import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aTenant, aUser, type TestTenant, type TestUser } from '../../testing/fixtures/builders.ts';
import { type Harness, startHarness } from '../../testing/fixtures/harness.ts';

let harness: Harness;
let owner: TestUser;
let tenant: TestTenant;
beforeAll(async () => {
  harness = await startHarness();
  owner = await aUser(harness);
  tenant = await aTenant(harness, { owner });
});
afterAll(() => harness.close());

const json = { 'content-type': 'application/json' };
const createRole = (body: unknown) => owner.call('POST', `${tenant.path}/roles`, body, json);
const latin1 = (text: string) => Uint8Array.from(Buffer.from(text, 'latin1'));
const roleCount = async () => (await owner.call('GET', `${tenant.path}/roles`)).body.page.total;

/** JSON texts that hold what PostgreSQL cannot store. */
const UNSTORABLE = ['"a\\u0000b"', '"\\ud83d"', '"\\ude00 x"', '"ok", "\\ud83d": 1'];

describe('the text of a body', () => {
  it('is rejected when it is not UTF-8, and nothing is stored', async () => {
    const before = await roleCount();
    for (const body of [latin1('{"name":"Café"}'), Uint8Array.of(0x7b, 0xff, 0x7d)]) {
      const answer = await createRole(body);
      expect([answer.status, answer.body.code]).toEqual([400, 'malformed_request']);
    }
    expect(await roleCount()).toBe(before);
  });

  it('is rejected when PostgreSQL cannot store it, in values and keys', async () => {
    for (const text of UNSTORABLE) {
      const bodies = [`{"name":${text}}`, `{"name":"x","conditions":{"a:b":[{"value":${text.replace(', ', ',')}}]}}`];
      for (const body of bodies) expect((await createRole(body)).status, body).toBe(400);
    }
  });

  it('may hold the six letters of an escape, and any other character', async () => {
    for (const name of ['\\u0000', '\\ud83d', 'Zoë \u{1f469}\u200d\u{1f52c}', '\\\\u0000']) {
      const answer = await createRole({ name, key: `k-${Math.random().toString(36).slice(2)}` });
      expect([answer.status, answer.body.name], name).toEqual([201, name]);
    }
  });

  it('is one line where it is a name', async () => {
    for (const separator of ['\n', '\r', '\u0085', '\u2028', '\u2029']) {
      const answer = await createRole({ name: `a${separator}b` });
      expect([answer.status, answer.body.errors?.name], JSON.stringify(separator)).toEqual([
        422,
        ['control_characters'],
      ]);
    }
  });

  it('is rejected by the sign-up as by every other operation', async () => {
    const signUp = (body: unknown) => harness.anonymous('POST', '/api/auth/sign-up/email', body, json);
    const account = (name: string, email = 'text@example.test') =>
      `{"name":${name},"email":"${email}","password":"correct horse battery"}`;
    const bodies = [...UNSTORABLE.map((text) => account(text)), latin1(account('"Café"'))];
    for (const body of bodies) expect((await signUp(body)).status, String(body)).toBe(400);
    expect((await signUp(account('"\\\\u0000"', `${Date.now()}@example.test`))).body.user.name).toBe('\\u0000');
  });
});

describe('the text of an address', () => {
  it('is rejected when it is not UTF-8 or holds NUL', async () => {
    for (const text of ['%00', 'a%FFb', '%ED%A0%BD', '%C3', '%']) {
      expect((await owner.call('GET', `${tenant.path}/roles?q=${text}`)).status, text).toBe(400);
      expect((await owner.call('GET', `${tenant.path}/roles?${text}=a`)).status, text).toBe(400);
      expect((await owner.call('GET', `/api/admin/users/${text}`)).status, text).toBe(400);
    }
    expect((await owner.call('GET', `${tenant.path}/roles?q=%F0%9F%98%80`)).status).toBe(200);
  });
});

describe('a number', () => {
  const condition = (value: string, permission = 'members:read') =>
    `{"name":"N ${Math.random()}","permissions":["${permission}"],"conditions":{"${permission}":[{"attribute":"resource.ownerId","operator":"equals","value":${value}}]}}`;

  it('of a condition is rejected when it would be rounded', async () => {
    for (const value of ['9007199254740993', '1e400', '[1, 9007199254740993]', '0.10000000000000000001']) {
      expect((await createRole(condition(value))).status, value).toBe(422);
    }
    for (const value of ['9007199254740991', '0.1', '"9007199254740993"']) {
      expect((await createRole(condition(value))).status, value).toBe(201);
    }
  });

  it('of a query is written in digits', async () => {
    for (const limit of [
      '0x10',
      '1e1',
      '',
      '%205',
      '+5',
      '5.0',
      '0',
      '101',
      '-1',
      '1_0',
      '٣',
      '1&limit=2',
      '1'.repeat(400),
    ]) {
      expect((await owner.call('GET', `${tenant.path}/roles?limit=${limit}`)).status, limit).toBe(400);
    }
    expect((await owner.call('GET', `${tenant.path}/roles?limit=16`)).status).toBe(200);
    const { id } = (await createRole({ name: 'Restored' })).body;
    const restore = (number: string) => owner.call('POST', `${tenant.path}/roles/${id}/versions/${number}/restore`, {});
    for (const number of ['0x1', '1e0', '01', '1.0', '99999999999']) expect((await restore(number)).status).toBe(404);
    expect((await restore('1')).status).toBe(200);
  });
});
