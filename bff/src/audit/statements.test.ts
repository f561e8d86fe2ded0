import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { aMember, aTenant, aUser, type TestTenant, type TestUser } from '../testing/fixtures/builders.ts';
import { type Harness, startHarness } from '../testing/fixtures/harness.ts';

let harness: Harness;
let owner: TestUser;
let tenant: TestTenant;
let memberPath: string;
let roleId: string;
beforeAll(async () => {
  harness = await startHarness();
  owner = await aUser(harness);
  tenant = await aTenant(harness, { owner });
  roleId = (await owner.call('POST', `${tenant.path}/roles`, { name: 'Reviewer', permissions: ['roles:read'] })).body
    .id;
  memberPath = `${tenant.path}/members/${await aMember(harness, tenant, await aUser(harness), 'member')}`;
});
afterAll(() => harness.close());

/** Returns the statements of the transaction in which the request writes, by the round trips in which they are sent. */
async function roundTripsOf(method: string, path: string, body: object): Promise<string[][]> {
  const trips = new Map<pg.Client, string[][]>();
  const unanswered = new Map<pg.Client, number>();
  const spy = vi.spyOn(pg.Client.prototype, 'query').mockImplementation(function (this: pg.Client, ...args: never[]) {
    const [query] = args as unknown as [string | { text?: string }];
    const text = typeof query === 'string' ? query : (query?.text ?? '');
    const sent = trips.get(this) ?? [];
    const waiting = unanswered.get(this) ?? 0;
    trips.set(this, waiting === 0 ? [...sent, [text]] : [...sent.slice(0, -1), [...(sent.at(-1) ?? []), text]]);
    unanswered.set(this, waiting + 1);
    const answer: unknown = original.apply(this, args);
    const isAnswered = () => unanswered.set(this, (unanswered.get(this) ?? 1) - 1);
    if (answer instanceof Promise) answer.then(isAnswered, isAnswered);
    return answer as never;
  } as never);
  const response = await owner.call(method, path, body);
  spy.mockRestore();
  expect(response.status, JSON.stringify(response.body)).toBeLessThan(300);
  return [...trips.values()].find(([first]) => first?.[0] === 'BEGIN') ?? [];
}
const original = pg.Client.prototype.query as (...args: never[]) => never;

describe('a change', () => {
  const newMember = () => ({ email: `${crypto.randomUUID()}@example.test`, roleIds: [tenant.roleId('member')] });
  const changes: [string, number, number, () => Parameters<typeof roundTripsOf>][] = [
    ['of the status of a member', 2, 7, () => ['PATCH', memberPath, { status: 'suspended' }]],
    ['of the roles of a member', 3, 12, () => ['PATCH', memberPath, { roles: [{ roleId: tenant.roleId('auditor') }] }]],
    ['of a role', 7, 17, () => ['PATCH', `${tenant.path}/roles/${roleId}`, { permissions: ['members:read'] }]],
    ['of the name of a tenant', 2, 6, () => ['PATCH', tenant.path, { name: 'Renamed' }]],
    ['that invites a user', 3, 9, () => ['POST', `${tenant.path}/invitations`, newMember()]],
  ];
  it.each(changes)('%s takes at most %i round trips and %i statements', async (_, trips, most, request) => {
    const sent = await roundTripsOf(...request());
    expect(sent[0]?.[1]).toContain('enter_change');
    expect(sent.at(-1)?.at(-1)).toBe('COMMIT');
    const listed = sent.map((trip, n) => `${n + 1}: ${trip.join('\n')}`).join('\n');
    expect(sent.length, listed).toBeLessThanOrEqual(trips);
    expect(sent.flat().length, listed).toBeLessThanOrEqual(most);
  });
});
