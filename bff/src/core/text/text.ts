const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** Removes the characters that turn the direction of the text around them. */
export const withoutBidiControls = (text: string): string => text.replaceAll(/\p{Bidi_Control}/gu, '');

/** Whether anything is there to see. Marks alone are not, nor are fillers, joiners and the blank Braille pattern. */
export const isVisible = (text: string): boolean => /[^\p{C}\p{Z}\p{M}\p{DI}\u2800]/u.test(text);

/** Truncates text to at most `max` UTF-16 units, between characters as people count them. */
export function truncate(text: string, max: number): string {
  if (text.length <= max) return text;
  let end = 0;
  for (const { segment } of graphemes.segment(text)) {
    if (end + segment.length > max) break;
    end += segment.length;
  }
  return text.slice(0, end);
}

const [START, END] = ['\u2068', '\u2069'];
/** Right-to-left letters, and characters that turn the direction. */
const TURNING = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}\p{Bidi_Control}]/u;

/** Keeps the direction of a name to itself inside plain text, as `<bdi>` does inside elements. */
export const isolate = (text: string): string => (TURNING.test(text) ? START + text + END : text);

/** Removes what `isolate` added, for text that becomes the value of a field. */
export const withoutIsolates = (text: string): string => text.replaceAll(START, '').replaceAll(END, '');
