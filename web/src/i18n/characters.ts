import { currentLocale } from './i18n.ts';
import { intl } from './intl.ts';

/** Plain letters are never part of another character, and need not wait for the browser to load its table of them. */
const PLAIN = /^[ -~](?![^ -~])/;

/** Returns the first character as people count them, such as a whole emoji; empty for empty text. */
export function firstCharacter(text: string): string {
  const plain = PLAIN.exec(text)?.[0];
  if (plain) return plain;
  const [first] = intl('Segmenter', currentLocale(), { granularity: 'grapheme' }).segment(text);
  return first?.segment ?? '';
}
