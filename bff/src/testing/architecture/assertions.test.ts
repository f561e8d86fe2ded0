import { describe, expect, it } from 'vitest';
import { testsWithoutAssertion } from './assertions.ts';
import { filesBelow } from './source-files.ts';

const tests = ['bff/src', 'web', 'prisma'].flatMap((folder) => filesBelow(folder, /\.test\.tsx?$/));

describe('every test', () => {
  it('contains an assertion', () => {
    const empty = tests.flatMap((path) => testsWithoutAssertion(path).map((title) => `${path}: ${title}`));
    expect(tests.length).toBeGreaterThan(50);
    expect(empty).toEqual([]);
  });

  it('is found to lack one when it has none', () => {
    const planted = `
      const expectOk = (answer: { status: number }) => expect(answer.status).toBe(200);
      const open = () => fetch('/');
      it('asserts', () => { expect(1).toBe(1); });
      it('asserts in a helper', async () => { expectOk(await open()); });
      it.each([1, 2])('asserts %s in a callback', (n) => [n].forEach((each) => expect(each).toBeGreaterThan(0)));
      it('asserts a property', () => { fc.assert(fc.property(fc.nat(), (n) => n >= 0)); });
      it('only calls', async () => { await open(); });
      it.each([1, 2])('only counts %s', (n) => n + 1);`;
    expect(testsWithoutAssertion('planted.test.ts', planted)).toEqual(['only calls', 'only counts %s']);
  });
});
