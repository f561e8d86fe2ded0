import { expect, it } from 'vitest';
import { jsonOf, newProperty, propertiesOf } from './resource-draft.ts';

it('makes of typed lines what a host app would send, and of that the lines again', () => {
  const typed = [
    newProperty('resource.ownerId', 'user_1'),
    newProperty('amount', '120'),
    newProperty('course.region', 'north'),
    newProperty('course.open', 'true'),
    newProperty('zip', '0815'),
    newProperty('', 'nothing'),
  ];
  const json = jsonOf(typed);
  expect(JSON.parse(json ?? '')).toEqual({
    ownerId: 'user_1',
    amount: 120,
    course: { region: 'north', open: true },
    zip: '0815',
  });
  expect(jsonOf(propertiesOf(json))).toBe(json);
});

it('survives an address that somebody changed by hand', () => {
  expect(propertiesOf('[1]')).toEqual([]);
  expect(propertiesOf('{')).toEqual([]);
  expect(jsonOf([newProperty('', '')])).toBeUndefined();
});
