import { isolate } from 'bff/contract';
import { currentLocale, region, wholeNumber } from './i18n.ts';
import { intl } from './intl.ts';

const formatTime = (options: Intl.DateTimeFormatOptions) => (iso: string) =>
  intl('DateTimeFormat', region(), options).format(new Date(iso));

/** Returns date and time in full with the time zone, for titles and details. */
export const exactTime = formatTime({ dateStyle: 'full', timeStyle: 'long' });

/** Returns the user's time zone: "Europe/Zurich (GMT+1)". */
export function timeZone(): string {
  const format = intl('DateTimeFormat', region(), { timeZoneName: 'shortOffset' });
  const offset = format.formatToParts(new Date()).find(({ type }) => type === 'timeZoneName')?.value ?? '';
  const { timeZone: zone } = format.resolvedOptions();
  return offset && offset !== zone ? `${zone} (${offset})` : zone;
}

/** "21 Nov 2026, 14:05". */
export const shortTime = formatTime({ dateStyle: 'medium', timeStyle: 'short' });

/** "21 Nov", and the year if it is not the current one. */
export function shortDate(iso: string, now = Date.now()): string {
  const isThisYear = new Date(iso).getFullYear() === new Date(now).getFullYear();
  return formatTime(isThisYear ? { day: 'numeric', month: 'short' } : { dateStyle: 'medium' })(iso);
}

/** "21 November 2026". */
export const longDate = formatTime({ dateStyle: 'long' });

/** "21 – 23 Nov 2026"; either end may be missing. Returns undefined if no end is a date. */
export function formatPeriod(from: string | undefined, to: string | undefined): string | undefined {
  const day = intl('DateTimeFormat', region(), { dateStyle: 'medium' });
  const [first, last] = [from, to].map((iso) =>
    Number.isNaN(Date.parse(iso ?? '')) ? undefined : new Date(iso ?? ''),
  );
  if (first && last && first <= last) return day.formatRange(first, last);
  return first || last ? `${first ? day.format(first) : ''} – ${last ? day.format(last) : ''}`.trim() : undefined;
}

/** Returns the total of a list, "1,000+" if it is not exact. */
export const formatTotal = ({ total, totalIsExact }: { total: number; totalIsExact: boolean }) =>
  `${wholeNumber(total)}${totalIsExact ? '' : '+'}`;

const conjunction = () => intl('ListFormat', currentLocale(), { type: 'conjunction' });

/** "A, B and C" in the current language. */
export const formatList = (items: string[]) => conjunction().format(items.map(isolate));

/** The same in parts, for lists of elements. */
export const partsOfList = (items: string[]) => conjunction().formatToParts(items);

/** "14:05", for the axis of a chart. */
export const chartHour = formatTime({ hour: 'numeric', minute: '2-digit' });

/** "Sat 21 Nov", for the axis of a chart. */
export const chartDay = formatTime({ weekday: 'short', day: 'numeric', month: 'short' });
