import { describe, expect, it } from 'vitest';
import { filesBelow, folderOf, importsOf, isTest, read } from './source-files.ts';

const gallery = filesBelow('web/gallery').map(read).join('\n');
const console = filesBelow('web/src').filter((path) => !isTest(path));

/** Components of src/ui that another folder uses, by name. */
const shared = console
  .filter((path) => path.startsWith('web/src/ui/') && path.endsWith('.tsx'))
  .flatMap((path) =>
    [...read(path).matchAll(/^export (?:function|const) ([A-Z][a-z]\w*)/gm)].map(([, name = '']) => ({ path, name })),
  )
  .filter(({ path, name }) =>
    console.some(
      (user) =>
        folderOf(user) !== folderOf(path) &&
        importsOf(user).includes(path) &&
        new RegExp(`\\b${name}\\b`).test(read(user)),
    ),
  );

describe('the component gallery', () => {
  it('shows every shared component of src/ui (add an entry to web/gallery/entries)', () => {
    const missing = shared.filter(({ name }) => !new RegExp(`<${name}\\b`).test(gallery));
    expect(shared.length).toBeGreaterThan(20);
    expect(missing.map(({ path, name }) => `${path}: ${name}`)).toEqual([]);
  });

  it('is imported by no file of the console', () => {
    expect(console.filter((path) => importsOf(path).some((target) => target.startsWith('web/gallery/')))).toEqual([]);
  });
});
