import { afterEach, describe, expect, it } from 'vitest';
import { chooseLocale, type Dictionary, type Message, type MessageKey, t } from './i18n.ts';
import enEntry from './messages/en/entry.ts';
import en from './messages/en.ts';
import frEntry from './messages/fr/entry.ts';
import fr from './messages/fr.ts';

const english: Dictionary = { ...enEntry, ...en };
const french: Dictionary = { ...frEntry, ...fr };
const files = import.meta.glob<Dictionary>('./messages/*/**/*.ts', { eager: true, import: 'default' });
const sources = import.meta.glob<string>(['../**/*.{ts,tsx}', '!../**/*.test.{ts,tsx}', '!./messages/**'], {
  eager: true,
  query: '?raw',
  import: 'default',
});

const keysOf = (locale: string) =>
  Object.entries(files).flatMap(([file, messages]) =>
    file.startsWith(`./messages/${locale}/`) ? Object.keys(messages) : [],
  );
const forms = (message: Message | undefined) =>
  typeof message === 'string' ? [message] : Object.values(message ?? {});
const placeholders = (message: Message | undefined) =>
  [...new Set(forms(message).flatMap((text) => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1])))].sort();

/** The messages that contain a wording; a placeholder is no word. */
const wordings = (messages: Dictionary, banned: RegExp) =>
  Object.entries(messages).filter(([, message]) =>
    forms(message).some((text) => banned.test(text.replace(/\{\w+\}/g, '_'))),
  );

const code = Object.values(sources).join('\n');
const literals = new Set([...code.matchAll(/['"`]([a-z_-]+\.[\w.:-]+)['"`]/g)].map(([, key]) => key));
/** Keys with a variable part, such as `error.${code}`. */
const templates = [...code.matchAll(/`([a-z_]+\.[^`\s]*\$\{[^`]*)`/g)].map(([, template = '']) => ({
  template,
  pattern: new RegExp(`^${template.replaceAll('.', '\\.').replace(/\$\{.*?\}/g, '.+')}$`),
}));

describe('messages', () => {
  it('exist in both languages', () => {
    expect(Object.keys(french).sort()).toEqual(Object.keys(english).sort());
  });

  it('have the same placeholders in both languages', () => {
    const differing = Object.keys(english).filter(
      (key) => `${placeholders(english[key])}` !== `${placeholders(french[key])}`,
    );
    expect(differing).toEqual([]);
  });

  it('are neither empty nor left untranslated', () => {
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

  it.each(['en', 'fr'])('are defined in one file only (%s)', (locale) => {
    const keys = keysOf(locale);
    expect(keys.filter((key, at) => keys.indexOf(key) !== at)).toEqual([]);
  });

  it.each([
    ['en', english],
    ['fr', french],
  ])('are all loaded (%s)', (locale, loaded) => {
    expect(keysOf(locale).filter((key) => !(key in loaded))).toEqual([]);
  });

  it('are all used', () => {
    const isUsed = (key: string) => literals.has(key) || templates.some(({ pattern }) => pattern.test(key));
    expect(Object.keys(english).filter((key) => !isUsed(key))).toEqual([]);
  });

  // The compiler checks whole keys; a key that is built from a code falls back when it is missing.
  it('exist for every key that is built in the code', () => {
    const keys = Object.keys(english);
    const namespaces = new Set(keys.map((key) => key.split('.')[0]));
    const built = templates.filter(({ template }) => namespaces.has(template.split('.')[0]));
    expect(built.length).toBeGreaterThan(40);
    expect(built.filter(({ pattern }) => !keys.some((key) => pattern.test(key)))).toEqual([]);
  });

  it('avoid everyday words that have a domain term, straight quotes and exclamation marks', () => {
    const banned =
      /\b(told|anew|lately|whoever|somebody|nobody|everybody|meanwhile|at once|by (it|them)sel(f|ves)|newcomers?|main role|short name|came by|carried by|bring back|givers?|emails?|login|click)\b|[a-z]'[a-z]|"|\.\.\.|!/i;
    expect(wordings(english, banned)).toEqual([]);
  });
});

describe('French messages', () => {
  afterEach(() => chooseLocale('en'));

  it('keep punctuation with the word before it, in every message', async () => {
    await chooseLocale('fr');
    const shown = Object.keys(french).map((key) => t(key as MessageKey, { count: 2 }));
    expect(shown.filter((text) => / [:;!?»]|« /.test(text))).toEqual([]);
    expect(t('palette.none', { q: 'x' })).toMatch(/«\u00a0.*\u00a0»/);
  });

  it('elide before a name that starts with a vowel', async () => {
    await chooseLocale('fr');
    expect(t('home.extend_of', { name: 'Ada' })).toContain('d’Ada');
    expect(t('home.extend_of', { name: 'Élodie' })).toContain('d’Élodie');
    expect(t('home.extend_of', { name: 'Œdipe' })).toContain('d’Œdipe');
    expect(t('home.extend_of', { name: 'Yves' })).toContain('d’Yves');
    expect(t('home.extend_of', { name: 'Youssef' })).toContain('de Youssef');
    expect(t('home.extend_of', { name: 'Marco' })).toContain('de Marco');
  });

  it('contain no straight quotes, no English words and no everyday ones', () => {
    const banned =
      /[a-zà-ÿ]'[a-zà-ÿ]|["“”!]|\.\.\.|\b(tenants?(?!:)|login|(?<!e-)mails?|emails?|logger|éditer|checker|cliquer?z?|digital|supporter|auto-attribuables?)\b|\best (suspendu|réactivé|invité)(?!e)/i;
    expect(wordings(french, banned)).toEqual([]);
  });

  it('use the typographic apostrophe, « » and the plural forms of French', () => {
    const unspaced =
      /«\S|\S»|\d (?=\d{3})|\p{L}[;:!?](?![\p{L}_])|(?<![\p{L}-])(de|que|le|la|se|ne|je|jusque) [aeiouyâéèêî]/iu;
    expect(wordings(french, unspaced)).toEqual([]);
    const plurals = Object.entries(french).filter(([, message]) => typeof message !== 'string');
    expect(plurals.filter(([, message]) => !('one' in (message as object)))).toEqual([]);
  });
});

describe('pages', () => {
  it('contain no hard-coded text', () => {
    const text = />\s*[A-Za-zÀ-ÿ][A-Za-zÀ-ÿ' ]{2,}[.?!]?\s*<\//g;
    const attribute = /\s(?:aria-label|title|placeholder|alt|label)="(?![a-z_]+\.[a-z_.]+")[^"]*[A-Za-z]{3}[^"]*"/g;
    const pages = Object.entries(sources).filter(([file]) => file.endsWith('.tsx'));
    const found = pages.flatMap(([file, source]) =>
      [...source.matchAll(text), ...source.matchAll(attribute)].map((match) => `${file}: ${match[0].trim()}`),
    );
    expect(pages.length).toBeGreaterThan(40);
    expect(found).toEqual([]);
  });

  it('show roles by roleName() and leave lists, dates and numbers to Intl', () => {
    const byHand =
      /(?<!['`])\broles?\??\.name\b|\.map\(\(?\{? ?\w+ ?\}?\)? => (\w+\.)?name\)|toLocale\w*String|\$\{\w+\}%`\}?</g;
    const shown = Object.entries(sources).filter(([file]) => !/(role-(name|draft)|state)\.ts$/.test(file));
    const found = shown.flatMap(([file, source]) =>
      [...source.matchAll(byHand)].map((match) => `${file}: ${match[0]}`),
    );
    expect(found).toEqual([]);
  });
});
