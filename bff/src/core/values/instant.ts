/** What RFC 3339 can write: the years 1 to 9999. Outside, requests are refused; the provider's data and answers are clamped. */
const EARLIEST = Date.parse('0001-01-01T00:00:00.000Z');
const LATEST = Date.parse('9999-12-31T23:59:59.999Z');

/** Returns milliseconds since 1970 within the range. */
const clampInstant = (milliseconds: number): number =>
  Number.isNaN(milliseconds) ? LATEST : Math.trunc(Math.min(Math.max(milliseconds, EARLIEST), LATEST));

export const isInstant = (text: string): boolean => {
  const milliseconds = /^\d{4}-/.test(text) ? Date.parse(text) : Number.NaN;
  return milliseconds >= EARLIEST && milliseconds <= LATEST;
};

/** Returns RFC 3339, of the nearest instant in the range for one that lies outside: an infinite one, year 58000, or before year 1. */
export const instantText = (date: Date): string => new Date(clampInstant(date.getTime())).toISOString();

/** As instantText, for the text of PostgreSQL. */
export function clampInstantText(text: string): string {
  if (isInstant(text) || !/^[+-]?(\d{4,}-|infinity$)/.test(text)) return text;
  const isBefore = text.startsWith('-') || text.startsWith('0000') || text.endsWith('BC');
  return new Date(isBefore ? EARLIEST : LATEST).toISOString();
}

/** Returns milliseconds since 1970 of a provider's timestamp. Some are documented in seconds, or sent in the other unit. */
export const providerInstant = (timestamp: number): number =>
  clampInstant(Math.abs(timestamp) < 1e12 ? timestamp * 1000 : timestamp);

const IN_UTC = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d+)?\+00$/;

/** As instantText, for a timestamptz as PostgreSQL sends it: a Date between the two would cost more than all else about a row. */
export function instantTextOf(text: string): string {
  if (IN_UTC.test(text))
    return `${text.slice(0, 10)}T${text.slice(11, 19)}.${text.slice(20, -3).slice(0, 3).padEnd(3, '0')}Z`;
  const clamped = clampInstantText(text);
  return clamped === text ? instantText(new Date(text)) : clamped;
}
