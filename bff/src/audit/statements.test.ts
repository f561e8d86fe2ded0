import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { aMember, aTenant, aUser, type TestTenant, type TestUser } from '../testing/fixtures/builders.ts';
import { type Harness, startHarness } from '../testing/fixtures/harness.ts';

let harness: Harness;
let owner: TestUser;
let tenant: TestTenant;
let memberPath: string;
beforeAll(async () => {
  harness = await startHarness();
  owner = await aUser(harness);
  tenant = await aTenant(harness, { owner });
  memberPath = `${tenant.path}/members/${await aMember(harness, tenant, await aUser(harness), 'member')}`;
});
afterAll(() => harness.close());

/** Returns the statements of the transaction in which the request writes. */
async function statementsOf(method: string, path: string, body: object) {
  const sent: string[] = [];
  const spy = vi.spyOn(pg.Client.prototype, 'query').mockImplementation(function (this: pg.Client, ...args: never[]) {
    const [query] = args as unknown as [string | { text?: string }];
    sent.push(typeof query === 'string' ? query : (query?.text ?? ''));
    return original.apply(this, args);
  } as never);
  const response = await owner.call(method, path, body);
  spy.mockRestore();
  expect(response.status, JSON.stringify(response.body)).toBeLessThan(300);
  return sent.slice(sent.indexOf('BEGIN'), sent.indexOf('COMMIT') + 1);
}
const original = pg.Client.prototype.query as (...args: never[]) => never;

describe('a change', () => {
  const changes: [string, number, () => Parameters<typeof statementsOf>][] = [
    ['of the status of a member', 7, () => ['PATCH', memberPath, { status: 'suspended' }]],
    ['of the roles of a member', 12, () => ['PATCH', memberPath, { roles: [{ roleId: tenant.roleId('auditor') }] }]],
    ['of the name of a tenant', 7, () => ['PATCH', tenant.path, { name: 'Renamed' }]],
  ];
  it.each(changes)('%s sends at most %i statements, BEGIN and COMMIT among them', async (_, most, request) => {
    const sent = await statementsOf(...request());
    expect(sent[1]).toContain('enter_change');
    expect(sent.at(-1)).toBe('COMMIT');
    expect(sent.length, sent.join('\n')).toBeLessThanOrEqual(most);
  });
});
