import { expect, it } from 'vitest';
import { jsonOf, newProperty, propertiesOf } from './resource-draft.ts';

it('converts lines to the object a host app sends, and back', () => {
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

it('ignores an invalid value in the URL', () => {
  expect(propertiesOf('[1]')).toEqual([]);
  expect(propertiesOf('{')).toEqual([]);
  expect(jsonOf([newProperty('', '')])).toBeUndefined();
});
