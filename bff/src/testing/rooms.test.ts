import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { describe, expect, it } from 'vitest';

const ROOT = resolve(import.meta.dirname, '../../..');
const LONGEST_FILE = 250;

/** A file may import from its own room and from lower ranks. The first pattern that fits says which room a file is in. */
const ROOMS: [rank: number, room: string, pattern: RegExp][] = [
  [
    0,
    'contract',
    /^bff\/src\/((schema|errors|config|contract|person|email-address|read-bytes)|resources\/[^/]+\/([a-z]+-)?schema)\.ts$/,
  ],
  [
    0,
    'contract',
    /^bff\/src\/(access\/(permissions|conditions|resource|role-templates|template-rows)|demo\/accounts)\.ts$/,
  ],
  [1, 'db', /^bff\/src\/db\//],
  [2, 'access', /^bff\/src\/access\//],
  [3, 'context', /^bff\/src\/(http\/(context|env)|identity\/provider|mail\/[^/]+)\.ts$/],
  [4, 'audit', /^bff\/src\/audit\//],
  [5, 'sync', /^bff\/src\/sync\//],
  [6, 'identity', /^bff\/src\/identity\//],
  [7, 'http', /^bff\/src\/http\//],
  [9, 'app', /^bff\/src\/[^/]+\.ts$/],
  [9, 'app', /^bff\/src\/(clerk-stub|cli|demo|testing)\//],
];

const MAY_USE_THE_STUB = /^bff\/src\/(clerk-stub\/|testing\/|cli\/clerk-demo\.ts$)/;

/** Words that only some files may say. */
const WORDS: [what: string, word: RegExp, allowed: RegExp][] = [
  ['process.env', /\bprocess\.env\b/, /^bff\/src\/config\.ts$/],
  ['set_config', /set_config\(/, /^bff\/src\/(db\/(scope|tenant-tx|ensure-platform)|demo\/.*)\.ts$/],
  [
    'the login that reads across tenants',
    /\bdb\.platform\b/,
    /^bff\/src\/resources\/(users\/|permissions\/|tenants\/|audit-logs|identity-pushes\/|sync-runs\/|webhook-events\/|roles\/upgrade\.ts)/,
  ],
  ['the login that writes for the provider', /\bdb\.sync\b/, /^bff\/src\/(sync|identity|demo)\//],
  ['the login that migrates', /\bawait asOwner\(/, /^bff\/src\/resources\/roles\/upgrade\.ts$/],
  ['findUnique, which merges calls of different tenants', /\bfindUnique/, /^$/],
  ['SQL that is not a tagged template', /\$(queryRaw|executeRaw)Unsafe/, /^$/],
  ['Prisma.raw', /Prisma\.raw\(/, /^bff\/src\/db\/keyset\.ts$/],
  ['a new PrismaClient', /new PrismaClient/, /^bff\/src\/db\/database\.ts$/],
  ['a status number', /\bstatus(Code)?(: | = |\()[1-5]\d\d\b/, /^bff\/src\/errors\.ts$/],
  [
    'app.get and its like',
    /\bapp\.(get|post|put|patch|delete|on)\(/,
    /^bff\/src\/http\/(route|stream|health|openapi|console)\.ts$/,
  ],
];

const filesBelow = (folder: string): string[] =>
  readdirSync(join(ROOT, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.(ts|tsx|mjs)$/.test(entry.name))
    .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .filter((path) => !/(^|\/)(node_modules|generated|dist)\//.test(path));

const isTest = (path: string) => /\.test\.tsx?$|\/(testing|e2e)\//.test(path);
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');

function importsOf(path: string): string[] {
  const specifiers = [...read(path).matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)].map((match) => match[1] ?? '');
  return specifiers
    .filter((specifier) => specifier.startsWith('.'))
    .map((specifier) =>
      relative(ROOT, resolve(ROOT, dirname(path), specifier))
        .split(sep)
        .join('/'),
    );
}

function roomOf(path: string): { rank: number; room: string } {
  const resource = /^bff\/src\/resources\/([^/]+)\//.exec(path)?.[1];
  const found = ROOMS.find(([, , pattern]) => pattern.test(path));
  if (found) return { rank: found[0], room: found[1] };
  return resource ? { rank: 8, room: `resources/${resource}` } : { rank: Number.NaN, room: 'nowhere' };
}

const bff = filesBelow('bff/src');
const everything = [...bff, ...filesBelow('web'), ...filesBelow('prisma')];

describe('rooms', () => {
  it('every import goes to the same room or a lower rank', () => {
    const upward = bff
      .filter((path) => !isTest(path))
      .flatMap((path) => {
        const from = roomOf(path);
        return importsOf(path)
          .filter((target) => target.startsWith('bff/'))
          .filter((target) => {
            const to = roomOf(target);
            return !(to.rank < from.rank || to.room === from.room);
          })
          .map((target) => `${path} -> ${target}`);
      });
    expect(upward).toEqual([]);
  });

  it('the double of Clerk is out of the way of production', () => {
    const used = everything
      .filter((path) => !isTest(path) && !MAY_USE_THE_STUB.test(path))
      .filter((path) => importsOf(path).some((target) => target.startsWith('bff/src/clerk-stub/')));
    expect(used).toEqual([]);
  });

  it('the web takes nothing from the server but its contract', () => {
    const taken = filesBelow('web').flatMap((path) => {
      const packages = [...read(path).matchAll(/from '((?:bff|database)[^']*)'/g)].map((match) => match[1]);
      const files = isTest(path) ? [] : importsOf(path).filter((target) => !target.startsWith('web/'));
      return [...packages.filter((name) => name !== 'bff/contract'), ...files].map((target) => `${path} -> ${target}`);
    });
    expect(taken).toEqual([]);
  });

  it('each word is said only where it may be', () => {
    const said = bff
      .filter((path) => !isTest(path))
      .flatMap((path) =>
        WORDS.filter(([, word, allowed]) => !allowed.test(path) && word.test(read(path))).map(
          ([what]) => `${path}: ${what}`,
        ),
      );
    expect(said).toEqual([]);
  });

  it(`no file is longer than ${LONGEST_FILE} lines`, () => {
    expect(everything.filter((path) => read(path).split('\n').length > LONGEST_FILE + 1)).toEqual([]);
  });
});
