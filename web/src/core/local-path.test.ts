import { expect, it } from 'vitest';
import { localPath } from './local-path.ts';

it('accepts a path of this site', () => {
  expect(localPath('/t/acme/members?q=ada%2Btest#row')).toBe('/t/acme/members?q=ada%2Btest#row');
});

it.each([
  'https://evil.test',
  '//evil.test',
  '/\\evil.test',
  '\\/evil.test',
  '/\t/evil.test',
  '/\n/evil.test',
  '/.//evil.test',
  '//',
  'javascript:alert(1)',
  '',
  null,
])('rejects %j', (target) => {
  expect(localPath(target)).toBe('/');
});
