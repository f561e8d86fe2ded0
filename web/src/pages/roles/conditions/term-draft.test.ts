import type { Term } from 'bff/contract';
import { expect, it } from 'vitest';
import { draftOfTerm, ownerTerm, termOf, withKind, withOperator } from './term-draft.ts';

it('round-trips every kind of condition', () => {
  const stored: Term[] = [
    { attribute: 'resource.ownerId', operator: 'equals', value: { attribute: 'user.id' } },
    { attribute: 'resource.amount', operator: 'atMost', value: 500 },
    { attribute: 'user.emailVerified', operator: 'equals', value: true },
    { attribute: 'resource.course.region', operator: 'in', value: ['north', 'south'] },
    { attribute: 'resource.level', operator: 'notIn', value: [1, 2] },
    { attribute: 'tenant.slug', operator: 'notEquals', value: 'acme' },
  ];
  expect(stored.map(draftOfTerm).map(termOf)).toEqual(stored);
});

it('reports the missing part', () => {
  expect(termOf({ ...ownerTerm, attribute: 'resource.' })).toEqual({ invalid: 'attribute' });
  expect(termOf({ ...ownerTerm, attribute: 'resource.a.b.c.d' })).toEqual({ invalid: 'attribute' });
  expect(termOf(withKind(ownerTerm, 'text'))).toEqual({ invalid: 'value' });
  expect(termOf({ ...ownerTerm, kind: 'number', text: 'many' })).toEqual({ invalid: 'value' });
});

it('drops a value that the new operator does not accept', () => {
  const truth = withKind(ownerTerm, 'truth');
  expect(withOperator(truth, 'lessThan')).toMatchObject({ operator: 'lessThan', kind: 'text', text: '' });
  expect(withOperator(truth, 'notEquals')).toMatchObject({ kind: 'truth', text: 'true' });
});
