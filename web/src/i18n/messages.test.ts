import { expect, it } from 'vitest';
import type { Dictionary, Message } from './i18n.ts';
import enEntry from './messages/en/entry.ts';
import en from './messages/en.ts';
import frEntry from './messages/fr/entry.ts';
import fr from './messages/fr.ts';

const english: Dictionary = { ...enEntry, ...en };
const french: Dictionary = { ...frEntry, ...fr };
const sources = import.meta.glob<string>(['../**/*.tsx', '!../**/*.test.tsx'], {
  eager: true,
  query: '?raw',
  import: 'default',
});

const forms = (message: Message | undefined) =>
  typeof message === 'string' ? [message] : Object.values(message ?? {});
const names = (message: Message | undefined) =>
  [...new Set(forms(message).flatMap((text) => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1])))].sort();

it('says everything in both languages', () => {
  expect(Object.keys(french).sort()).toEqual(Object.keys(english).sort());
});

it('fills the same names into a sentence in both languages', () => {
  const differing = Object.keys(english).filter((key) => `${names(english[key])}` !== `${names(french[key])}`);
  expect(differing).toEqual([]);
});

it('leaves nothing empty and nothing untranslated by accident', () => {
  const blank = Object.entries({ ...english, ...french }).filter(([, message]) =>
    forms(message).some((text) => !text.trim()),
  );
  expect(blank).toEqual([]);
  const longest = (key: string) => Math.max(...forms(english[key]).map((text) => text.length));
  const long = Object.keys(english).filter(
    (key) => longest(key) > 24 && `${forms(english[key])}` === `${forms(french[key])}`,
  );
  expect(long).toEqual([]);
});

it('has no words written straight into a page', () => {
  const text = />\s*[A-Za-zÀ-ÿ][A-Za-zÀ-ÿ' ]{2,}[.?!]?\s*<\//g;
  const attribute = /\s(?:aria-label|title|placeholder|alt|label)="(?![a-z_]+\.[a-z_.]+")[^"]*[A-Za-z]{3}[^"]*"/g;
  const found = Object.entries(sources).flatMap(([file, source]) =>
    [...source.matchAll(text), ...source.matchAll(attribute)].map((match) => `${file}: ${match[0].trim()}`),
  );
  expect(Object.keys(sources).length).toBeGreaterThan(40);
  expect(found).toEqual([]);
});
