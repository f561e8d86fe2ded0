import { expect, it } from 'vitest';
import { jsonOf, propertiesOf } from './resource-draft.ts';

it('converts lines to the object a host app sends, and back', () => {
  const typed = [
    { path: 'resource.ownerId', value: 'user_1' },
    { path: 'amount', value: '120' },
    { path: 'course.region', value: 'north' },
    { path: 'course.open', value: 'true' },
    { path: 'zip', value: '0815' },
    { path: '', value: 'nothing' },
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
  expect(jsonOf([{ path: '', value: '' }])).toBeUndefined();
});
