import pg from 'pg';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { emailKey } from '../core/text/email-address.ts';
import { Conditions } from './conditions.ts';
import { Resource } from './resource.ts';

let client: pg.Client;
beforeAll(async () => {
  client = new pg.Client({ connectionString: inject('ownerUrl') });
  await client.connect();
});
afterAll(() => client.end());

const CONTEXT = {
  user: { id: 'u1', email: 'ada@example.test', emailVerified: true },
  tenant: { id: 't1', slug: 'acme' },
  resource: {
    ownerId: 'u1',
    author: 'Ada@Example.test',
    amount: 50,
    open: false,
    tags: ['red', 'blue'],
    day: '2026-03-01',
    deep: { er: { est: 7 } },
    none: null,
  },
};
const ask = async (conditions: unknown, context: object = CONTEXT) => {
  const asked = [conditions === null ? null : JSON.stringify(conditions), JSON.stringify(context)];
  return (await client.query('SELECT conditions_hold($1::jsonb, $2::jsonb) AS answer', asked)).rows[0].answer;
};
const term = (attribute: string, operator: string, value: unknown) => ({ attribute, operator, value });

describe('a term', () => {
  it.each([
    ['resource.ownerId', 'equals', { attribute: 'user.id' }, true],
    ['resource.ownerId', 'notEquals', { attribute: 'user.id' }, false],
    ['resource.amount', 'equals', 50, true],
    ['resource.amount', 'equals', 50.5, false],
    ['resource.amount', 'notEquals', 49, true],
    ['resource.open', 'equals', false, true],
    ['resource.amount', 'in', [10, 50], true],
    ['resource.amount', 'in', [10, 20], false],
    ['resource.amount', 'notIn', [10, 20], true],
    ['resource.amount', 'notIn', [10, 50], false],
    ['resource.amount', 'lessThan', 50, false],
    ['resource.amount', 'atMost', 50, true],
    ['resource.amount', 'greaterThan', 9, true],
    ['resource.amount', 'atLeast', 51, false],
    ['resource.day', 'lessThan', '2026-10-01', true],
    ['resource.day', 'atLeast', '2026-10-01', false],
    ['resource.tags', 'contains', 'red', true],
    ['resource.tags', 'contains', 'green', false],
    ['resource.day', 'contains', '03', true],
    ['resource.deep.er.est', 'equals', 7, true],
    ['tenant.slug', 'in', ['acme'], true],
    ['user.emailVerified', 'equals', true, true],
    ['user.email', 'equals', 'Ada@Example.TEST', true],
    ['user.email', 'in', ['x@x.test', 'ADA@example.test'], true],
    ['user.email', 'contains', '@Example', true],
    ['resource.author', 'equals', { attribute: 'user.email' }, true],
  ])('%s %s %j is %s', async (attribute, operator, value, expected) => {
    const conditions = [term(attribute, operator, value)];
    expect(Conditions.safeParse(conditions).success).toBe(true);
    expect(await ask(conditions)).toBe(expected);
  });

  it.each([
    ['user.email', 'equals', 'ada@Bücher.example', true],
    ['user.email', 'contains', '@Bücher.example', true],
    ['user.email', 'equals', { attribute: 'resource.author' }, true],
    ['resource.author', 'notEquals', { attribute: 'user.email' }, false],
    ['resource.deep.authors', 'contains', { attribute: 'user.email' }, true],
    ['user.email', 'notIn', { attribute: 'resource.deep.authors' }, false],
    ['user.email', 'equals', { attribute: 'resource.other' }, false],
    ['resource.author', 'equals', 'Ada@BÜCHER.example', true],
    ['resource.author', 'equals', 'ada@xn--bcher-kva.example', false],
  ])('%s %s %j compares addresses by their keys: %s', async (attribute, operator, value, expected) => {
    const author = 'Ada@BÜCHER.example';
    const resource = Resource.parse({ author, deep: { authors: [author] }, other: 'ada@bucher.example' });
    const user = { ...CONTEXT.user, email: emailKey('ada@bu\u0308cher.example') };
    const conditions = Conditions.parse([term(attribute, operator, value)]);
    expect(await ask(conditions, { ...CONTEXT, user, resource })).toBe(expected);
  });

  it.each([
    ['resource.nothing', 'notEquals', 'x'],
    ['resource.none', 'notEquals', 'x'],
    ['resource.nothing', 'notIn', ['x']],
    ['resource.amount', 'notEquals', '50'],
    ['resource.amount', 'notIn', ['a']],
    ['resource.amount', 'lessThan', '99'],
    ['resource.tags', 'notEquals', 'x'],
    ['resource.tags', 'notIn', ['x']],
    ['resource.open', 'atMost', true],
    ['resource.amount', 'contains', '5'],
    ['resource.ownerId', 'notEquals', { attribute: 'resource.nothing' }],
    ['resource.ownerId', 'resembles', 'u1'],
    ['resource', 'notEquals', 'x'],
  ])('%s %s %j fails closed', async (attribute, operator, value) => {
    expect(await ask([term(attribute, operator, value)])).toBe(false);
  });
});

describe('conditions', () => {
  it('hold when all terms hold; an empty list holds, a malformed one does not', async () => {
    const good = term('resource.amount', 'equals', 50);
    const bad = term('resource.amount', 'equals', 51);
    expect(await ask([good, good])).toBe(true);
    expect(await ask([good, bad])).toBe(false);
    expect(await ask(null)).toBe(true);
    for (const broken of [[], {}, 'x', 1, [null], ['x'], [[]]])
      expect(await ask(broken), JSON.stringify(broken)).toBe(false);
    expect(await ask([good], {})).toBe(false);
  });

  it.each([
    ['an unknown attribute', [term('session.id', 'equals', 'x')]],
    ['more of the person than is meant', [term('user.name', 'equals', 'x')]],
    ['four levels', [term('resource.a.b.c.d', 'equals', 'x')]],
    ['an index', [term('resource.tags.0', 'equals', 'x')]],
    ['an unknown operator', [term('resource.a', 'matches', 'x')]],
    ['a list where one value is meant', [term('resource.a', 'equals', ['x'])]],
    ['one value where a list is meant', [term('resource.a', 'in', 'x')]],
    ['a list of several types', [term('resource.a', 'in', ['x', 1])]],
    ['an order of booleans', [term('resource.a', 'atMost', true)]],
    ['something besides', [{ ...term('resource.a', 'equals', 'x'), or: [] }]],
    ['no terms', []],
    ['eleven terms', Array.from({ length: 11 }, () => term('resource.a', 'equals', 'x'))],
  ])('refuse %s', (_, conditions) => {
    expect(Conditions.safeParse(conditions).success).toBe(false);
  });
});
