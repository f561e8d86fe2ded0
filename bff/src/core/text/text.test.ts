import { describe, expect, it } from 'vitest';
import { isolate, withoutIsolates } from './isolate.ts';
import { isVisible, truncate, withoutBidiControls } from './text.ts';

describe('text', () => {
  it.each([
    '',
    ' \u00a0\u3000',
    '\u200b',
    '\u2060\ufeff',
    '\u00ad',
    '\u202e\u2066',
    '\u3164\u115f',
    '\ufe0f',
    '\u0301',
    '\u2800',
    '\u{e0041}',
    '\ue000',
    '\u{1d159}',
  ])('is not visible: %j', (text) => expect(isVisible(text)).toBe(false));

  it.each(['a', '李', 'ع', '\u200bx', '👩‍💻', '1', '.', '?'])('is visible: %j', (text) =>
    expect(isVisible(text)).toBe(true),
  );

  it('loses bidi controls and keeps the letters of every script', () => {
    expect(withoutBidiControls('Ann \u202eremoved by\u202c \u2067דנה\u2069\u200f\u061c')).toBe('Ann removed by דנה');
  });

  it.each([
    ['a family of emoji', 'ab👩‍👩‍👧‍👦', 5, 'ab'],
    ['a flag', 'a🇫🇷', 3, 'a'],
    ['a composed letter', 'abe\u0301', 3, 'ab'],
    ['a surrogate pair', 'ab😀', 3, 'ab'],
    ['nothing where it fits', 'ab😀', 4, 'ab😀'],
  ])('is truncated before %s', (_what, text, max, expected) => {
    expect(truncate(text, max)).toBe(expected);
  });

  it('is truncated quickly however long it is', () => {
    const started = performance.now();
    expect(truncate('👩‍💻'.repeat(200_000), 120)).toHaveLength(120);
    expect(performance.now() - started).toBeLessThan(100);
  });
});

describe('name in plain text', () => {
  it('is isolated where it may turn the direction', () => {
    expect(isolate('Ada Park')).toBe('Ada Park');
    expect(isolate('דנה')).toBe('\u2068דנה\u2069');
    expect(isolate('Ann \u202eremoved by')).toBe('\u2068Ann \u202eremoved by\u2069');
    expect(withoutIsolates(isolate('دانا'))).toBe('دانا');
  });
});
