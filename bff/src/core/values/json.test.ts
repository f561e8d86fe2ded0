import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isDeeperThan, isStorable, parseJson } from './json.ts';

describe('numbers of JSON', () => {
  it('are kept where JavaScript holds them exactly', () => {
    for (const text of [
      '0',
      '-0',
      '0.0',
      '-0.0',
      '0e9',
      '7',
      '-7',
      '0.1',
      '1.50',
      '15e-1',
      '1E2',
      '9007199254740991',
      '1e300',
      '5e-324',
    ]) {
      expect(parseJson(text), text).toBe(Number(text));
    }
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => parseJson(String(value)) === value),
    );
  });

  it('are not a number where JavaScript would round them', () => {
    for (const text of [
      '9007199254740993',
      '-9007199254740993',
      '12345678901234567890',
      '1e400',
      '0.30000000000000001',
      '1e-400',
      `1${'0'.repeat(200)}`,
    ]) {
      expect(parseJson(`{"a":[${text}]}`), text).toEqual({ a: [Number.NaN] });
    }
  });
});

describe('text of JSON', () => {
  it('is storable without NUL and half pairs, in values and keys', () => {
    for (const text of ['a', '', '\u{1f600}', '\\u0000', '\u200b']) {
      expect(isStorable({ [text]: [text] }), JSON.stringify(text)).toBe(true);
    }
    for (const text of ['a\0', '\ud83d', '\ude00x']) {
      expect(isStorable({ a: [{ b: text }] }), JSON.stringify(text)).toBe(false);
      expect(isStorable({ a: [{ [text]: 1 }] }), JSON.stringify(text)).toBe(false);
    }
  });
});

describe('nesting of JSON', () => {
  const nested = (levels: number) => JSON.parse(`${'{"a":['.repeat(levels / 2)}1${']}'.repeat(levels / 2)}`) as unknown;

  it('is counted in arrays and objects', () => {
    expect(isDeeperThan(0, 'text')).toBe(false);
    expect(isDeeperThan(0, {})).toBe(true);
    expect(isDeeperThan(6, nested(6))).toBe(false);
    expect(isDeeperThan(5, nested(6))).toBe(true);
  });

  it('of a hostile depth does not overflow the stack', () => {
    let value: unknown = [];
    for (let level = 0; level < 200_000; level++) value = [value];
    expect(isDeeperThan(199_999, value)).toBe(true);
  });
});
