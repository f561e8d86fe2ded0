import { describe, expect, it } from 'vitest';
import { LAYERS } from './layers.ts';
import { childOf, filesBelow, folderOf, importsOf, isTest, read } from './source-files.ts';

const LONGEST_FILE = 250;
const LARGEST_FOLDER = 20;

const code = ['bff/src', 'web', 'prisma'].flatMap((folder) => filesBelow(folder));
const product = code.filter((path) => !isTest(path));
const written = ['bff', 'web', 'prisma', '.ci'].flatMap((folder) => filesBelow(folder, /./));
const imports = code.flatMap((from) => importsOf(from).map((to) => ({ from, to })));
const folders = [...new Set(code.flatMap(ancestorsOf))].sort();

/** Which file may say what only some files may say. */
const PRIVILEGES: [what: string, pattern: RegExp, allowed: RegExp][] = [
  ['process.env', /\bprocess\.env\b/, /^bff\/src\/core\/config\.ts$/],
  ['set_config', /set_config\(/, /^bff\/src\/(db\/(scope|tenant-tx)|ensure-platform|demo\/.*)\.ts$/],
  [
    'the login that reads across tenants',
    /\bdb\.platform\b/,
    /^bff\/src\/resources\/(users\/|permissions\/|tenants\/|trends\/|audit-logs|identity-pushes\/|sync-runs\/|webhook-events\/|roles\/upgrade\.ts)|^bff\/src\/http\/metrics\//,
  ],
  ['the login that writes for the provider', /\bdb\.sync\b/, /^bff\/src\/(sync|identity|demo)\//],
  ['the login that migrates', /\bawait asOwner\(/, /^bff\/src\/resources\/roles\/upgrade\.ts$/],
  ['findUnique, which merges calls of different tenants', /\bfindUnique/, /^$/],
  ['SQL that is not a tagged template', /\$(queryRaw|executeRaw)Unsafe/, /^$/],
  ['Prisma.raw', /Prisma\.raw\(/, /^bff\/src\/db\/lists\/(keyset|search)\.ts$/],
  ['a new PrismaClient', /new PrismaClient/, /^bff\/src\/db\/database\.ts$/],
  ['a status number', /\bstatus(Code)?(: | = |\()[1-5]\d\d\b/, /^$/],
  [
    'app.get and its like',
    /\bapp\.(get|post|put|patch|delete|on)\(/,
    /^bff\/src\/http\/(route|stream|health\/health|metrics\/metrics|openapi\/openapi|console)\.ts$/,
  ],
];

describe('imports', () => {
  it.each(Object.entries(LAYERS))('in %s go to lower layers only', (folder, layers) => {
    const listed = new Set(layers.flat());
    const layerOf = (child: string) => layers.findIndex((layer) => layer.includes(listed.has(child) ? child : '*'));
    const upward = arrowsIn(folder).filter(({ from, to }) => {
      const [above, below] = [childOf(folder, from) ?? '', childOf(folder, to) ?? ''];
      return layerOf(above) < 0 || layerOf(below) < 0 || layerOf(below) >= layerOf(above);
    });
    expect(upward).toEqual([]);
  });

  it('run in no circle between the files and folders of any folder', () => {
    expect(folders.flatMap((folder) => circleIn(folder).map((child) => `${folder}/${child}`))).toEqual([]);
  });

  it('of one resource take nothing but schemas from another', () => {
    const resourceOf = (path: string) => childOf('bff/src/resources', path);
    const foreign = productArrows().filter(
      ({ from, to }) =>
        resourceOf(from) && resourceOf(to) && resourceOf(from) !== resourceOf(to) && !to.endsWith('schema.ts'),
    );
    expect(foreign).toEqual([]);
  });

  it('of the contract reach no database, no request and no secret', () => {
    const reached = new Set(['bff/src/contract.ts']);
    for (const path of reached) for (const { from, to } of imports) if (from === path) reached.add(to);
    const impure = [...reached].filter(
      (path) =>
        !/^bff\/src\/(contract|core\/(schema|(text|values)\/[^/]+)|access\/[^/]+|.*\/schema)\.ts$/.test(path) ||
        read(path).includes('@rolecall/prisma/client'),
    );
    expect(impure).toEqual([]);
  });

  it('of the product never reach the stub of Clerk', () => {
    const allowed = /^(bff\/src\/clerk-stub\/|web\/serve\/clerk-demo\.ts$)/;
    const used = productArrows().filter(({ from, to }) => to.startsWith('bff/src/clerk-stub/') && !allowed.test(from));
    expect(used).toEqual([]);
  });

  it('go from web to bff to prisma, and not back', () => {
    const rank = (path: string) => ['prisma', 'bff', 'web'].indexOf(path.split('/')[0] ?? '');
    expect(productArrows().filter(({ from, to }) => rank(to) > rank(from))).toEqual([]);
  });

  it('of the web take nothing from the server but its contract; only web/serve starts it', () => {
    const pages = filesBelow('web').filter((path) => !path.startsWith('web/serve/'));
    const taken = pages.flatMap((path) => {
      const packages = [...read(path).matchAll(/from '((?:bff|@rolecall)[^']*)'/g)].map((match) => match[1]);
      const files = isTest(path) ? [] : importsOf(path).filter((target) => !target.startsWith('web/'));
      return [...packages.filter((name) => name !== 'bff/contract'), ...files].map((target) => `${path} -> ${target}`);
    });
    expect(taken).toEqual([]);
  });
});

describe('privileges', () => {
  it.each(PRIVILEGES)('%s stays in its files', (_, pattern, allowed) => {
    const used = product.filter(
      (path) => path.startsWith('bff/src/') && !allowed.test(path) && pattern.test(read(path)),
    );
    expect(used).toEqual([]);
  });

  it.each(PRIVILEGES.filter(([, , allowed]) => allowed.source !== '^$'))(
    '%s is used where it is allowed',
    (_, pattern, allowed) => {
      const users = product.filter((path) => allowed.test(path) && pattern.test(read(path)));
      expect(users.length).toBeGreaterThan(0);
    },
  );
});

describe('sizes', () => {
  it(`no file has more than ${LONGEST_FILE} lines`, () => {
    const sources = written.filter(
      (path) => /\.(ts|tsx|mjs|css|sql|prisma)$/.test(path) && !/\/migrations\//.test(path),
    );
    expect(sources.filter((path) => read(path).split('\n').length > LONGEST_FILE + 1)).toEqual([]);
  });

  it(`no folder has more than ${LARGEST_FOLDER} files`, () => {
    const counts = Map.groupBy(written, folderOf);
    expect([...counts].filter(([, files]) => files.length > LARGEST_FOLDER).map(([folder]) => folder)).toEqual([]);
  });
});

function ancestorsOf(path: string): string[] {
  const parts = path.split('/');
  return parts.slice(1).map((_, index) => parts.slice(0, index + 1).join('/'));
}

function productArrows() {
  return imports.filter(({ from }) => !isTest(from));
}

/** Imports between different children of a folder, tests aside. */
function arrowsIn(folder: string) {
  return productArrows().filter(({ from, to }) => {
    const [above, below] = [childOf(folder, from), childOf(folder, to)];
    return above !== null && below !== null && above !== below;
  });
}

/** The children of a folder that import each other in a circle: what is left once all that imports nothing left is removed. */
function circleIn(folder: string): string[] {
  const arrows = new Map<string, Set<string>>();
  for (const { from, to } of arrowsIn(folder)) {
    const above = childOf(folder, from) ?? '';
    arrows.set(above, (arrows.get(above) ?? new Set()).add(childOf(folder, to) ?? ''));
  }
  for (let removed = true; removed; ) {
    removed = false;
    for (const [child, targets] of arrows) {
      if ([...targets].some((target) => arrows.has(target))) continue;
      arrows.delete(child);
      removed = true;
    }
  }
  return [...arrows.keys()].sort();
}
