import { partsOf, splitName } from './names.ts';
import { ALLOWED, RETIRED_NAMES, RETIRED_PHRASES } from './retired-terms.ts';

export interface Hit {
  path: string;
  line: number;
  word: string;
  /** The name or the sentence that contains the word. */
  found: string;
  standard: string;
  kind: 'name' | 'prose';
}

const standards = new Map(
  Object.entries(RETIRED_NAMES).flatMap(([terms, standard]) => terms.split('|').map((term) => [term, standard])),
);
const longestFirst = [...standards.keys()].sort((a, b) => b.length - a.length);
const RETIRED = new RegExp(`(?<= )(${longestFirst.join('|')})(?= )`, 'g');

/** Retired words in the path and the text of a file. */
export function retiredTermsIn(path: string, source: string): Hit[] {
  const isAllowed = (name: string) => ALLOWED.some(([allowed, file]) => allowed.test(name) && file.test(path));
  const inPath = (isAllowed(path) ? [] : retiredTermsOfName(path)).map(([word, standard]) => ({
    path,
    line: 0,
    word,
    found: path,
    standard,
    kind: 'name' as const,
  }));
  const inText = partsOf(path, source).flatMap(({ text, offset, kind }) => {
    if (isAllowed(text)) return [];
    const hits = kind === 'name' ? retiredTermsOfName(text) : phrases(text);
    return hits.map(([word, standard, at = 0]) => {
      const line = source.slice(0, offset + at).split('\n').length;
      return { path, line, word, found: kind === 'name' ? text : lineAt(text, at), standard, kind };
    });
  });
  return [...inPath, ...inText];
}

type Found = [word: string, standard: string, offset?: number];

const retiredTermsOfName = (name: string): Found[] =>
  [...` ${splitName(name)} `.matchAll(RETIRED)].map(([word]) => [word, standards.get(word) ?? '']);

const phrases = (text: string): Found[] =>
  RETIRED_PHRASES.flatMap(([pattern, standard]) =>
    [...text.matchAll(new RegExp(pattern, `${pattern.flags}gm`))].map(
      ({ 0: phrase, index }): Found => [phrase.trim(), standard, index],
    ),
  );

const lineAt = (text: string, offset: number): string =>
  text
    .slice(text.lastIndexOf('\n', offset) + 1)
    .split('\n')[0]
    ?.trim() ?? '';
