import { describe, expect, it } from 'vitest';
import { filesBelow, isTest, read } from './source-files.ts';

/** Operations that can be denied, which then appear in the audit log. */
const deniable = filesBelow('bff/src/resources')
  .filter((path) => !isTest(path))
  .flatMap((path) => read(path).split("operation: '").slice(1))
  .filter((route) => !/\baccess: (open|byApiKey)\b/.test(route))
  .map((route) => route.slice(0, route.indexOf("'")));

describe('every operation that can be denied', () => {
  it.each(['en', 'fr'])('has a message for the audit log (%s)', (language) => {
    const messages = read(`web/src/i18n/messages/${language}/audit/operations.ts`);
    expect(deniable.length).toBeGreaterThan(60);
    expect(deniable.filter((operation) => !messages.includes(`'operation.${operation}'`))).toEqual([]);
  });
});
