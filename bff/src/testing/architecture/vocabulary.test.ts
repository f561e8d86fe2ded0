import { describe, expect, it } from 'vitest';
import { filesBelow, read } from './source-files.ts';
import { retiredTermsIn } from './vocabulary.ts';

const SOURCES = ['bff', 'web', 'prisma']
  .flatMap((folder) => filesBelow(folder, /\.(ts|tsx|mjs|js|css|sql|prisma|md)$/))
  .filter((path) => !/\/migrations\/|\/architecture\/(retired-terms|vocabulary\.test)\.ts$/.test(path));

describe('vocabulary', () => {
  it('has no retired word in any name, comment or text', () => {
    const hits = SOURCES.flatMap((path) => retiredTermsIn(path, read(path)));
    expect(
      hits.map(({ path, line, found, word, standard }) => `${path}:${line} ${found}: ${word} -> ${standard}`),
    ).toEqual([]);
  });

  it.each([
    ['an identifier', 'bff/src/x.ts', 'const roleHolding = 1;'],
    ['a field', 'bff/src/x/schema.ts', 'z.object({ takeFrom: z.int() })'],
    ['a route', 'bff/src/x/routes.ts', "route('/roles/:id/givers')"],
    ['an i18n key', 'web/src/x.ts', "const messages = { 'sync.told_at': 'Sent' };"],
    ['a class of CSS', 'web/src/x.css', '.person-quiet { color: red }'],
    ['a class name', 'web/src/x.tsx', 'const x = <p className="quiet">Text</p>;'],
    ['SQL in a template', 'bff/src/x.ts', 'sql`SELECT held.id FROM membership_role held JOIN holding ON true`'],
    ['an SQL file', 'prisma/sql/x.sql', 'CREATE FUNCTION remember_access() RETURNS trigger'],
    ['a file name', 'bff/src/demo/story-acme.ts', ''],
    ['a comment', 'bff/src/x.ts', '/** Whoever calls it is known. */'],
    ['a message', 'web/src/x.ts', "const messages = { 'sync.title': 'Nothing has been compared yet' };"],
    ['a log line', 'bff/src/x.ts', "log.warn({ err }, 'the outbox waits for its minute')"],
    ['a test name', 'bff/src/x.test.ts', "it('is told at once', () => {})"],
  ])('finds a retired word in %s', (_, path, source) => {
    expect(retiredTermsIn(path, source)).not.toEqual([]);
  });
});
