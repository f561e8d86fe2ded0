import fc from 'fast-check';

const TEXTS = [
  '',
  ' ',
  '\0',
  'a\0b',
  '\ud83d',
  '\ude00',
  '\u200b',
  'Ann \u202eremoved by',
  '\u{1f469}\u200d\u{1f52c}',
  'e\u0301',
  'ﬀ',
  'İ',
  "'; DROP TABLE role; --",
  '%',
  '%00',
  '%2F',
  'a/b',
  '\\',
  '__proto__',
  'constructor',
  'null',
  '-1',
  '0x10',
  '1e9',
  '9007199254740993',
  '9'.repeat(400),
  'true',
  'infinity',
  '0000-01-01T00:00:00Z',
  '2026-01-01T00:00:00+16:00',
  '9999-12-31T23:59:59-01:00',
  '2026-02-30T00:00:00Z',
  '00000000-0000-0000-0000-000000000000',
  'FFFFFFFF-FFFF-4FFF-8FFF-FFFFFFFFFFFF',
  'user@example.test',
  '"quoted"@xn--bcher-kva.example',
  'org:courses:create',
  'x'.repeat(5_000),
  'ü'.repeat(300),
];

/** Texts that a program sends by mistake, or an attacker on purpose. */
export const hostileText: fc.Arbitrary<string> = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...TEXTS) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 20 }) },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 20 }) },
);

const deep = (levels: number): unknown => (levels === 0 ? 1 : [deep(levels - 1)]);

/** JSON values of any type. */
export const hostileValue: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 4, arbitrary: hostileText },
  {
    weight: 3,
    arbitrary: fc.constantFrom<unknown>(
      ...[
        null,
        true,
        false,
        0,
        -1,
        -0,
        1.5,
        2 ** 31,
        2 ** 53,
        -(2 ** 63),
        1e300,
        5e-324,
        [],
        {},
        [null],
        [[]],
        { a: {} },
      ],
      ...[deep(30), Array(600).fill('x'), JSON.parse('{"__proto__":{"isAdmin":true},"constructor":1}')],
    ),
  },
  { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 3 }) },
);

const bytes = (...values: number[]) => Uint8Array.from(values);

/** Bodies that are no JSON object in UTF-8, or hardly one. */
export const hostileBody: fc.Arbitrary<string | Uint8Array<ArrayBuffer>> = fc.constantFrom<
  string | Uint8Array<ArrayBuffer>
>(
  ...['', ' ', 'null', '[]', '"text"', '7', '{', '{"a":', '{"a":1,}', '{"a":1}{"a":2}', '\ufeff{}', '{"a":1e999}'],
  ...['{"a":12345678901234567890}', '{"\\ud83d":1}', '{"a":"\\u0000"}', '{"a":"\\\\u0000"}', '['.repeat(5_000)],
  ...[`${'{"a":'.repeat(3_000)}1${'}'.repeat(3_000)}`, `{"a":"${'x'.repeat(120_000)}"}`, '{"a":1,"a":2}', 'a=1&b=2'],
  ...[bytes(0x7b, 0xff, 0x7d), bytes(0xed, 0xa0, 0xbd), bytes(0xff, 0xfe, 0x7b, 0x00), bytes(0)],
);
