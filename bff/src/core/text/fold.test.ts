import { describe, expect, it } from 'vitest';
import { fold, roleKeyFrom, searchText, slugFrom } from './fold.ts';

describe('folding', () => {
  it.each([
    ...[
      ['Łukasz', 'lukasz'],
      ['Groß', 'gross'],
      ['O’Brien', "o'brien"],
      ['O‘Brien', "o'brien"],
      ['O´Brien', "o'brien"],
    ],
    ...[
      ['Søren Ærø', 'soren aero'],
      ['Đặng', 'dang'],
      ['Þór', 'thor'],
      ['İstanbul', 'istanbul'],
      ['Jean–Luc', 'jean-luc'],
    ],
    ...[
      ['Иван', 'ivan'],
      ['Ελένη', 'eleni'],
      ['张伟', 'zhangwei'],
      ['ｆｕｌｌ', 'full'],
      ['Zoe\u0308', 'zoe'],
      ['a\u00a0b', 'a b'],
      ['Ada\u{e0042}', 'ada'],
      ['Zo\u00ade\u034f', 'zoe'],
    ],
  ])('turns %s into %s', (text, folded) => {
    expect(fold(text)).toBe(folded);
    expect(fold(text.normalize('NFD'))).toBe(fold(text.normalize('NFC')));
  });

  it('is ASCII, and changes nothing that was folded', () => {
    for (let code = 0; code < 0x3_0000; code += 7) {
      const folded = fold(String.fromCodePoint(code));
      expect(folded).toMatch(/^[\0-\x7f]*$/);
      expect(fold(folded.replaceAll('`', "'"))).toBe(folded.replaceAll('`', "'"));
    }
  });

  it('sorts by the first part of a text', () => {
    const texts = [searchText('Admin assistant', 'a'), searchText('Admin', 'z'), searchText('École', null)];
    expect(texts.toSorted()).toEqual(['admin\nz', 'admin assistant\na', 'ecole']);
    expect(searchText('张'.repeat(500), null)).toHaveLength(2_000);
  });
});

describe('key of a name', () => {
  it.each([
    ['Développeur', 'developpeur'],
    ['Łódź & Groß', 'lodz-gross'],
    ['2. O’Brien ', 'o-brien'],
    ['Разработчик', 'razrabotchik'],
    ['  123 ', ''],
  ])('of %s is %s', (name, key) => {
    expect(roleKeyFrom(name)).toBe(key);
  });

  it('fits where a slug must', () => {
    expect(slugFrom(`${'x'.repeat(62)} y`)).toBe('x'.repeat(62));
    expect(slugFrom('Ångström 7')).toBe('angstrom-7');
  });
});
