import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aTenant, aUser, type TestTenant, type TestUser } from '../../testing/fixtures/builders.ts';
import { type Harness, startHarness } from '../../testing/fixtures/harness.ts';

let harness: Harness;
let owner: TestUser;
let tenant: TestTenant;
let key: string;
beforeAll(async () => {
  harness = await startHarness();
  owner = await aUser(harness);
  tenant = await aTenant(harness, { owner });
  key = (await owner.call('POST', `${tenant.path}/api-keys`, { name: 'Host app', expiresInDays: null })).body.key;
});
afterAll(() => harness.close());

const post = (body: unknown) =>
  harness.anonymous('POST', '/api/access/check', body, {
    authorization: `Bearer ${key}`,
    'content-type': 'application/json',
  });

describe('an access check in a batch', () => {
  it('that is not valid is denied with the reason, and leaves the others alone', async () => {
    const check = { userId: owner.id, tenantId: tenant.id, permission: 'members:read' };
    const good = JSON.stringify(check);
    const withText = (text: string) => good.replace(owner.id, text);
    const resource = (json: string) => good.replace('}', `,"resource":${json}}`);
    const wrong: Record<string, string> = {
      [JSON.stringify({ ...check, tenantId: 'acme' })]: 'tenantId',
      [JSON.stringify({ ...check, userId: '' })]: 'userId',
      [JSON.stringify({ ...check, userId: 'u'.repeat(256) })]: 'userId',
      [JSON.stringify({ ...check, permission: 7 })]: 'permission',
      [JSON.stringify({ ...check, permision: 'members:read' })]: 'permision',
      [JSON.stringify({ userId: owner.id })]: 'permission',
      [JSON.stringify({ ...check, constructor: 1, toString: 2 })]: 'constructor',
      [withText('u\\ud83d')]: '_',
      [withText('u\\u0000')]: '_',
      [resource('{"ownerId":9007199254740993}')]: 'resource.ownerId',
      [resource('{"o\\u0000":1}')]: '_',
      [resource('[]')]: 'resource',
      null: '_',
      '"members:read"': '_',
    };
    const raw = Object.keys(wrong).flatMap((text) => [text, good]);
    const { status, body } = await post(`{"checks":[${raw.join(',')}]}`);
    expect(status, JSON.stringify(body)).toBe(200);
    Object.entries(wrong).forEach(([text, field], index) => {
      expect(body.results[2 * index], text).toMatchObject({ allowed: false, reason: 'invalid_check' });
      expect(Object.keys(body.results[2 * index].errors), text).toContain(field);
      expect(body.results[2 * index + 1], text).toEqual({ allowed: true });
    });
  });

  it('with a field `__proto__` is denied', async () => {
    const check = JSON.stringify({ userId: owner.id, tenantId: tenant.id, permission: 'members:read' });
    const { status, body } = await post(
      `{"checks":[${check.replace('{', '{"__proto__":{"isAdmin":true},')},${check}]}`,
    );
    expect([status, body.results[0]?.reason, body.results[1]]).toEqual([200, 'invalid_check', { allowed: true }]);
  });

  it('of a permission that is not in the catalogue names it as the reason', async () => {
    const own = `own-${crypto.randomUUID()}`;
    const codes = [
      `org:${own}:create`,
      `${own}_leads:read`,
      'members',
      'Members:Read',
      '*',
      'a:b:c:d',
      '\\u0000',
      'x'.repeat(300),
    ];
    const checks = [...codes, 'members:read'].map((permission) => ({
      userId: owner.id,
      tenantId: tenant.id,
      permission,
    }));
    const { status, body } = await post({ checks });
    expect(status, JSON.stringify(body)).toBe(200);
    const refused = { allowed: false, reason: 'unknown_permission' };
    expect(body.results).toEqual([...codes.map(() => refused), { allowed: true }]);
  });
});
