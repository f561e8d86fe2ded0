import { isolate } from 'bff/contract';
import { readStored, store } from '../core/browser-storage.ts';
import { createStore } from '../core/store.ts';
import { intl } from './intl.ts';
import en from './messages/en/entry.ts';

export const LOCALES = ['en', 'fr'] as const;
export const LOCALE_NAMES = { en: 'English', fr: 'Français' };
export type Locale = (typeof LOCALES)[number];
export type Message = string | ({ other: string } & Partial<Record<Intl.LDMLPluralRule, string>>);
export type Dictionary = Record<string, Message>;
/** What a language does to a text, such as the spaces and elisions of French. */
type Typeset = (text: string, params: Record<string, unknown>) => string;
type Loaded = { default: Dictionary; typeset?: Typeset };
type Area = 'entry' | 'onboarding' | 'app';
export type MessageKey =
  | keyof typeof import('./messages/en.ts')['default']
  | keyof typeof import('./messages/en/entry.ts')['default'];
export type Params = Record<string, string | number>;

const loaders: Record<Area, Record<Locale, () => Promise<Loaded>>> = {
  // English is part of the first chunk: it is smaller than another request takes.
  entry: { en: async () => ({ default: en }), fr: () => import('./french.ts') },
  onboarding: { en: () => import('./messages/en/onboarding.ts'), fr: () => import('./messages/fr/onboarding.ts') },
  app: { en: () => import('./messages/en.ts'), fr: () => import('./messages/fr.ts') },
};

const KEY = 'rolecall.locale';
const areas = new Set<Area>(['entry']);
let wanted: Locale | undefined;
const current = createStore<{ locale: Locale; messages: Dictionary; typeset?: Typeset | undefined }>({
  locale: 'en',
  messages: {},
});

export const isLocale = (value: unknown): value is Locale => LOCALES.includes(value as Locale);

/** What the user chose in this browser, else the browser's own language. */
const preferred = () => [readStored(KEY), ...navigator.languages.map((tag) => tag.slice(0, 2))].find(isLocale) ?? 'en';

async function load(locale: Locale) {
  wanted = locale;
  const parts = await Promise.all([...areas].map((area) => loaders[area][locale]()));
  // The language may have changed while loading; areas of one language arrive in any order.
  if (locale !== wanted) return;
  const known = currentLocale() === locale ? current.get().messages : {};
  document.documentElement.lang = locale;
  current.set({
    locale,
    messages: Object.assign({}, known, ...parts.map((part) => part.default)),
    typeset: parts.find((part) => part.typeset)?.typeset,
  });
}

/** Loads the messages of an area ('entry' before the first paint, 'app' with the console) in the user's language. */
export function loadMessages(area: Area) {
  areas.add(area);
  return load(preferred());
}

/** Switches the language and stores it in this browser. */
export function chooseLocale(locale: Locale) {
  store(KEY, locale);
  return load(locale);
}

export const currentLocale = () => current.get().locale;

/** Some systems report tags that Intl rejects, such as en-US@posix. */
function isTag(tag: string) {
  try {
    return Intl.getCanonicalLocales(tag).length === 1;
  } catch {
    return false;
  }
}

/** The regional variant of the current language: 21/11/2026 for en-GB, 11/21/2026 for en-US. */
export const region = () =>
  navigator.languages.find((tag) => tag.split('-')[0] === currentLocale() && isTag(tag)) ?? currentLocale();

export const wholeNumber = (value: number) => intl('NumberFormat', region()).format(value);

export const hasMessage = (key: string): key is MessageKey => key in current.get().messages;

/** The text of a message before its {names} are filled in. */
export function template(key: string, params: Record<string, unknown>): string {
  const text = chosen(key, params.count);
  return current.get().typeset?.(text, params) ?? text;
}

function chosen(key: string, count: unknown): string {
  const message = current.get().messages[key];
  if (message === undefined) return key;
  if (typeof message === 'string') return message;
  const rule = intl('PluralRules', currentLocale()).select(Number(count ?? 0));
  return message[rule] ?? message.other;
}

export const shown = (value: string | number) => (typeof value === 'number' ? wholeNumber(value) : isolate(value));

/** Returns the message for a key, with {names} filled in; `count` selects the plural, and is what {n} stands for. */
export function t(key: MessageKey, params: Params = {}): string {
  const all = withCount(params);
  return template(key, all).replace(/\{(\w+)\}/g, (whole, name: string) =>
    all[name] === undefined ? whole : shown(all[name]),
  );
}

export const withCount = <T extends { count?: unknown }>(params: T): T => ({ n: params.count, ...params });

/** Re-renders on a change of language. The root of the page does, and with it all that is on it, but for what is memoized. */
export const useLocale = () => current.use().locale;
