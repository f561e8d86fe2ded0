/** Returns the first character as people count them, such as a whole emoji; empty for empty text. */
export const firstCharacter = (text: string): string =>
  new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(text)[Symbol.iterator]().next().value?.segment ??
  '';
