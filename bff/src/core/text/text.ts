/** Removes the characters that turn the direction of the text around them. */
export const withoutBidiControls = (text: string): string => text.replaceAll(/\p{Bidi_Control}/gu, '');

/** Whether anything is there to see. Marks alone are not, nor are fillers, joiners, the blank Braille pattern and the null notehead. */
export const isVisible = (text: string): boolean => /[^\p{C}\p{Z}\p{M}\p{DI}\u2800\u{1d159}]/u.test(text);

/** Whether text has no control characters, and none that break a line. */
export const isOneLine = (text: string): boolean => !/[\p{Cc}\p{Zl}\p{Zp}]/u.test(text);

/** Truncates text to at most `max` UTF-16 units, between characters as people count them. */
export function truncate(text: string, max: number): string {
  if (text.length <= max) return text;
  const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });
  let end = 0;
  for (const { segment } of graphemes.segment(text)) {
    if (end + segment.length > max) break;
    end += segment.length;
  }
  return text.slice(0, end);
}
