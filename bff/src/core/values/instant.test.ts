import { describe, expect, it } from 'vitest';
import { clampInstantText, instantText, providerInstant } from './instant.ts';

describe("a provider's timestamp", () => {
  it('is read in seconds and in milliseconds', () => {
    expect([providerInstant(1_716_883_200), providerInstant(1_716_883_200_000)]).toEqual([
      1_716_883_200_000, 1_716_883_200_000,
    ]);
  });

  it('is clamped to the years that RFC 3339 can write', () => {
    const textOf = (timestamp: number) => instantText(new Date(providerInstant(timestamp)));
    expect([1e300, 1_716_883_200_000_000, Number.POSITIVE_INFINITY, -1e300].map(textOf)).toEqual([
      ...Array(3).fill('9999-12-31T23:59:59.999Z'),
      '0001-01-01T00:00:00.000Z',
    ]);
  });
});

describe('the text of an instant in the database', () => {
  it('is clamped, whatever PostgreSQL can store', () => {
    const [earliest, latest] = ['0001-01-01T00:00:00.000Z', '9999-12-31T23:59:59.999Z'];
    const clamped = {
      infinity: latest,
      '-infinity': earliest,
      '58000-01-01T00:00:00+00:00': latest,
      '+058000-01-01T00:00:00.000Z': latest,
      '4000-01-01T00:00:00+00:00 BC': earliest,
      '-000043-01-01T00:00:00.000Z': earliest,
      '2026-01-01T00:00:00.123456+00:00': '2026-01-01T00:00:00.123456+00:00',
    };
    for (const [text, expected] of Object.entries(clamped)) expect(clampInstantText(text), text).toBe(expected);
    expect(instantText(new Date(Number.NaN))).toBe(latest);
  });
});
