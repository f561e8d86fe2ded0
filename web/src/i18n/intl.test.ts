import { afterEach, expect, it, vi } from 'vitest';
import { firstCharacter } from './characters.ts';
import { exactTime, shortDate } from './format.ts';

afterEach(() => vi.restoreAllMocks());

it('constructs a formatter once for all rows of a list', () => {
  const construct = vi.spyOn(Intl, 'DateTimeFormat');
  const days = Array.from({ length: 30 }, (_, day) => `2025-03-${String(day + 1).padStart(2, '0')}T12:00:00Z`);
  const texts = days.flatMap((day) => [exactTime(day), shortDate(day)]);
  expect(new Set(texts).size).toBe(60);
  expect(construct.mock.calls.length).toBeLessThanOrEqual(2);
});

it('takes the first character as people count them', () => {
  expect(['Ada', 'é', 'e\u0301a', '👩‍👩‍👧 family', 'A\u0301', '한글', ''].map(firstCharacter)).toEqual([
    'A',
    'é',
    'e\u0301',
    '👩‍👩‍👧',
    'A\u0301',
    '한',
    '',
  ]);
});
