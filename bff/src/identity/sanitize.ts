import { isVisible, truncate, withoutBidiControls } from '../core/text/text.ts';

/** Returns one line without control characters, or null where nothing is visible. Users typed what providers send. */
export function cleanLine(text: string | null | undefined, max: number): string | null {
  const line = withoutBidiControls(text?.toWellFormed() ?? '').replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ');
  const shown = truncate(line.trim(), max).trim();
  return isVisible(shown) ? shown : null;
}

/**
 * Returns an address as it was written, or null. A character that could turn or break a line becomes one that no address has, so that
 * two addresses never become one.
 */
export const cleanAddress = (text: string | null | undefined): string | null =>
  truncate(
    text
      ?.toWellFormed()
      .replaceAll(/[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/gu, '\ufffd')
      .trim() ?? '',
    320,
  ) || null;

/** Returns the URL if it is https, else null. */
export const httpsUrl = (text: string | null | undefined): string | null =>
  text && text.length <= 2000 && /^https:\/\/[^\s]+$/.test(text) && URL.canParse(text) ? text : null;
