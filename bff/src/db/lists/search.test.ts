import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aMember, aTenant, aUser, type TestTenant, type TestUser } from '../../testing/fixtures/builders.ts';
import { type Harness, startHarness } from '../../testing/fixtures/harness.ts';
import { tenantRead } from '../tenant-tx.ts';
import { patternsOf } from './search.ts';

let harness: Harness;
let owner: TestUser;
let mine: TestTenant;
let other: TestTenant;

beforeAll(async () => {
  harness = await startHarness();
  owner = await aUser(harness, { name: 'Ottilie von Szárítóként', email: 'o.szaritokent@example.test' });
  mine = await aTenant(harness, { owner });
  other = await aTenant(harness, { owner });
  await aMember(harness, other, await aUser(harness, { name: 'Other Szárítóként' }), 'member');
});
afterAll(() => harness.close());

describe('the terms of a search', () => {
  it.each([
    ['  Ann  MÜLLER ', ['%muller%', '%ann%']],
    ['Ελένη', ['%eleni%']],
    ['jo d', ['% jo%', '% d%']],
    ['50% a_b', ['% 50\\%%', '% a\\_b%']],
    ['c++ x', ['% c++%', '% x%']],
    ['jane.doe@x.test', ['%jane.doe@x.test%']],
    ['same SAME', ['%same%']],
    ['% _ \u0301 &', []],
  ])('of "%s" are %j', (text, patterns) => {
    expect(patternsOf(text)).toEqual(patterns);
  });

  it.each([
    ['szár', 1],
    ['ott SZ', 1],
    ['o', 1],
    ['tt', 0],
    ['example.test', 1],
    ['%', 0],
    ['_', 0],
    ['\\', 0],
    ['🎉', 0],
    [`${'long '.repeat(39)}word`, 0],
  ])('"%s" finds %i of the members', async (q, count) => {
    const { status, body } = await owner.call('GET', `${mine.path}/members?q=${encodeURIComponent(q)}`);
    expect(status, JSON.stringify(body)).toBe(200);
    expect(body.data).toHaveLength(count);
    expect(body.page).toMatchObject({ total: count, totalIsExact: true });
  });
});

describe('what looks for terms past row-level security', () => {
  const inTenant = <T>(tenantId: string | null, sql: string): Promise<T[]> =>
    tenantRead(harness.services.db.server, { tenantId, userId: owner.id }, (client) =>
      client.$queryRawUnsafe<T[]>(sql),
    );
  const MEMBERS = `SELECT found AS id FROM members_with_text('{%szarito%}') found`;
  const EVENTS = `SELECT event_id AS id FROM find_tenant_events('{"filter": {}, "patterns": ["%szarito%"], "descending": true, "size": 100}')`;

  it.each([
    ['members', MEMBERS, 'membership'],
    ['events', EVENTS, 'audit_log'],
  ])('finds the %s of the current tenant only', async (_, sql, table) => {
    const found = await inTenant<{ id: string }>(mine.id, sql);
    expect(found.length).toBeGreaterThan(0);
    const ids = found.map(({ id }) => `'${id}'`).join();
    expect(await inTenant(mine.id, `SELECT 1 FROM ${table} WHERE id IN (${ids})`)).toHaveLength(found.length);
    expect((await inTenant(other.id, sql)).length).toBeGreaterThan(found.length);
    expect(await inTenant(null, sql)).toEqual([]);
  });

  it('does not find the events of other tenants for the login of the server', async () => {
    const everywhere = EVENTS.replace('find_tenant_events(', 'find_events(NULL, ');
    await expect(inTenant(mine.id, everywhere)).rejects.toThrow('permission denied');
    await expect(
      inTenant(mine.id, 'SELECT search_text FROM audit_subject WHERE tenant_id <> current_tenant_id()'),
    ).resolves.toEqual([]);
  });
});
