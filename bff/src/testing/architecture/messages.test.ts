import { describe, expect, it } from 'vitest';
import { filesBelow, isTest, read } from './source-files.ts';

const product = filesBelow('bff/src').filter((path) => !isTest(path) && !/\/(demo|clerk-stub)\//.test(path));

/** Operations that can be denied, which then appear in the audit log. */
const deniable = product
  .filter((path) => path.startsWith('bff/src/resources/'))
  .flatMap((path) => read(path).split("operation: '").slice(1))
  .filter((route) => !/\baccess: (open|bySignature|byApiKey)\b/.test(route))
  .map((route) => `operation.${route.slice(0, route.indexOf("'"))}`);

const actions = product
  .flatMap((path) => [...read(path).matchAll(/\baction: .*/g)])
  .flatMap(([line]) => [...line.matchAll(/'([a-z-]+\.[a-z_-]+)'/g)])
  .map(([, action]) => `audit.${action}`);

describe.each(['en', 'fr'])('the audit log (%s)', (language) => {
  const lacks = (file: string) => {
    const messages = read(`web/src/i18n/messages/${language}/audit/${file}.ts`);
    return (key: string) => !messages.includes(`'${key}'`);
  };

  it('has a message for every operation that can be denied', () => {
    expect(deniable.length).toBeGreaterThan(60);
    expect(deniable.filter(lacks('operations'))).toEqual([]);
  });

  it('has a message for every action', () => {
    expect(actions.length).toBeGreaterThan(25);
    expect(actions.filter(lacks('events'))).toEqual([]);
  });
});
