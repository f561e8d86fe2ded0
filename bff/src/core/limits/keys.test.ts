import { expect, it } from 'vitest';
import { accountKey, addressKey } from './keys.ts';

it.each([
  ['192.0.2.1', '192.0.2.1'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
  ['2001:0DB8:0001:0002:ffff::', '2001:db8:1:2'],
  ['2001:db8::1', '2001:db8:0:0'],
  ['2001:db8:1::', '2001:db8:1:0'],
  ['::1', '0:0:0:0'],
  ['fe80::1%eth0', 'fe80:0:0:0'],
  [null, 'unknown'],
])('the address %s counts as %s', (ip, key) => {
  expect(addressKey(ip)).toBe(key);
});

it('spellings of an e-mail address count as one account', () => {
  const spellings = ['Ada@Example.test', ' ada@example.TEST ', 'ada@example.test'];
  expect(new Set(spellings.map(accountKey)).size).toBe(1);
  expect(accountKey('ada@example.test')).not.toContain('ada');
});
