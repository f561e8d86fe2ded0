/** Returns one line without control characters, or null. Users typed what providers send. */
export const cleanLine = (text: string | null | undefined, max: number): string | null =>
  text
    ?.toWellFormed()
    .replace(/\p{Cc}+/gu, ' ')
    .trim()
    .slice(0, max)
    .toWellFormed() || null;

/** Returns the URL if it is https, else null. */
export const httpsUrl = (text: string | null | undefined): string | null =>
  text && text.length <= 2000 && /^https:\/\/[^\s]+$/.test(text) && URL.canParse(text) ? text : null;
