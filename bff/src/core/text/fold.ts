import anyAscii from 'any-ascii';
import { roleKeyOfFolded, slugOfFolded } from './slug.ts';

/**
 * Returns text as lists sort and search it: lower-case ASCII, whatever the script, so that "lukasz" finds "Łukasz". The quotation marks
 * that keyboards offer for an apostrophe are one. Invisible characters count as nothing: any-ascii takes tags for letters.
 */
export const fold = (text: string): string =>
  anyAscii(
    text
      .replaceAll(/[`´ʻ]/g, "'")
      .normalize('NFKC')
      .replaceAll(/\p{DI}/gu, ''),
  ).toLowerCase();

/** What `q` searches: each part on a line of its own, so that the first one also sorts. Short enough for an index. */
export const searchText = (...parts: (string | null)[]): string =>
  parts
    .map((part) => fold(part ?? ''))
    .join('\n')
    .trim()
    .slice(0, 2_000);

/** "Brandt & Söhne" -> "brandt-sohne" */
export const slugFrom = (name: string, max?: number): string => slugOfFolded(fold(name), max);

/** "2. Développeur" -> "developpeur"; empty where no letter is left. */
export const roleKeyFrom = (name: string): string => roleKeyOfFolded(fold(name));
