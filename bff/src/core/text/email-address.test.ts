import { describe, expect, it } from 'vitest';
import { emailKey, isSameEmail } from './email-address.ts';

describe('key of an address', () => {
  it.each([
    ['case', 'Ada@Example.TEST', 'ada@example.test'],
    ['case beyond ASCII', 'JOSÉ@example.test', 'josé@example.test'],
    ['an internationalised domain', 'ada@Bücher.example', 'ada@xn--bcher-kva.example'],
    ['an internationalised top-level domain', 'ада@пример.рф', 'ада@xn--e1afmkfd.xn--p1ai'],
    ['the ideographic full stop', 'ada@例子。测试', 'ada@例子.测试'],
    ['composition in the local part', 'jose\u0301@example.test', 'jos\u00e9@example.test'],
    ['composition in the domain', 'ada@bu\u0308cher.example', 'ada@b\u00fccher.example'],
    ['space around it', ' ada@example.test\n', 'ada@example.test'],
  ])('ignores %s', (_what, one, other) => {
    expect(emailKey(one)).not.toBeNull();
    expect(emailKey(one)).toBe(emailKey(other));
    expect(isSameEmail(one, other)).toBe(true);
  });

  it('is the address itself where that is plain', () => {
    expect(emailKey("o'brien+news@mail.example.co.uk")).toBe("o'brien+news@mail.example.co.uk");
  });

  it('keeps addresses apart that only look alike', () => {
    expect(emailKey('ada@straße.example')).not.toBe(emailKey('ada@strasse.example'));
    expect(emailKey('\u0430da@example.test')).not.toBe(emailKey('ada@example.test'));
    expect(isSameEmail('nothing', 'nothing')).toBe(false);
  });

  it.each([
    ...[
      '',
      'ada',
      '@example.test',
      'ada@',
      'ada@example',
      'a b@example.test',
      'ada@exa mple.test',
      'ada@@example.test',
    ],
    ...[
      'a..b@x.test',
      '.a@x.test',
      'a.@x.test',
      '"a b"@x.test',
      'ada@x..test',
      'ada@-x.test',
      'ada@x-.test',
      'ada@x.test.',
    ],
    ...[
      'ada@127.0.0.1',
      'ada@[127.0.0.1]',
      'ada@0x7f.1',
      'ada@x.test:25',
      'ada@x.test/y',
      'ada@user:x.test',
      'ada@x.t',
    ],
    ...['ada\u200b@x.test', 'ada@exa\u200bmple.test', 'ada@exa\u00admple.test', 'a\ufe0fda@x.test', '\u202eada@x.test'],
    ...['\uff41da@x.test', 'ada@\uff45xample.test', 'ada@e\u212aample.test', 'ada@x.test\u0000', 'a\u0000da@x.test'],
    ...[
      `${'a'.repeat(65)}@x.test`,
      `ada@${'a'.repeat(64)}.test`,
      `ada@${'abcdefg.'.repeat(32)}test`,
      'ada@x\ud83d.test',
    ],
  ])('does not exist for %j', (text) => {
    expect(emailKey(text)).toBeNull();
  });
});
