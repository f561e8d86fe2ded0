import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Settings } from '../../core/settings/settings.ts';
import { DEFAULTS } from '../knobs.ts';
import { filesBelow, ROOT, read } from './source-files.ts';

const documents = ['README.md', ...['bff', 'web', 'prisma'].flatMap((folder) => filesBelow(folder, /\.md$/))];
const settings = Object.keys(Settings.shape);
const knobs = [...Object.keys(DEFAULTS), 'CHROMIUM_PATH'];
/** Names in capitals that documents use and that are no settings of ours. */
const FOREIGN = new Set(['ROLECALL_API_KEY', 'SYSTEM_PERMISSIONS']);

describe('documents', () => {
  it.each(documents)('%s names only paths that exist', (document) => {
    expect(pathsIn(document).filter((path) => !exists(document, path))).toEqual([]);
  });

  it.each(documents)('%s names only settings that exist', (document) => {
    const named = [
      ...read(document).matchAll(/`([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)(?:=[^`]*)?`|^([A-Z][A-Z0-9_]+)=/gm),
    ].map((match) => match[1] ?? match[2] ?? '');
    const known = new Set([...settings, ...knobs, ...FOREIGN]);
    expect(named.filter((name) => !known.has(name) && !definedInSql(name))).toEqual([]);
  });

  it.each(documents)('%s names only commands that exist', (document) => {
    const commands = Object.keys((JSON.parse(read('package.json')) as { scripts: object }).scripts);
    const named = [...read(document).matchAll(/pnpm(?:@\d+)? (?!exec )([a-z][a-z:-]*)/g)].map(
      (match) => match[1] ?? '',
    );
    expect(named.filter((name) => !commands.includes(name))).toEqual([]);
  });

  it('describe every setting', () => {
    const described = read('bff/CONFIGURATION.md');
    const example = read('.env.example');
    expect(settings.filter((name) => !described.includes(`| \`${name}\``))).toEqual([]);
    expect(settings.filter((name) => !new RegExp(`^#${name}=`, 'm').test(example))).toEqual([]);
  });

  it('describe every knob of the tests', () => {
    const described = read('bff/src/testing/README.md');
    expect(knobs.filter((name) => !described.includes(`\`${name}\``))).toEqual([]);
  });
});

/** Links, and code in backticks that looks like a path of this repository. */
function pathsIn(document: string): string[] {
  const text = read(document).replaceAll(/^```[\s\S]*?^```/gm, '');
  const links = [...text.matchAll(/\]\(([^)#]+)(?:#[^)]*)?\)/g)].map((match) => match[1] ?? '');
  const code = [...text.matchAll(/`((?:\.{0,2}\/)?[\w.-]+(?:\/[\w.-]+)+\/?)`/g)].map((match) => match[1] ?? '');
  return [
    ...links.filter((link) => !/^[a-z]+:/.test(link)),
    // `bff/contract` is the import of the bff's only export.
    ...code
      .filter((path) => path !== 'bff/contract')
      .filter(
        (path) => /^(\.{1,2}\/|(bff|web|prisma|src)\/)/.test(path) || /\.(ts|tsx|md|sql|prisma|mjs|css)$/.test(path),
      ),
  ];
}

const exists = (document: string, path: string): boolean =>
  [dirname(document), '.'].some((folder) => existsSync(join(ROOT, folder, path)));

function definedInSql(name: string): boolean {
  return filesBelow('prisma', /\.sql$/).some((path) => read(path).includes(name));
}
