const [START, END] = ['\u2068', '\u2069'];
/** Right-to-left letters, and characters that turn the direction. */
const TURNING = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}\p{Bidi_Control}]/u;

/** Keeps the direction of a name to itself inside plain text, as `<bdi>` does inside elements. */
export const isolate = (text: string): string => (TURNING.test(text) ? START + text + END : text);

/** Removes what `isolate` added, for text that becomes the value of a field. */
export const withoutIsolates = (text: string): string => text.replaceAll(START, '').replaceAll(END, '');
