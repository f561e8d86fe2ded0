/** One line of text without control characters, or null. What providers send was typed by anybody. */
export const cleanLine = (text: string | null | undefined, max: number): string | null =>
  text
    ?.toWellFormed()
    .replace(/\p{Cc}+/gu, ' ')
    .trim()
    .slice(0, max)
    .toWellFormed() || null;

/** Only https pictures are shown. */
export const httpsUrl = (text: string | null | undefined): string | null =>
  text && text.length <= 2000 && /^https:\/\/[^\s]+$/.test(text) && URL.canParse(text) ? text : null;
